#pragma once
/// Three transformers stepped side by side.

#include <array>

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
class CtBank {
 public:
  CtBank() { set_laws({}); }

  /// Changes the laws (temperature); flux stays.
  void set_laws(std::array<CtLaw, element_count> const& laws);
  void set_state(CtState const& state) { state_ = state; }
  [[nodiscard]] CtState const& state() const { return state_; }

  /// Primary currents to secondary currents, in place. @shape samples[count]
  /// One Newton step a sample, from a parabola through samples two and three back (flux + 4 w, and 4 w more
  /// for the change of w), so that a law's division does not wait for
  /// the sample before; lanes deep in saturation iterate to the end.
  BLONDEL_KERNEL void run(Lanes* samples, std::size_t count) {
    if (count > block_samples) {
      __builtin_trap();
    }
    if (!is_saturating_) {
      auto const before = state_;
      Lanes output[block_samples];
      if (step_plain(samples, output, count)) {
        for (std::size_t n = 0; n < count; ++n) {
          samples[n] = output[n];
        }
        return;
      }
      state_ = before;
    }
    is_saturating_ = step_saturating(samples, count);
  }

 private:
  /// @return false when a flux left the range in which saturation is invisible; the output is void then
  BLONDEL_KERNEL bool step_plain(Lanes const* input_a, Lanes* output_a, std::size_t count) {
    auto state = state_;
    LaneBits beyond{};
    for (std::size_t n = 0; n < count; ++n) {
      Lanes const guess_wb =
          state.flux_before_wb + (8.0 * state.half_step_before_wb - 4.0 * state.half_step_earlier_wb);
      Lanes const a_wb = reinterpret_cast<Lanes>(reinterpret_cast<LaneBits>(guess_wb) & magnitude_);
      beyond |= reinterpret_cast<LaneBits>(plain_wb_ - a_wb);
      Lanes const per_den = 1.0 / (rise_1_ * a_wb + low_field_wb_);
      Lanes const ratio = (a_wb + low_field_wb_) * per_den;
      Lanes const slope = per_l0_ * (ratio - rise_field_ * a_wb * per_den * per_den);
      Lanes const excitation_a = guess_wb * (per_l0_ * ratio);
      finish(state, input_a[n], guess_wb, excitation_a, slope, output_a[n]);
    }
    if ((beyond[0] | beyond[1] | beyond[2]) < 0) {
      return false;
    }
    state_ = state;
    return true;
  }

  /// @return whether saturation was visible in any sample
  BLONDEL_KERNEL bool step_saturating(Lanes* samples_a, std::size_t count) {
    auto state = state_;
    LaneBits visible{};
    for (std::size_t n = 0; n < count; ++n) {
      Lanes const guess_wb =
          state.flux_before_wb + (8.0 * state.half_step_before_wb - 4.0 * state.half_step_earlier_wb);
      Lanes const a_wb = reinterpret_cast<Lanes>(reinterpret_cast<LaneBits>(guess_wb) & magnitude_);
      visible |= reinterpret_cast<LaneBits>(plain_wb_ - a_wb);
      Lanes const per_den = 1.0 / (rise_1_ * a_wb + low_field_wb_);
      Lanes const ratio = (a_wb + low_field_wb_) * per_den;
      Lanes power = a_wb * per_saturation_;
      Lanes saturation = reinterpret_cast<Lanes>((reinterpret_cast<LaneBits>(power) & bit_[0]) | one_[0]);
      for (std::size_t b = 1; b < exponent_bits; ++b) {
        power = power * power;
        saturation =
            saturation * reinterpret_cast<Lanes>((reinterpret_cast<LaneBits>(power) & bit_[b]) | one_[b]);
      }
      Lanes const slope = per_l0_ * ((ratio - rise_field_ * a_wb * per_den * per_den) * (1.0 + saturation) +
                                     ratio * exponent_ * saturation);
      Lanes const excitation_a = guess_wb * (per_l0_ * (ratio * (1.0 + saturation)));
      LaneBits const deep = reinterpret_cast<LaneBits>(newton_wb_ - a_wb);
      auto const before = state;
      Lanes const input_a = samples_a[n];
      finish(state, input_a, guess_wb, excitation_a, slope, samples_a[n]);
      if ((deep[0] | deep[1] | deep[2]) < 0) {
        iterate(before, input_a, deep, state, samples_a[n]);
      }
    }
    state_ = state;
    return (visible[0] | visible[1] | visible[2]) < 0;
  }

  /// One Newton step from a guess of the flux, then the trapezoidal rule with the current it leads to.
  BLONDEL_KERNEL void finish(CtState& state, Lanes const& input_a, Lanes const& guess_wb,
                             Lanes const& excitation_a, Lanes const& slope, Lanes& output_a) const {
    Lanes const j_a = input_a * per_turn_;
    Lanes const explicit_wb = drive_wb_per_a_ * (j_a - excitation_a);
    Lanes const damping = drive_wb_per_a_ * slope;
    // Only what follows waits for the sample before.
    Lanes const base_wb = state.flux_wb + state.half_step_wb;
    Lanes const miss_wb = (base_wb + (explicit_wb - guess_wb)) * (1.0 - damping);
    Lanes const w_wb = explicit_wb - damping * miss_wb;
    output_a = shunt_ * ((j_a - excitation_a) - slope * miss_wb);
    state.flux_before_wb = state.flux_wb;
    state.half_step_earlier_wb = state.half_step_before_wb;
    state.half_step_before_wb = state.half_step_wb;
    state.flux_wb = base_wb + w_wb;
    state.half_step_wb = w_wb;
  }

  void iterate(CtState const& before, Lanes const& input_a, LaneBits const& deep, CtState& state,
               Lanes& output_a) const;

  static constexpr std::size_t exponent_bits = 5;

  CtState state_{};
  Lanes per_turn_{}, drive_wb_per_a_{}, shunt_{}, per_l0_{}, low_field_wb_{}, rise_1_{};
  Lanes rise_field_{};  ///< rho a0
  Lanes per_saturation_{}, exponent_{}, plain_wb_{}, newton_wb_{};
  LaneBits magnitude_{};           ///< all bits but the sign
  LaneBits bit_[exponent_bits]{};  ///< all ones where the exponent has this bit
  LaneBits one_[exponent_bits]{};  ///< 1.0 where it has not
  std::array<CtLaw, element_count> laws_{};
  bool is_saturating_{};
};

}  // namespace blondel
