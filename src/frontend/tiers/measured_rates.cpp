#include <blondel/frontend/measured_rates.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

#include <blondel/base/contract.hpp>
#include <frontend/complex_product.hpp>

namespace blondel {
namespace {

using Complex = std::complex<double>;

double magnitude(Complex phasor) {
  return std::sqrt(std::norm(phasor));
}

/// To nearest. @param value not negative
std::int32_t rounded(double value) {
  constexpr auto limit = static_cast<double>(std::numeric_limits<std::int32_t>::max() - 1);
  return static_cast<std::int32_t>(std::min(value, limit) + 0.5);
}

/// The negative-sequence voltage outweighs the positive one; works with a missing phase as well, and in Aron
/// form, where the middle element's zero stands for the common terminal.
bool is_reversed(std::array<Complex, element_count> const& u_v) {
  constexpr Complex angle_120{-0.5, 0.86602540378443864676};
  constexpr Complex angle_240{-0.5, -0.86602540378443864676};
  auto const positive_v = u_v[0] + product(angle_120, u_v[1]) + product(angle_240, u_v[2]);
  auto const negative_v = u_v[0] + product(angle_240, u_v[1]) + product(angle_120, u_v[2]);
  constexpr double tie = 1.001;  // a single phase has no sequence; rounding must not decide
  return std::norm(negative_v) > tie * tie * std::norm(positive_v);
}

/// rms of the sum of the elements' currents, taken without the transformers' errors.
double neutral_current(Signals const& elements) {
  double square = 0.0;
  for (std::size_t n = 0; n < elements.count; ++n) {
    auto const& component = elements.component[n];
    if (component.quarters != 0) {
      square += std::norm(component.i_a[0] + component.i_a[1] + component.i_a[2]);
    }
  }
  return std::sqrt(square);
}

}  // namespace

MeasuredRates::MeasuredRates(AccuracySurface const& surface, double ct_ratio)
    : surface_{surface},
      per_ratio_{1 / ct_ratio} {
  BLONDEL_EXPECTS(ct_ratio > 0);
}

void MeasuredRates::set_signals(Signals const& elements) {
  bool has_voltage = false;
  for (std::size_t k = 0; k < element_count; ++k) {
    set_element(k, elements);
    has_voltage = has_voltage || std::norm(elements.component[0].u_v[k]) > 0;
  }
  values_.i_neutral_ua = rounded(neutral_current(elements) * per_ratio_ * 1e6);
  values_.frequency_mhz = has_voltage ? rounded(elements.frequency.value() * 1e3) : 0;
  values_.reversed_sequence = is_reversed(elements.component[0].u_v);
}

void MeasuredRates::set_element(std::size_t k, Signals const& elements) {
  auto const& fundamental = elements.component[0];
  auto const u_square_v2 = std::norm(fundamental.u_v[k]);
  auto const i_a = magnitude(fundamental.i_a[k]) * per_ratio_;
  auto const gain = surface_.gain(k, i_a, elements);
  // S = U (I c* + what couples over)*, behind the transformer.
  auto const seen_a =
      product(fundamental.i_a[k] * per_ratio_, std::conj(gain)) + surface_.crosstalk_a(k, elements);
  auto const fundamental_va = product(fundamental.u_v[k], std::conj(seen_a));
  // The crosstalk of the voltage shows in the current reading, as it does in the meter.
  auto const i_square_a2 = std::norm(seen_a);

  ChannelPower others;
  for (std::size_t n = 1; n < elements.count; ++n) {
    auto const& component = elements.component[n];
    bool const passes = component.quarters != 0;  // direct current does not get through a transformer
    auto const order = static_cast<double>(component.quarters) / fundamental_quarters;
    auto const part =
        component_power(component, k, passes ? surface_.harmonic_gain(k, order, elements) : Complex{1.0});
    others.active_w += passes ? part.active_w : 0.0;
    others.quadrature_var += passes ? part.quadrature_var : 0.0;
    others.i_square_a2 += passes ? part.i_square_a2 : 0.0;
    others.u_square_v2 += part.u_square_v2;
  }
  auto const u_rms_v = std::sqrt(u_square_v2 + others.u_square_v2);
  auto const i_rms_a = std::sqrt(i_square_a2 + others.i_square_a2 * per_ratio_ * per_ratio_);
  elements_[k] = {.active_w = fundamental_va.real() + others.active_w * per_ratio_,
                  .reactive_var = fundamental_va.imag() + others.quadrature_var * per_ratio_,
                  .apparent_va = u_rms_v * i_rms_a,
                  .u_rms_v = u_rms_v,
                  .i_rms_a = i_rms_a};
  constexpr double micro = 1e6;
  set(rates_[3 * k], elements_[k].active_w * micro);
  set(rates_[3 * k + 1], elements_[k].reactive_var * micro);
  set(rates_[3 * k + 2], elements_[k].apparent_va * micro);
  values_.element[k].u_mv = rounded(u_rms_v * 1e3);
  values_.element[k].i_ua = rounded(i_rms_a * 1e6);
}

void MeasuredRates::set(Rate& rate, double units_per_s) {
  constexpr double limit_per_s = 1e11;  // twice the power that the core takes for plausible
  auto const units = std::clamp(units_per_s, -limit_per_s, limit_per_s);
  // Cut off, not rounded: less than a microjoule in half a year.
  rate.per_s_q24 = static_cast<std::int64_t>(units * 0x1p24);
  rate.per_ns_q56 = static_cast<std::int64_t>(units * (0x1p56 / ns_per_s));
}

std::int64_t MeasuredRates::take_units(Rate& rate, std::int64_t seconds, std::int64_t rest_ns) {
  rate.rest += (Fine{rate.per_s_q24} * seconds << (fine_bits - 24)) + Fine{rate.per_ns_q56} * rest_ns;
  auto const units = static_cast<std::int64_t>(rate.rest >> fine_bits);
  rate.rest -= Fine{units} << fine_bits;
  return units;
}

ElementIncrement MeasuredRates::take(SimDuration span) {
  auto increment = values_;
  increment.span = span;
  auto const seconds = span.ns() / ns_per_s;
  auto const rest_ns = span.ns() % ns_per_s;
  std::array<std::int64_t, std::tuple_size_v<decltype(rates_)>> units;
  for (std::size_t n = 0; n < units.size(); ++n) {
    units[n] = take_units(rates_[n], seconds, rest_ns);
  }
  for (std::size_t k = 0; k < element_count; ++k) {
    auto& share = increment.element[k];
    share.active_uj = units[3 * k];
    share.reactive_uvars = units[3 * k + 1];
    share.apparent_uvas = units[3 * k + 2];
  }
  return increment;
}

void MeasuredRates::add(std::size_t element, Fine active, Fine reactive) {
  rates_[3 * element].rest += active;
  rates_[3 * element + 1].rest += reactive;
}

}  // namespace blondel
