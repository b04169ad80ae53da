#include <cmath>
#include <limits>
#include <numbers>

#include <blondel/base/contract.hpp>
#include <frontend/ct/ct_law.hpp>

namespace blondel {
namespace {

constexpr double mu_0 = 1.25663706212e-6;  ///< H/m. @source CODATA 2018
constexpr double reference_c = 23.0;
/// Below as * 2^(-64/q) saturation changes no bit, neither of the current nor of its slope.
constexpr double invisible_exponent = -64.0;
/// From here on the curvature shows: above 0.7 as each sample is iterated to the end.
constexpr double newton_share = 0.7;
/// The kernel replaces 1 / (1 + x) by 1 - x for x = drive * slope; beyond this x it must iterate.
constexpr double stiff_limit = 0.01;

double power(double x, int exponent) {
  double result = 1.0;
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) {
      result *= x;
    }
    x *= x;
  }
  return result;
}

/// Up to where the kernel's shortcuts hold.
void set_saturation(CtLaw& law, double saturation_wb) {
  law.per_saturation = 1 / saturation_wb;
  law.plain_wb = saturation_wb * std::exp2(invisible_exponent / law.exponent);
  auto const is_stiff = law.drive_wb_per_a * law.slope(newton_share * saturation_wb) > stiff_limit;
  law.newton_wb = is_stiff ? -1.0 : newton_share * saturation_wb;
  if (is_stiff) {
    law.plain_wb = -1.0;
  }
}

}  // namespace

double CtLaw::conductance(double flux_wb) const {
  auto const a = std::abs(flux_wb);
  return per_l0 * (a + low_field_wb) / ((1 + rise) * a + low_field_wb) *
         (1 + power(a * per_saturation, exponent));
}

double CtLaw::slope(double flux_wb) const {
  auto const a = std::abs(flux_wb);
  auto const per_den = 1 / ((1 + rise) * a + low_field_wb);
  auto const ratio = (a + low_field_wb) * per_den;
  auto const saturation = power(a * per_saturation, exponent);
  return per_l0 * ((ratio - rise * low_field_wb * a * per_den * per_den) * (1 + saturation) +
                   ratio * exponent * saturation);
}

double CtLaw::solve(double target_wb) const {
  // The excitation only takes flux away: the root lies between 0 and the target.
  auto const goal_wb = std::abs(target_wb);
  double low_wb = 0.0;
  double high_wb = goal_wb;
  auto flux_wb = goal_wb;
  for (int step = 0; step < 200; ++step) {
    auto const excess_wb = flux_wb + drive_wb_per_a * flux_wb * conductance(flux_wb) - goal_wb;
    (excess_wb > 0 ? high_wb : low_wb) = flux_wb;
    auto next_wb = flux_wb - excess_wb / (1 + drive_wb_per_a * slope(flux_wb));
    if (!(next_wb >= low_wb && next_wb <= high_wb)) {
      next_wb = 0.5 * (low_wb + high_wb);
    }
    auto const change_wb = std::abs(next_wb - flux_wb);
    flux_wb = next_wb;
    if (change_wb <= 4 * std::numeric_limits<double>::epsilon() * goal_wb) {
      break;
    }
  }
  return std::copysign(flux_wb, target_wb);
}

CtLaw::Phasors CtLaw::respond(std::complex<double> primary_a, double angle, double at_conductance) const {
  // flux (z - 1) = w (z + 1) on the unit circle: w = j tan(angle / 2) flux
  std::complex<double> const half_step{0.0, std::tan(angle / 2)};
  auto const secondary_a = primary_a * per_turn;
  Phasors phasors;
  if (drive_wb_per_a > 0) {
    phasors.flux_wb = drive_wb_per_a * secondary_a / (half_step + drive_wb_per_a * at_conductance);
  }
  phasors.half_step_wb = half_step * phasors.flux_wb;
  phasors.output_a = shunt * (secondary_a - at_conductance * phasors.flux_wb);
  return phasors;
}

