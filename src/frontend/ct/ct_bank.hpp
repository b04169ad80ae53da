#pragma once
/// Three transformers stepped side by side.

#include <array>
#include <cstdint>

#include <frontend/ct/ct_law.hpp>
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
///
/// Flux is kept in units of drive / shunt, so that half a step of flux is the secondary current itself:
///   y' = y + v + v',  v = gain input - g y ratio(y),  g = drive / L0, and v is the output.
class CtBank {
 public:
  CtBank() { set_laws({}); }

  /// Changes the laws (temperature); flux stays.
  void set_laws(std::array<CtLaw, element_count> const& laws);
  void set_state(CtState const& state);
  [[nodiscard]] CtState state() const;

  /// Primary currents to secondary currents. @shape input_a[count], output_a[count], not overlapping
  /// One Newton step a sample, from a parabola through samples two and three back, so that a law's division
  /// does not wait for the sample before; lanes deep in saturation iterate to the end.
  BLONDEL_KERNEL void run(Lanes const* input_a, Lanes* output_a, std::size_t count) {
    if (is_ideal_) {
      for (std::size_t n = 0; n < count; ++n) {
        output_a[n] = input_a[n] * gain_;
      }
      return;
    }
    if ((depth_ == Depth::plain && step_all<Depth::plain>(input_a, output_a, count)) ||
        (depth_ != Depth::deep && step_all<Depth::visible>(input_a, output_a, count))) {
      return;
    }
    step_all<Depth::deep>(input_a, output_a, count);
  }

  /// The same through two banks, of which the first feeds the second. Both step in one loop, because one
  /// alone waits for its own results most of the time.
  /// @shape input_a[count], between_a[count], output_a[count], not overlapping; between_a is scratch
  /// @param beside other work for sample n, done for every n in order, sometimes twice: it fills the time in
  ///   which the transformers wait
  template<class Beside>
  BLONDEL_KERNEL static void run_both(CtBank& first, CtBank& second, Lanes const* input_a, Lanes* between_a,
                                      Lanes* output_a, std::size_t count, Beside const& beside) {
    auto const is_done = first.depth_ == Depth::plain
                             ? step_pair<Depth::plain>(first, second, input_a, output_a, count, beside)
                             : step_pair<Depth::visible>(first, second, input_a, output_a, count, beside);
    if (!is_done) {
      first.run(input_a, between_a, count);
      second.run(between_a, output_a, count);
      for (std::size_t n = 0; n < count; ++n) {
        beside(n);
      }
    }
  }

 private:
  /// How far into saturation the last block went, and how much of the law a step computes.
  enum class Depth : std::uint8_t {
    plain,    ///< saturation is less than the last bit
    visible,  ///< one Newton step is enough
    deep      ///< some samples iterate
  };
  /// Whose signs tell that a flux went beyond.
  struct Beyond {
    LaneBits plain{}, visible{};
  };
  /// CtState in the bank's units.
  struct State {
    Lanes flux{}, half_step{}, flux_before{}, half_step_before{}, half_step_earlier{};
  };

  /// The point at which the law is evaluated, from samples before the last: flux + 4 w, and 4 w more for the
  /// change of w.
  BLONDEL_KERNEL static void predict(State const& state, Lanes& guess) {
    guess = state.flux_before + (8.0 * state.half_step_before - 4.0 * state.half_step_earlier);
  }

  /// @return false when the block went deeper; the state is then as it was, and the output is void
  template<Depth Computed>
  BLONDEL_KERNEL bool step_all(Lanes const* input_a, Lanes* output_a, std::size_t count) {
    auto state = state_;
    Beyond beyond;
    for (std::size_t n = 0; n < count; ++n) {
      step<Computed>(state, input_a[n], output_a[n], beyond);
    }
    auto const reached = depth_of(beyond);
    if (reached > Computed) {
      return false;
    }
    state_ = state;
    depth_ = reached;
    return true;
  }

  /// @return false when the two must run alone; the states are then as they were, and the output is void
  template<Depth First, class Beside>
  BLONDEL_KERNEL static bool step_pair(CtBank& first, CtBank& second, Lanes const* input_a, Lanes* output_a,
                                       std::size_t count, Beside const& beside) {
    if (first.is_ideal_ || second.is_ideal_ || first.depth_ == Depth::deep || second.depth_ == Depth::deep) {
      return false;
    }
    return second.depth_ == Depth::plain
               ? step_both<First, Depth::plain>(first, second, input_a, output_a, count, beside)
               : step_both<First, Depth::visible>(first, second, input_a, output_a, count, beside);
  }

