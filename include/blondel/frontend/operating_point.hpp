#pragma once
/// What stands at the meter's terminals at one instant: the input of every fidelity tier.

#include <array>
#include <cstdint>

#include <blondel/base/units.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

inline constexpr int harmonic_slots = 12;

/// One harmonic of all three phases, relative to each phase's fundamental.
struct Harmonic {
  int order{};        ///< 2 to 40; 0 = slot not used
  double u_ratio{};   ///< of the fundamental rms voltage
  Radians u_angle{};  ///< at the voltage fundamental's positive zero crossing
  double i_ratio{};   ///< of the fundamental rms current
  Radians i_angle{};  ///< at the current fundamental's positive zero crossing

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.within(self.order, 0, 40);
    field(self.u_ratio);
    field(self.u_angle);
    field(self.i_ratio);
    field(self.i_angle);
  }
};

/// What is left of each phase's sinusoidal current; the shapes of the influence tests.
/// @source standards/influence_test_waveforms.json
enum class CurrentShape : std::uint8_t {
  sine,
  half_wave,    ///< the positive half of each cycle
  phase_fired,  ///< 90 to 180 and 270 to 360 degrees of each cycle
  burst         ///< two cycles on, two off
};

/// One phase: fundamental rms values. Import and inductive are positive.
struct PhasePoint {
  Volts u{};          ///< line to neutral (four-wire)
  Radians u_angle{};  ///< against the common time axis: 0, -2pi/3, +2pi/3 for L1, L2, L3 in positive sequence
  Amps i{};           ///< through the primary of the external current transformer
  Radians lag{};      ///< by which the current lags its own voltage
  Amps i_dc{};        ///< added to the current

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.u);
    field(self.u_angle);
    field(self.i);
    field(self.lag);
    field(self.i_dc);
  }
};

/// Steady sinusoidal (plus harmonics) conditions; they hold until the source's next change.
struct OperatingPoint {
  Hertz frequency{50.0};
  std::array<PhasePoint, element_count> phase{};
  std::array<Harmonic, harmonic_slots> harmonic{};
  CurrentShape shape{};  ///< of the sine of rms value PhasePoint::i; harmonics and direct current come on top
  Celsius temperature{23.0};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.frequency);
    field(self.phase);
    field(self.harmonic);
    field.enumerator(self.shape, CurrentShape::burst);
    field(self.temperature);
  }
};

/// The closed-form mean powers of a point, primary side, harmonics included.
/// @source IEEE 1459: P = sum over h of U_h I_h cos(phi_h); Q likewise with sin (Budeanu); S = U I (rms)
struct PhasePower {
  Watts active{};
  Vars reactive{};
  VoltAmps apparent{};
};
[[nodiscard]] PhasePower closed_form_power(OperatingPoint const& point, int phase);

}  // namespace blondel
