#pragma once
/// The error of a meter in closed form: complex gains of its analogue parts at the fundamental, balanced
/// load. It shares no code with the waveform tier, so that one judges the other.

#include <array>
#include <complex>

#include <blondel/frontend/front_end_model.hpp>
#include <blondel/frontend/ratings.hpp>

namespace blondel {

/// Balanced, sinusoidal conditions at the terminals.
struct BalancedPoint {
  double u_v{nominal_u_v};  ///< against the neutral; of three wires between two of them
  double current_a{rated_i_a};
  double lag_rad{};  ///< positive inductive
  double frequency_hz{50.0};
  double temperature_c{23.0};
  bool aron{};  ///< three wires: elements L1 and L3 against L2
};

/// What calibration makes of one meter: each element's gain at In cos 1 and angle at In cos 0.5 ind, at 23 C,
/// are set right. The bench feeds every element Un, a third of a turn apart, whatever the meter's form.
using ClosedFormCalibration = std::array<std::complex<double>, element_count>;

[[nodiscard]] ClosedFormCalibration closed_form_calibration(FrontEndModel const& model, double frequency_hz);

/// Error of the total active energy. Droop, noise and quantisation are left out: they do
/// not act on the mean of a sinusoid once the gain is calibrated.
/// @units percent
/// @source metrology.md 3.1: eps = -(s + b) / (c + s + b), with the inductance's mean over a sine of
/// flux; 3.2;
///         3.3: one reference for voltage and current enters twice, crosstalk as 1/I, RC as angle, clock 1:1
[[nodiscard]] double closed_form_error_pct(FrontEndModel const& model,
                                           ClosedFormCalibration const& calibration,
                                           BalancedPoint const& point);

}  // namespace blondel
