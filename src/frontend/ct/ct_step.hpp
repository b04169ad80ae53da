#pragma once
/// One sample of transformers side by side, in vectors of either width.

#include <cstddef>
#include <cstdint>

#include <frontend/lanes.hpp>

namespace blondel {

/// How far into saturation a block of samples went, and how much of the law a step computes.
enum class CtDepth : std::uint8_t {
  plain,    ///< saturation is less than the last bit
  visible,  ///< one Newton step is enough
  deep      ///< some samples iterate
};

/// Transformers after the last sample, and what the prediction takes from those before. Flux is in units of
/// drive / shunt, so that half a step of flux is the secondary current itself.
template<class Width>
struct CtFlux {
  using Vector = typename Width::Vector;
  Vector flux{}, half_step{}, flux_before{}, half_step_before{}, half_step_earlier{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    for (auto* part :
         {&self.flux, &self.half_step, &self.flux_before, &self.half_step_before, &self.half_step_earlier}) {
      visit_lanes(field, *part);
    }
  }
};

/// The laws' constants lane by lane:
///   y' = y + v + v',  v = gain input - g y ratio(y),  g = drive / L0, and v is the output.
template<class Width>
struct CtStep {
  using Vector = typename Width::Vector;
  using Bits = typename Width::Bits;
  static constexpr std::size_t exponent_bits = 5;

  Vector gain{}, g{}, low_field{}, rise_1{};
  Vector rise_field{};  ///< rho a0
  Vector per_saturation{}, exponent{}, plain{}, newton{};
  Bits magnitude{};           ///< all bits but the sign
  Bits bit[exponent_bits]{};  ///< all ones where the exponent has this bit
  Bits one[exponent_bits]{};  ///< 1.0 where it has not

  /// One Newton step from a parabola through samples two and three back, so that the law's division does not
  /// wait for the sample before. @param highest flux so far, made higher; @param deep negative where one step
  /// is not enough
  template<CtDepth Computed>
  BLONDEL_KERNEL void run(CtFlux<Width>& state, Vector const& input_a, Vector& output_a, Vector& highest,
                          Bits& deep) const {
    // The point at which the law is evaluated, from samples before the last: flux + 4 w, and 4 w more for the
    // change of w.
    Vector const guess = state.flux_before + (8.0 * state.half_step_before - 4.0 * state.half_step_earlier);
    Vector const a = reinterpret_cast<Vector>(reinterpret_cast<Bits>(guess) & magnitude);
    highest = a > highest ? a : highest;
    Vector const per_den = 1.0 / (rise_1 * a + low_field);
    Vector const ratio = (a + low_field) * per_den;
    Vector const slope = ratio - rise_field * a * (per_den * per_den);
    if constexpr (Computed == CtDepth::plain) {
      finish(state, input_a, guess, guess * (g * ratio), g * slope, output_a);
    } else {
      Vector saturation;
      power_of(a * per_saturation, saturation);
      Vector const damping = g * (slope * (1.0 + saturation) + ratio * exponent * saturation);
      deep = reinterpret_cast<Bits>(newton - a);
      finish(state, input_a, guess, guess * (g * (ratio * (1.0 + saturation))), damping, output_a);
    }
  }

 private:
  /// The base to each lane's exponent, from its squares.
  BLONDEL_KERNEL void power_of(Vector const& base, Vector& result) const {
    Vector square = base;
    result = reinterpret_cast<Vector>((reinterpret_cast<Bits>(square) & bit[0]) | one[0]);
    for (std::size_t b = 1; b < exponent_bits; ++b) {
      square = square * square;
      result = result * reinterpret_cast<Vector>((reinterpret_cast<Bits>(square) & bit[b]) | one[b]);
    }
  }

  /// One Newton step from a guess of the flux, then the trapezoidal rule with the current it leads to.
  BLONDEL_KERNEL void finish(CtFlux<Width>& state, Vector const& input_a, Vector const& guess,
                             Vector const& excitation, Vector const& damping, Vector& output_a) const {
    Vector const at_guess = input_a * gain - excitation;
    // Only what follows waits for the sample before.
    Vector const base = state.flux + state.half_step;
    Vector const miss = (base + (at_guess - guess)) * (damping - damping * damping);
    state.flux_before = state.flux;
    state.half_step_earlier = state.half_step_before;
    state.half_step_before = state.half_step;
    state.half_step = at_guess - miss;
    state.flux = base + state.half_step;
    output_a = state.half_step;
  }
};

/// Two banks in one vector.
BLONDEL_KERNEL void join(CtStep<Single> const& low, CtStep<Single> const& high, CtStep<Paired>& both) {
  join(low.gain, high.gain, both.gain);
  join(low.g, high.g, both.g);
  join(low.low_field, high.low_field, both.low_field);
  join(low.rise_1, high.rise_1, both.rise_1);
  join(low.rise_field, high.rise_field, both.rise_field);
  join(low.per_saturation, high.per_saturation, both.per_saturation);
  join(low.exponent, high.exponent, both.exponent);
  join(low.plain, high.plain, both.plain);
  join(low.newton, high.newton, both.newton);
  join(low.magnitude, high.magnitude, both.magnitude);
  for (std::size_t b = 0; b < CtStep<Single>::exponent_bits; ++b) {
    join(low.bit[b], high.bit[b], both.bit[b]);
    join(low.one[b], high.one[b], both.one[b]);
  }
}

BLONDEL_KERNEL void join(CtFlux<Single> const& low, CtFlux<Single> const& high, CtFlux<Paired>& both) {
  join(low.flux, high.flux, both.flux);
  join(low.half_step, high.half_step, both.half_step);
  join(low.flux_before, high.flux_before, both.flux_before);
  join(low.half_step_before, high.half_step_before, both.half_step_before);
  join(low.half_step_earlier, high.half_step_earlier, both.half_step_earlier);
}

BLONDEL_KERNEL void split(CtFlux<Paired> const& both, CtFlux<Single>& low, CtFlux<Single>& high) {
  split(both.flux, low.flux, high.flux);
  split(both.half_step, low.half_step, high.half_step);
  split(both.flux_before, low.flux_before, high.flux_before);
  split(both.half_step_before, low.half_step_before, high.half_step_before);
  split(both.half_step_earlier, low.half_step_earlier, high.half_step_earlier);
}

}  // namespace blondel
