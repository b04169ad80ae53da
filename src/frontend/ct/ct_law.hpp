#pragma once
/// The law of one current transformer at one temperature and sample interval.

#include <complex>

#include <blondel/frontend/front_end_model.hpp>

namespace blondel {

/// Flux and current of a transformer, stepped by the trapezoidal rule:
///   flux' = flux + w + w',  w = drive (j - ie(flux)),  j = primary / turns,  secondary = shunt (j - ie)
/// where w is half a sample interval times the secondary's electromotive force.
/// @source metrology.md 3.1: ie = flux / L, L = L0 (1 + rho a / (a + a0)) / (1 + (a / as)^q)
struct CtLaw {
  double per_turn{1.0};      ///< 1 / turns
  double drive_wb_per_a{};   ///< half the interval times (loop resistance parallel to the loss resistance)
  double shunt{1.0};         ///< share of the current that the loss resistance leaves to the loop
  double per_l0{};           ///< 1 / L0; 0 = ideal
  double low_field_wb{1.0};  ///< a0
  double rise{};             ///< rho
  double per_saturation{};   ///< 1 / as
  int exponent{1};           ///< q
  double plain_wb{};         ///< below it the saturation term is less than the last bit of 1
  double newton_wb{};        ///< above it one linearised step is not enough

  /// ie / flux at a magnitude of flux.
  [[nodiscard]] double conductance(double flux_wb) const;
  /// d ie / d flux.
  [[nodiscard]] double slope(double flux_wb) const;
  /// The flux that satisfies flux + drive ie(flux) = target. @cost up to 200 Newton or bisection steps
  [[nodiscard]] double solve(double target_wb) const;

  /// Amplitudes of a sinusoidal steady state.
  struct Phasors {
    std::complex<double> flux_wb;
    std::complex<double> half_step_wb;  ///< w
    std::complex<double> output_a;
  };
  /// @param conductance ie / flux, taken as constant; @param angle of the sinusoid per sample, rad
  [[nodiscard]] Phasors respond(std::complex<double> primary_a, double angle, double conductance) const;
  /// The describing function: conductance at the fundamental for a flux that swings with the current.
  [[nodiscard]] double fundamental_conductance(std::complex<double> primary_a, double angle) const;
};

/// @param series further resistance in the secondary loop
[[nodiscard]] CtLaw make_ct_law(CtModel const& model, Ohms series, Celsius temperature, double interval_s);

/// The same at a level of current: a loss resistance that follows the permeability is taken where the
/// fundamental has raised it to, like a core's loss figure at a flux density; saturation does not count.
/// @param primary_a amplitude of the fundamental @param angle of the fundamental per sample, rad
/// @source a core keeps its loss angle, roughly: inferred
[[nodiscard]] CtLaw make_ct_law_at(CtModel const& model, Ohms series, Celsius temperature, double interval_s,
                                   std::complex<double> primary_a, double angle);

/// The law of a voltage transformer: its primary winding takes the place of the secondary loop, and the input
/// is a voltage. The output is the electromotive force over the primary resistance, 1 / per_turn.
/// @source metrology.md 3.2
[[nodiscard]] CtLaw make_voltage_law(VoltageTransformerModel const& model, Celsius temperature,
                                     double interval_s);

/// Voltage across the burden over its value at 23 C, at equal current.
[[nodiscard]] double burden_factor(CtModel const& model, Celsius temperature);

}  // namespace blondel
