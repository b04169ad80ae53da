#pragma once
/// Voltages and currents as sums of sinusoids: what every fidelity tier computes with.

#include <array>
#include <complex>
#include <cstdint>

#include <blondel/base/units.hpp>
#include <blondel/frontend/operating_point.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// One frequency of all channels. An instantaneous value is the imaginary part of
/// sqrt2 * phasor * exp(j order theta), where theta is the angle of the supply; at order 0 it is the
/// imaginary part of the phasor itself.
struct SignalComponent {
  int quarters{};  ///< order times four: 4 fundamental, 0 direct current, 3 a sub-harmonic of 37.5 Hz
  std::array<std::complex<double>, element_count> u_v{};  ///< rms
  std::array<std::complex<double>, element_count> i_a{};  ///< rms

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.quarters);
    field(self.u_v);
    field(self.i_a);
  }
};

inline constexpr int fundamental_quarters = 4;
inline constexpr std::size_t signal_components = 64;

/// Sinusoids of three channels of each kind; whether they are lines or measuring elements the name says.
struct Signals {
  Hertz frequency{50.0};
  Celsius temperature{23.0};
  std::size_t count{};  ///< components used; the first is the fundamental
  std::array<SignalComponent, signal_components> component{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.within(self.frequency, Hertz{0.0}, Hertz{400.0});
    field.within(self.temperature, Celsius{-273.0}, Celsius{300.0});
    field.within(self.count, 0, signal_components);
    for (std::size_t n = 0; n < self.count && n < signal_components; ++n) {
      field(self.component[n]);
    }
  }
};

/// Mean powers of one channel. @source IEEE 1459: P = sum over h of U_h I_h cos(phi_h)
struct ChannelPower {
  double active_w{};
  double reactive_var{};    ///< Budeanu: the sum of U_h I_h sin(phi_h)
  double quadrature_var{};  ///< with the voltage delayed by a quarter of the fundamental's period, as the
                            ///< meter does
  double u_square_v2{};     ///< rms squared
  double i_square_a2{};
};
[[nodiscard]] ChannelPower channel_power(Signals const& signals, std::size_t channel);
/// What one component adds to them. @param gain of the measured power, complex, against the true one; the
/// squares take half of it each
[[nodiscard]] ChannelPower component_power(SignalComponent const& component, std::size_t channel,
                                           std::complex<double> gain = 1.0);

/// The sinusoids of an operating point at the conductors L1, L2, L3: voltages against the neutral, currents
/// through the primaries of the external transformers.
[[nodiscard]] Signals line_signals(OperatingPoint const& point);

}  // namespace blondel
