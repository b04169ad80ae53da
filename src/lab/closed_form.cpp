#include <lab/closed_form.hpp>

#include <cmath>
#include <numbers>

namespace blondel {
namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;
constexpr double reference_c = 23.0;

/// A magnetising branch: ie(flux) of metrology.md 3.1 with a loss beside it.
struct Core {
  double inductance_h{};
  double rise{};
  double low_field_wb{};
  double saturation_wb{};
  int exponent{};
  double loss_ohm{};

  /// The branch's impedance for a sine of flux: the fundamental of the current it takes.
  [[nodiscard]] Complex impedance(double flux_wb, double omega) const {
    constexpr int points = 64;  // over a quarter of the period
    double mean = 0.0;          // of 1/L, weighted by the square of the sine
    for (int n = 0; n < points; ++n) {
      auto const sine = std::sin(pi / 2 * (n + 0.5) / points);
      auto const a = flux_wb * sine;
      auto const saturation = std::pow(a / saturation_wb, exponent);
      mean += 2 * sine * sine / points * (1 + saturation) / (1 + rise * a / (a + low_field_wb));
    }
    return 1.0 / (mean / Complex{0.0, omega * inductance_h} + 1.0 / loss_ohm);
  }
  /// -z / (c + z), when the current without any error would be `current_a` rms through z
  [[nodiscard]] Complex error(double z_ohm, double current_a, double omega) const {
    Complex error{};
    constexpr int rounds = 4;  // the flux hardly depends on the error
    for (int n = 0; n < rounds; ++n) {
      auto const flux_wb = std::numbers::sqrt2 * std::abs(1.0 + error) * current_a * z_ohm / omega;
      auto const c = impedance(flux_wb, omega);
      error = -z_ohm / (c + z_ohm);
    }
    return error;
  }
};

/// Secondary over ideal secondary current.
Complex transformer_gain(CtModel const& ct, double current_a, double omega, double warmer_k) {
  if (!ct.present) {
    return 1.0;
  }
  constexpr double mu_0 = 4e-7 * pi;
  auto const turns = ct.turns * (1 - ct.turns_correction);
  auto const turns_area = turns * ct.core_area_m2;
  Core const core{.inductance_h = mu_0 * ct.initial_permeability * (1 + ct.permeability_per_k * warmer_k) *
                                  turns * turns_area / ct.core_length_m,
                  .rise = ct.low_field_rise,
                  .low_field_wb = turns_area * ct.low_field_b_t,
                  .saturation_wb = turns_area * ct.saturation_b_t,
                  .exponent = ct.saturation_exponent,
                  .loss_ohm = ct.loss.value()};
  auto const z_ohm = ct.winding.value() * (1 + ct.winding_per_k * warmer_k) +
                     ct.burden.value() * (1 + ct.burden_per_k * warmer_k);
  return ct.turns / turns * (1.0 + core.error(z_ohm, current_a / turns, omega)) *
         (1 + ct.burden_per_k * warmer_k);
}

/// Electromotive force over the voltage at the primary.
Complex transformer_gain(VoltageTransformerModel const& model, double u_v, double omega, double warmer_k) {
  if (!model.present) {
    return 1.0;
  }
  Core const core{.inductance_h = model.inductance_h,
                  .rise = model.low_field_rise,
                  .low_field_wb = model.low_field_wb,
                  .saturation_wb = model.saturation_wb,
                  .exponent = model.saturation_exponent,
                  .loss_ohm = model.loss.value()};
  auto const primary_ohm = model.primary.value() * (1 + model.primary_per_k * warmer_k);
  auto const c = core.impedance(std::numbers::sqrt2 * u_v / omega, omega);
  return c / (primary_ohm + c);
}

Complex low_pass(double tau_s, double omega) {
  return 1.0 / Complex{1.0, omega * tau_s};
}

/// What the measuring elements are given. @units V, A
struct Elements {
  std::array<Complex, element_count> u{};
  std::array<Complex, element_count> i{};
};

Elements elements_at(BalancedPoint const& p) {
  Elements at;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const behind = static_cast<double>(e) * 2 * pi / 3;
    at.u[e] = std::polar(p.u_v, -behind);
    at.i[e] = std::polar(p.current_a, -behind - p.lag_rad);
  }
  if (p.aron) {  // U12 leads the voltage of L1 by 30 degrees, U32 stays as much behind that of L3
    at.u = {std::polar(p.u_v, pi / 6), 0.0, std::polar(p.u_v, pi / 2)};
    at.i[1] = 0.0;  // no element, no power
  }
  return at;
}

/// Apparent power that element e measures, before calibration. @units VA
Complex measured(FrontEndModel const& model, std::size_t e, BalancedPoint const& p) {
  auto const at = elements_at(p);
  auto const warmer_k = p.temperature_c - reference_c;
  auto const omega = 2 * pi * p.frequency_hz;
  auto const& adc = model.adc[e];
  auto const& divider = model.divider[e];
  auto const reference = 1 + adc.reference_per_k * warmer_k + adc.reference_per_k2 * warmer_k * warmer_k;
  auto const divided =
      1 + divider.ratio_error + divider.per_k * warmer_k + divider.per_v * (std::abs(at.u[e]) - nominal_u_v);
  auto const u = at.u[e] * divided * reference * low_pass(adc.u_filter_tau_s, omega) *
                 transformer_gain(model.voltage_transformer[e], std::abs(at.u[e]), omega, warmer_k);
  auto i = at.i[e] * transformer_gain(model.internal_ct[e], std::abs(at.i[e]), omega, warmer_k);
  auto const& ct = model.internal_ct[e];
  for (std::size_t from = 0; from < element_count; ++from) {
    i += model.crosstalk[e][from] / model.divider[from].ratio / ct.burden.value() * ct.turns * at.u[from];
  }
  i *= reference * low_pass(adc.i_filter_tau_s, omega);
  return u * std::conj(i) / (1 + adc.clock_error - adc.clock_per_k2 * warmer_k * warmer_k);
}

}  // namespace

ClosedFormCalibration closed_form_calibration(FrontEndModel const& model, double frequency_hz) {
  constexpr double lag_rad = pi / 3;
  ClosedFormCalibration calibration;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const at_angle = measured(model, e, {.lag_rad = lag_rad, .frequency_hz = frequency_hz});
    auto const turn = std::polar(1.0, lag_rad - std::arg(at_angle));
    auto const at_unity = measured(model, e, {.frequency_hz = frequency_hz}) * turn;
    calibration[e] = turn * (nominal_u_v * rated_i_a / at_unity.real());
  }
  return calibration;
}

double closed_form_error_pct(FrontEndModel const& model, ClosedFormCalibration const& calibration,
                             BalancedPoint const& p) {
  double found_w = 0.0;
  for (std::size_t e = 0; e < element_count; ++e) {
    found_w += (measured(model, e, p) * calibration[e]).real();
  }
  auto const wires = p.aron ? std::numbers::sqrt3 : 3.0;  // P = root of 3 U I cos phi between lines
  auto const true_w = wires * p.u_v * p.current_a * std::cos(p.lag_rad);
  return (found_w / true_w - 1.0) * 100.0;
}

}  // namespace blondel