  /// @return false when a bank went deeper
  template<Depth First, Depth Second, class Beside>
  BLONDEL_KERNEL static bool step_both(CtBank& first, CtBank& second, Lanes const* input_a, Lanes* output_a,
                                       std::size_t count, Beside const& beside) {
    auto first_state = first.state_;
    auto second_state = second.state_;
    Beyond first_beyond;
    Beyond second_beyond;
    Lanes between_a;
    first.step<First>(first_state, input_a[0], between_a, first_beyond);
    beside(0);
    for (std::size_t n = 1; n < count; ++n) {
      // The second bank takes what the first left one sample ago, so neither waits for the other.
      Lanes const last_a = between_a;
      first.step<First>(first_state, input_a[n], between_a, first_beyond);
      second.step<Second>(second_state, last_a, output_a[n - 1], second_beyond);
      beside(n);
    }
    second.step<Second>(second_state, between_a, output_a[count - 1], second_beyond);
    auto const first_reached = depth_of(first_beyond);
    auto const second_reached = depth_of(second_beyond);
    if (first_reached > First || second_reached > Second) {
      return false;
    }
    first.state_ = first_state;
    second.state_ = second_state;
    first.depth_ = first_reached;
    second.depth_ = second_reached;
    return true;
  }

  BLONDEL_KERNEL static bool is_any_set(LaneBits const& sign) { return (sign[0] | sign[1] | sign[2]) < 0; }

  BLONDEL_KERNEL static Depth depth_of(Beyond const& beyond) {
    if (is_any_set(beyond.visible)) {
      return Depth::deep;
    }
    return is_any_set(beyond.plain) ? Depth::visible : Depth::plain;
  }

  /// One sample.
  template<Depth Computed>
  BLONDEL_KERNEL void step(State& state, Lanes const& input_a, Lanes& output_a, Beyond& beyond) const {
    Lanes guess;
    predict(state, guess);
    Lanes const a = reinterpret_cast<Lanes>(reinterpret_cast<LaneBits>(guess) & magnitude_);
    beyond.plain |= reinterpret_cast<LaneBits>(plain_ - a);
    Lanes const per_den = 1.0 / (rise_1_ * a + low_field_);
    Lanes const ratio = (a + low_field_) * per_den;
    Lanes const slope = ratio - rise_field_ * a * (per_den * per_den);
    if constexpr (Computed == Depth::plain) {
      finish(state, input_a, guess, guess * (g_ * ratio), g_ * slope, output_a);
    } else {
      Lanes saturation;
      power_of(a * per_saturation_, saturation);
      Lanes const damping = g_ * (slope * (1.0 + saturation) + ratio * exponent_ * saturation);
      LaneBits const deep = reinterpret_cast<LaneBits>(newton_ - a);
      beyond.visible |= deep;
      auto const before = state;
      finish(state, input_a, guess, guess * (g_ * (ratio * (1.0 + saturation))), damping, output_a);
      if constexpr (Computed == Depth::deep) {
        if (is_any_set(deep)) {
          iterate(before, input_a, deep, state, output_a);
        }
      }
    }
  }

  /// The base to each lane's exponent, from its squares.
  BLONDEL_KERNEL void power_of(Lanes const& base, Lanes& result) const {
    Lanes square = base;
    result = reinterpret_cast<Lanes>((reinterpret_cast<LaneBits>(square) & bit_[0]) | one_[0]);
    for (std::size_t b = 1; b < exponent_bits; ++b) {
      square = square * square;
      result = result * reinterpret_cast<Lanes>((reinterpret_cast<LaneBits>(square) & bit_[b]) | one_[b]);
    }
  }

  /// One Newton step from a guess of the flux, then the trapezoidal rule with the current it leads to.
  BLONDEL_KERNEL void finish(State& state, Lanes const& input_a, Lanes const& guess, Lanes const& excitation,
                             Lanes const& damping, Lanes& output_a) const {
    Lanes const at_guess = input_a * gain_ - excitation;
    // Only what follows waits for the sample before.
    Lanes const base = state.flux + state.half_step;
    Lanes const miss = (base + (at_guess - guess)) * (damping - damping * damping);
    state.flux_before = state.flux;
    state.half_step_earlier = state.half_step_before;
    state.half_step_before = state.half_step;
    state.half_step = at_guess - miss;
    state.flux = base + state.half_step;
    output_a = state.half_step;
  }

  void iterate(State const& before, Lanes const& input_a, LaneBits const& deep, State& state,
               Lanes& output_a) const;

  static constexpr std::size_t exponent_bits = 5;

  State state_{};
  Lanes unit_wb_{};  ///< what one unit of flux is; 1 before the first laws
  Lanes gain_{}, g_{}, low_field_{}, rise_1_{};
  Lanes rise_field_{};  ///< rho a0
  Lanes per_saturation_{}, exponent_{}, plain_{}, newton_{};
  LaneBits magnitude_{};           ///< all bits but the sign
  LaneBits bit_[exponent_bits]{};  ///< all ones where the exponent has this bit
  LaneBits one_[exponent_bits]{};  ///< 1.0 where it has not
  std::array<CtLaw, element_count> laws_{};
  Depth depth_{};
  bool is_ideal_{};
};

}  // namespace blondel
