#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <blondel/base/contract.hpp>
#include <blondel/frontend/front_end.hpp>

namespace blondel {
namespace {

using Complex = std::complex<double>;

std::int32_t rounded(double value) {
  constexpr auto limit = static_cast<double>(std::numeric_limits<std::int32_t>::max());
  return static_cast<std::int32_t>(std::llround(std::clamp(value, -limit, limit)));
}

/// The negative-sequence voltage outweighs the positive one; works with a missing phase as well, and in Aron
/// form, where the middle element's zero stands for the common terminal.
bool is_reversed(std::array<Complex, element_count> const& u_v) {
  auto const angle_120 = std::polar(1.0, 2 * std::numbers::pi / 3);
  auto const positive_v = u_v[0] + angle_120 * u_v[1] + std::conj(angle_120) * u_v[2];
  auto const negative_v = u_v[0] + std::conj(angle_120) * u_v[1] + angle_120 * u_v[2];
  constexpr double tie = 1.001;  // a single phase has no sequence; rounding must not decide
  return std::abs(negative_v) > tie * std::abs(positive_v);
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

/// Takes the whole units of rate * span + remainder and leaves the rest, in [0, 1).
/// @param rate_per_s units per second. Whole units per second multiply in integers, so that a span of years
///        loses nothing to the 53 bits of a double.
std::int64_t take_units(double rate_per_s, SimDuration span, double& remainder) {
  auto const whole_rate = std::floor(rate_per_s);
  auto const seconds = span.ns() / ns_per_s;
  auto const rest_s = static_cast<double>(span.ns() % ns_per_s) * 1e-9;
  auto const part =
      (rate_per_s - whole_rate) * static_cast<double>(seconds) + rate_per_s * rest_s + remainder;
  auto units = std::floor(part);
  remainder = part - units;
  if (remainder >= 1) {  // a hair below zero rounds up to a whole unit
    units += 1;
    remainder = 0;
  }
  return static_cast<std::int64_t>(whole_rate) * seconds + static_cast<std::int64_t>(units);
}

}  // namespace

IntervalFrontEnd::IntervalFrontEnd(AccuracySurface const& surface, double ct_ratio, SimTime start)
    : surface_{surface},
      ct_ratio_{ct_ratio},
      accrued_{start} {
  BLONDEL_EXPECTS(ct_ratio > 0);
}

void IntervalFrontEnd::set_signals(Signals const& elements) {
  auto const& fundamental = elements.component[0];
  bool has_voltage = false;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const u_v = std::abs(fundamental.u_v[k]);
    auto const i_a = std::abs(fundamental.i_a[k]) / ct_ratio_;
    auto const gain = surface_.gain(k, i_a, elements);
    auto const ideal_va = fundamental.u_v[k] * std::conj(fundamental.i_a[k]) / ct_ratio_;
    auto const fundamental_va =
        ideal_va * gain + fundamental.u_v[k] * std::conj(surface_.crosstalk_a(k, elements));
    // The crosstalk of the voltage shows in the current reading, as it does in the meter.
    auto const i_measured_a = u_v > 0 ? std::abs(fundamental_va) / u_v : i_a * std::abs(gain);

    ChannelPower others;  // harmonics pass without error
    for (std::size_t n = 1; n < elements.count; ++n) {
      auto const part = component_power(elements.component[n], k);
      // Direct current does not get through a transformer.
      bool const passes = elements.component[n].quarters != 0;
      others.active_w += passes ? part.active_w : 0.0;
      others.quadrature_var += passes ? part.quadrature_var : 0.0;
      others.i_square_a2 += passes ? part.i_square_a2 : 0.0;
      others.u_square_v2 += part.u_square_v2;
    }
    auto const u_rms_v = std::sqrt(u_v * u_v + others.u_square_v2);
    auto const i_rms_a =
        std::sqrt(i_measured_a * i_measured_a + others.i_square_a2 / (ct_ratio_ * ct_ratio_));
    rates_[k] = {.active_w = fundamental_va.real() + others.active_w / ct_ratio_,
                 .reactive_var = fundamental_va.imag() + others.quadrature_var / ct_ratio_,
                 .apparent_va = u_rms_v * i_rms_a,
                 .u_mv = rounded(u_rms_v * 1e3),
                 .i_ua = rounded(i_rms_a * 1e6)};
    has_voltage = has_voltage || u_v > 0;
  }
  neutral_ua_ = rounded(neutral_current(elements) / ct_ratio_ * 1e6);
  frequency_mhz_ = has_voltage ? rounded(elements.frequency.value() * 1e3) : 0;
  reversed_sequence_ = is_reversed(fundamental.u_v);
}

ElementIncrement IntervalFrontEnd::accrue(SimTime until) {
  BLONDEL_EXPECTS(until >= accrued_);
  ElementIncrement increment;
  increment.span = until - accrued_;
  increment.i_neutral_ua = neutral_ua_;
  increment.frequency_mhz = frequency_mhz_;
  increment.reversed_sequence = reversed_sequence_;
  accrued_ = until;
  constexpr double micro = 1e6;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& rates = rates_[k];
    auto& rest = remainder_[k];
    increment.element[k] = {.active_uj = take_units(rates.active_w * micro, increment.span, rest[0]),
                            .reactive_uvars = take_units(rates.reactive_var * micro, increment.span, rest[1]),
                            .apparent_uvas = take_units(rates.apparent_va * micro, increment.span, rest[2]),
                            .u_mv = rates.u_mv,
                            .i_ua = rates.i_ua};
  }
  return increment;
}

}  // namespace blondel