double CtLaw::fundamental_conductance(std::complex<double> primary_a, double angle) const {
  auto mean = conductance(0.0);
  constexpr int rounds = 4;   // the flux hardly depends on the conductance
  constexpr int points = 32;  // per half cycle
  for (int round = 0; round < rounds; ++round) {
    auto const amplitude_wb = std::abs(respond(primary_a, angle, mean).flux_wb);
    mean = 0.0;
    for (int n = 0; n < points; ++n) {
      auto const sine = std::sin(std::numbers::pi * (n + 0.5) / points);
      mean += conductance(amplitude_wb * sine) * 2 * sine * sine / points;
    }
  }
  return mean;
}

CtLaw make_ct_law(CtModel const& model, Ohms series, Celsius temperature, double interval_s) {
  BLONDEL_EXPECTS(model.turns > 0);
  CtLaw law;
  if (!model.present) {
    law.per_turn = 1 / model.turns;
    law.plain_wb = law.newton_wb = std::numeric_limits<double>::infinity();
    return law;
  }
  BLONDEL_EXPECTS(model.saturation_exponent >= 1 && model.saturation_exponent < 32);
  auto const warmer_k = temperature.value() - reference_c;
  auto const turns = model.turns * (1 - model.turns_correction);
  auto const loop_ohm = model.winding.value() * (1 + model.winding_per_k * warmer_k) +
                        model.burden.value() * (1 + model.burden_per_k * warmer_k) + series.value();
  auto const permeability = mu_0 * model.initial_permeability * (1 + model.permeability_per_k * warmer_k);
  BLONDEL_EXPECTS(permeability > 0 && loop_ohm >= 0 && model.loss.value() > 0);
  auto const turns_area_m2 = turns * model.core_area_m2;
  auto const saturation_wb = turns_area_m2 * model.saturation_b_t;

  law.per_turn = 1 / turns;
  if (loop_ohm == 0) {  // a shorted secondary needs no flux
    law.plain_wb = law.newton_wb = std::numeric_limits<double>::infinity();
    return law;
  }
  law.shunt = model.loss.value() / (model.loss.value() + loop_ohm);
  law.drive_wb_per_a = interval_s / 2 * loop_ohm * law.shunt;
  law.per_l0 = model.core_length_m / (permeability * turns * turns_area_m2);
  law.low_field_wb = turns_area_m2 * model.low_field_b_t;
  law.rise = model.low_field_rise;
  law.exponent = model.saturation_exponent;
  set_saturation(law, saturation_wb);
  return law;
}

CtLaw make_ct_law_at(CtModel const& model, Ohms series, Celsius temperature, double interval_s,
                     std::complex<double> primary_a, double angle) {
  auto const law = make_ct_law(model, series, temperature, interval_s);
  if (!model.loss_follows_permeability || law.per_l0 == 0) {
    return law;
  }
  auto unsaturated = law;
  unsaturated.per_saturation = 0.0;
  auto at_level = model;
  at_level.loss =
      Ohms{model.loss.value() * law.per_l0 / unsaturated.fundamental_conductance(primary_a, angle)};
  return make_ct_law(at_level, series, temperature, interval_s);
}

CtLaw make_voltage_law(VoltageTransformerModel const& model, Celsius temperature, double interval_s) {
  CtLaw law;
  if (!model.present) {
    law.plain_wb = law.newton_wb = std::numeric_limits<double>::infinity();
    return law;
  }
  auto const primary_ohm =
      model.primary.value() * (1 + model.primary_per_k * (temperature.value() - reference_c));
  BLONDEL_EXPECTS(primary_ohm > 0 && model.loss.value() > 0 && model.inductance_h > 0);
  law.per_turn = 1 / primary_ohm;
  law.shunt = model.loss.value() / (model.loss.value() + primary_ohm);
  law.drive_wb_per_a = interval_s / 2 * primary_ohm * law.shunt;
  law.per_l0 = 1 / model.inductance_h;
  law.low_field_wb = model.low_field_wb;
  law.rise = model.low_field_rise;
  law.exponent = model.saturation_exponent;
  set_saturation(law, model.saturation_wb);
  return law;
}

double burden_factor(CtModel const& model, Celsius temperature) {
  return model.present ? 1 + model.burden_per_k * (temperature.value() - reference_c) : 1.0;
}

}  // namespace blondel
