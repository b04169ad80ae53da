#pragma once
/// Three transformers stepped side by side.

#include <array>
#include <cstdint>
#include <type_traits>

#include <frontend/ct/ct_law.hpp>
#include <frontend/ct/ct_step.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

/// State of a transformer after the last sample, and what the prediction takes from those before.
struct CtState {
  Lanes flux_wb{};
  Lanes half_step_wb{};  ///< w
  Lanes flux_before_wb{};
  Lanes half_step_before_wb{};
  Lanes half_step_earlier_wb{};  ///< w of two samples before
};

/// The laws of three transformers, lane by lane, and their state.
class CtBank {
 public:
  CtBank() { set_laws({}); }

  /// Changes the laws (temperature); flux stays.
  void set_laws(std::array<CtLaw, element_count> const& laws);
  void set_state(CtState const& state);
  [[nodiscard]] CtState state() const;

  /// What the cores remember; the laws are not in it. In the laws' own unit, so that nothing is rounded.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.state_);
    field.enumerator(self.depth_, CtDepth::deep);
  }

  /// Primary currents to secondary currents. @shape input_a[count], output_a[count], not overlapping
  /// One Newton step a sample; lanes deep in saturation iterate to the end.
  BLONDEL_KERNEL void run(Lanes const* input_a, Lanes* output_a, std::size_t count) {
    if (is_ideal_) {
      for (std::size_t n = 0; n < count; ++n) {
        output_a[n] = input_a[n] * step_.gain;
      }
      return;
    }
    if ((depth_ == CtDepth::plain && step_all<CtDepth::plain>(input_a, output_a, count)) ||
        (depth_ != CtDepth::deep && step_all<CtDepth::visible>(input_a, output_a, count))) {
      return;
    }
    step_all<CtDepth::deep>(input_a, output_a, count);
  }

  /// The same through two banks, of which the first feeds the second. Both step in one loop, and what comes
  /// before and after them in the same, because transformers wait for their own results most of the time.
  /// @shape input_a[count], between_a[count], output_a[count], not overlapping; the last two are scratch
  /// @tparam Width with Paired both banks stand in one vector
  /// @param beside `before(n)` is called once for every n in order and leaves input_a[n]; `after(n, output)`
  ///   gets every output in order, in the upper half if paired; `restart()` voids those so far
  template<class Width, class Beside>
  BLONDEL_KERNEL static void run_both(CtBank& first, CtBank& second, Lanes const* input_a, Lanes* between_a,
                                      Lanes* output_a, std::size_t count, Beside& beside) {
    constexpr std::size_t count_min = 2;  // to fill and to empty the pair
    if (second.is_ideal_ || first.depth_ == CtDepth::deep || second.depth_ == CtDepth::deep ||
        count < count_min) {
      for (std::size_t n = 0; n < count; ++n) {
        beside.before(n);
      }
    } else {
      auto const is_plain = first.depth_ == CtDepth::plain && second.depth_ == CtDepth::plain;
      if (is_plain ? step_both<Width, CtDepth::plain>(first, second, input_a, count, beside)
                   : step_both<Width, CtDepth::visible>(first, second, input_a, count, beside)) {
        return;
      }
      beside.restart();
    }
    first.run(input_a, between_a, count);
    second.run(between_a, output_a, count);
    for (std::size_t n = 0; n < count; ++n) {
      typename Width::Vector output;
      raise(output_a[n], output);
      beside.after(n, output);
    }
  }

 private:
  /// @return false when the block went deeper; the state is then as it was, and the output is void
  template<CtDepth Computed>
  BLONDEL_KERNEL bool step_all(Lanes const* input_a, Lanes* output_a, std::size_t count) {
    auto state = state_;
    Lanes highest{};
    for (std::size_t n = 0; n < count; ++n) {
      step<Computed>(state, input_a[n], output_a[n], highest);
    }
    auto const reached = depth_of(highest);
    if (reached > Computed) {
      return false;
    }
    state_ = state;
    depth_ = reached;
    return true;
  }

  /// @return false when a bank went deeper; the states are then as they were, and the output is void
  template<class Width, CtDepth Computed, class Beside>
  BLONDEL_KERNEL static bool step_both(CtBank& first, CtBank& second, Lanes const* input_a, std::size_t count,
                                       Beside& beside) {
    if (first.is_ideal_) {
      return step_behind_ideal<Width, Computed>(first, second, input_a, count, beside);
    }
    if constexpr (std::is_same_v<Width, Paired>) {
      return step_paired<Computed>(first, second, input_a, count, beside);
    } else {
      return step_beside<Computed>(first, second, input_a, count, beside);
    }
  }

  template<class Width, CtDepth Computed, class Beside>
  BLONDEL_KERNEL static bool step_behind_ideal(CtBank& first, CtBank& second, Lanes const* input_a,
                                               std::size_t count, Beside& beside) {
    auto state = second.state_;
    Lanes highest{};
    for (std::size_t n = 0; n < count; ++n) {
      beside.before(n);
      Lanes const between_a = input_a[n] * first.step_.gain;
      Lanes output_a;
      typename Width::Vector output;
      second.step<Computed>(state, between_a, output_a, highest);
      raise(output_a, output);
      beside.after(n, output);
    }
    return keep_both<Computed>(first, second, first.state_, state, Lanes{}, highest);
  }

  template<CtDepth Computed, class Beside>
  BLONDEL_KERNEL static bool step_beside(CtBank& first, CtBank& second, Lanes const* input_a,
                                         std::size_t count, Beside& beside) {
    auto first_state = first.state_;
    auto second_state = second.state_;
    Lanes first_highest{};
    Lanes second_highest{};
    Lanes between_a;
    Lanes output_a;
    beside.before(0);
    first.step<Computed>(first_state, input_a[0], between_a, first_highest);
    for (std::size_t n = 1; n < count; ++n) {
      // The second bank takes what the first left one sample ago, so neither waits for the other.
      Lanes const last_a = between_a;
      beside.before(n);
      first.step<Computed>(first_state, input_a[n], between_a, first_highest);
      second.step<Computed>(second_state, last_a, output_a, second_highest);
      beside.after(n - 1, output_a);
    }
    second.step<Computed>(second_state, between_a, output_a, second_highest);
    beside.after(count - 1, output_a);
    return keep_both<Computed>(first, second, first_state, second_state, first_highest, second_highest);
  }

  /// The same in one vector. @pre count >= 2
  template<CtDepth Computed, class Beside>
  BLONDEL_KERNEL static bool step_paired(CtBank& first, CtBank& second, Lanes const* input_a,
                                         std::size_t count, Beside& beside) {
    auto first_state = first.state_;
    auto second_state = second.state_;
    Lanes first_highest{};
    Lanes second_highest{};
    Lanes earlier_a;
    Lanes between_a;
    beside.before(0);
    beside.before(1);
    first.step<Computed>(first_state, input_a[0], earlier_a, first_highest);
    first.step<Computed>(first_state, input_a[1], between_a, first_highest);
    CtStep<Paired> paired;
    CtFlux<Paired> state;
    PairedLanes highest{};
    join(first.step_, second.step_, paired);
    join(first_state, second_state, state);
    PairedLanes output;
    for (std::size_t n = 2; n < count; ++n) {
      // Two samples late: with one, each step would wait for the whole of the step before.
      PairedLanes input;
      PairedBits deep;
      beside.before(n);
      join(input_a[n], earlier_a, input);
      paired.template run<Computed>(state, input, output, highest, deep);
      earlier_a = between_a;
      Lanes output_a;
      split(output, between_a, output_a);
      beside.after(n - 2, output);
    }
    split(state, first_state, second_state);
    for (std::size_t n = count - 2; n < count; ++n) {
      Lanes output_a;
      second.step<Computed>(second_state, earlier_a, output_a, second_highest);
      raise(output_a, output);
      beside.after(n, output);
      earlier_a = between_a;
    }
    Lanes first_later;
    Lanes second_later;
    split(highest, first_later, second_later);
    first_highest = first_later > first_highest ? first_later : first_highest;
    second_highest = second_later > second_highest ? second_later : second_highest;
    return keep_both<Computed>(first, second, first_state, second_state, first_highest, second_highest);
  }

  /// @return false when a bank went deeper, and nothing is kept
  template<CtDepth Computed>
  BLONDEL_KERNEL static bool keep_both(CtBank& first, CtBank& second, CtFlux<Single> const& first_state,
                                       CtFlux<Single> const& second_state, Lanes const& first_highest,
                                       Lanes const& second_highest) {
    auto const first_reached = first.depth_of(first_highest);
    auto const second_reached = second.depth_of(second_highest);
    if (first_reached > Computed || second_reached > Computed) {
      return false;
    }
    first.state_ = first_state;
    second.state_ = second_state;
    first.depth_ = first_reached;
    second.depth_ = second_reached;
    return true;
  }

  BLONDEL_KERNEL static bool is_any_set(LaneBits const& sign) { return (sign[0] | sign[1] | sign[2]) < 0; }

  /// @param highest flux of a block
  BLONDEL_KERNEL CtDepth depth_of(Lanes const& highest) const {
    if (is_any_set(reinterpret_cast<LaneBits>(step_.newton - highest))) {
      return CtDepth::deep;
    }
    return is_any_set(reinterpret_cast<LaneBits>(step_.plain - highest)) ? CtDepth::visible : CtDepth::plain;
  }

  /// One sample.
  template<CtDepth Computed>
  BLONDEL_KERNEL void step(CtFlux<Single>& state, Lanes const& input_a, Lanes& output_a,
                           Lanes& highest) const {
    LaneBits deep;
    if constexpr (Computed == CtDepth::deep) {
      auto const before = state;
      step_.template run<Computed>(state, input_a, output_a, highest, deep);
      if (is_any_set(deep)) {
        iterate(before, input_a, deep, state, output_a);
      }
    } else {
      step_.template run<Computed>(state, input_a, output_a, highest, deep);
    }
  }

  void iterate(CtFlux<Single> const& before, Lanes const& input_a, LaneBits const& deep,
               CtFlux<Single>& state, Lanes& output_a) const;

  CtStep<Single> step_{};
  CtFlux<Single> state_{};
  Lanes unit_wb_{};  ///< what one unit of flux is; 1 before the first laws
  std::array<CtLaw, element_count> laws_{};
  CtDepth depth_{};
  bool is_ideal_{};
};

}  // namespace blondel
