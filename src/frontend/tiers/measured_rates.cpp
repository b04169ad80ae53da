#include <blondel/frontend/measured_rates.hpp>

#include <algorithm>
#include <cmath>
#include <complex>

#include <blondel/base/contract.hpp>
#include <frontend/accuracy/element_kernel.hpp>
#include <frontend/complex_product.hpp>
#include <frontend/tiers/phasor_rates.hpp>

namespace blondel {
namespace {

using Complex = std::complex<double>;

/// To nearest. @param value not negative
std::int32_t rounded(double value) {
  return static_cast<std::int32_t>(std::min(value, rms_count_max) + 0.5);
}

/// The negative-sequence voltage outweighs the positive one; works with a missing phase as well, and in Aron
/// form, where the middle element's zero stands for the common terminal.
bool is_reversed(std::array<Complex, element_count> const& u_v) {
  double const real[] = {u_v[0].real(), u_v[1].real(), u_v[2].real()};
  double const imaginary[] = {u_v[0].imag(), u_v[1].imag(), u_v[2].imag()};
  double negative{};
  double positive{};
  sequence_squares(real, imaginary, negative, positive);
  return negative > sequence_tie * positive;
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

using Fine = MeasuredRates::Fine;
constexpr int fine_bits = MeasuredRates::fine_bits;
constexpr int second_bits = 24;  ///< of a rate over whole seconds

/// Cut off, not rounded: less than a microjoule in half a year.
std::int64_t rate_over_seconds(double units_per_s) {
  return static_cast<std::int64_t>(units_per_s * (std::int64_t{1} << second_bits));
}

/// Whole seconds multiply by one number, the rest by another, so that a span of years loses nothing and a
/// cycle needs no division by 1e9.
std::int64_t take_units(double units_per_s, Fine& rest, std::int64_t seconds, std::int64_t rest_ns) {
  if (seconds != 0) {
    rest += Fine{rate_over_seconds(units_per_s)} * seconds << (fine_bits - second_bits);
  }
  if (rest_ns != 0) {
    rest += Fine{static_cast<std::int64_t>(units_per_s * (0x1p56 / ns_per_s))} * rest_ns;
  }
  auto const units = static_cast<std::int64_t>(rest >> fine_bits);
  rest -= Fine{units} << fine_bits;
  return units;
}

/// take_units of many equal spans of a few whole seconds, in 64 bits.
class SecondsTaker {
 public:
  static constexpr std::int64_t seconds_max = 4;  ///< at rate_limit_per_s
  SecondsTaker(Fine& rest, std::int64_t seconds)
      : rest_{&rest},
        seconds_{seconds},
        upper_{static_cast<std::int64_t>(rest >> unused_bits)} {}

  std::int64_t take(double units_per_s) {
    upper_ += rate_over_seconds(units_per_s) * seconds_;
    auto const units = upper_ >> second_bits;
    upper_ &= (std::int64_t{1} << second_bits) - 1;
    return units;
  }
  void keep() const {
    constexpr Fine lower = (Fine{1} << unused_bits) - 1;
    *rest_ = (Fine{upper_} << unused_bits) + (*rest_ & lower);
  }

 private:
  static constexpr int unused_bits = fine_bits - second_bits;
  Fine* rest_;
  std::int64_t seconds_;
  std::int64_t upper_;
};

/// @param rest of the element's three quantities
void take_element(PhasorRates::Element const& rates, Fine* rest, SimDuration span,
                  std::span<ElementIncrement> increments, std::size_t k) {
  auto const seconds = span.ns() / ns_per_s;
  auto const rest_ns = span.ns() % ns_per_s;
  bool const is_short = rest_ns == 0 && seconds <= SecondsTaker::seconds_max;
  SecondsTaker active{rest[0], seconds};
  SecondsTaker reactive{rest[1], seconds};
  SecondsTaker apparent{rest[2], seconds};
  for (std::size_t n = 0; n < increments.size(); ++n) {
    auto& share = increments[n].element[k];
    share.u_mv = rates.u_mv[n];
    share.i_ua = rates.i_ua[n];
    if (is_short) {
      share.active_uj = active.take(rates.active_uw[n]);
      share.reactive_uvars = reactive.take(rates.reactive_uvar[n]);
      share.apparent_uvas = apparent.take(rates.apparent_uva[n]);
    } else {
      share.active_uj = take_units(rates.active_uw[n], rest[0], seconds, rest_ns);
      share.reactive_uvars = take_units(rates.reactive_uvar[n], rest[1], seconds, rest_ns);
      share.apparent_uvas = take_units(rates.apparent_uva[n], rest[2], seconds, rest_ns);
    }
  }
  if (is_short) {
    active.keep();
    reactive.keep();
    apparent.keep();
  }
}

/// Whose lanes are the elements.
void set_conditions(PreparedSurface const& surface, LaneConditions<Single>& lane) {
  constexpr int rows = PreparedSurface::element_rows;
  lane.first_row = Whole<Single>::Lanes{0, rows, 2 * rows, 0};
  auto const load = [](PreparedSurface::Fours const& fours, Lanes& lanes) {
    lanes = Lanes{fours[0], fours[1], fours[2], fours[3]};
  };
  auto const& slow = surface.slow();
  load(slow.rated_real, lane.rated_real);
  load(slow.rated_imaginary, lane.rated_imaginary);
  load(slow.share_real, lane.share_real);
  load(slow.share_imaginary, lane.share_imaginary);
  for (std::size_t n = 0; n < slow.drift_real.size(); ++n) {
    load(slow.drift_real[n], lane.drift_real[n]);
    load(slow.drift_imaginary[n], lane.drift_imaginary[n]);
  }
  for (std::size_t from = 0; from < element_count; ++from) {
    load(surface.crosstalk()[from], lane.crosstalk[from]);
  }
}

void set_phasors(SignalComponent const& fundamental, double per_ratio, LanePhasors<Single>& at) {
  auto const& u_v = fundamental.u_v;
  auto const& i_a = fundamental.i_a;
  at.u_real_v = Lanes{u_v[0].real(), u_v[1].real(), u_v[2].real(), 0.0};
  at.u_imaginary_v = Lanes{u_v[0].imag(), u_v[1].imag(), u_v[2].imag(), 0.0};
  at.i_real_a = Lanes{i_a[0].real(), i_a[1].real(), i_a[2].real(), 0.0} * per_ratio;
  at.i_imaginary_a = Lanes{i_a[0].imag(), i_a[1].imag(), i_a[2].imag(), 0.0} * per_ratio;
  for (std::size_t from = 0; from < element_count; ++from) {
    at.all_u_real_v[from] = Lanes{} + u_v[from].real();
    at.all_u_imaginary_v[from] = Lanes{} + u_v[from].imag();
  }
}

}  // namespace

MeasuredRates::MeasuredRates(AccuracySurface const& surface, double ct_ratio)
    : surface_{surface},
      prepared_{surface},
      per_ratio_{1 / ct_ratio} {
  BLONDEL_EXPECTS(ct_ratio > 0);
}

void MeasuredRates::set_signals(Signals const& elements) {
  auto const& fundamental = elements.component[0];
  prepared_.set_conditions(surface_, elements.frequency, elements.temperature);
  LaneConditions<Single> lane;
  LanePhasors<Single> at;
  set_conditions(prepared_, lane);
  set_phasors(fundamental, per_ratio_, at);
  Lanes const u_square_v2 = at.u_real_v * at.u_real_v + at.u_imaginary_v * at.u_imaginary_v;
  Lanes const i_square_a2 = at.i_real_a * at.i_real_a + at.i_imaginary_a * at.i_imaginary_a;
  Lanes u_v;
  Lanes current_steps;
  Lanes voltage_steps;
  square_root(u_square_v2, u_v);
  place_phasors<Single>(prepared_, u_v, i_square_a2, current_steps, voltage_steps);
  Lanes gain_real;
  Lanes gain_imaginary;
  lane_gain<Single>(prepared_, lane, u_v, current_steps, voltage_steps, gain_real, gain_imaginary);
  LaneMeasured<Single> measured;
  measure<Single>(lane, at, gain_real, gain_imaginary, measured);
  bool has_voltage = false;
  for (std::size_t k = 0; k < element_count; ++k) {
    ChannelPower others;
    if (elements.count > 1) {
      others = harmonic_power(k, elements);
    }
    auto const u_rms_v = std::sqrt(u_square_v2[k] + others.u_square_v2);
    auto const i_rms_a = std::sqrt(measured.i_square_a2[k] + others.i_square_a2 * per_ratio_ * per_ratio_);
    elements_[k] = {.active_w = measured.active_w[k] + others.active_w * per_ratio_,
                    .reactive_var = measured.reactive_var[k] + others.quadrature_var * per_ratio_,
                    .apparent_va = u_rms_v * i_rms_a,
                    .u_rms_v = u_rms_v,
                    .i_rms_a = i_rms_a};
    auto const units_of = [](double rate) {
      return std::clamp(rate * 1e6, -rate_limit_per_s, rate_limit_per_s);
    };
    units_per_s_[3 * k] = units_of(elements_[k].active_w);
    units_per_s_[3 * k + 1] = units_of(elements_[k].reactive_var);
    units_per_s_[3 * k + 2] = units_of(elements_[k].apparent_va);
    values_.element[k].u_mv = rounded(u_rms_v * 1e3);
    values_.element[k].i_ua = rounded(i_rms_a * 1e6);
    has_voltage = has_voltage || u_square_v2[k] > 0;
  }
  values_.i_neutral_ua = rounded(neutral_current(elements) * per_ratio_ * 1e6);
  values_.frequency_mhz = has_voltage ? rounded(elements.frequency.value() * 1e3) : 0;
  values_.reversed_sequence = is_reversed(fundamental.u_v);
}

/// What flows beside the fundamental, primary.
ChannelPower MeasuredRates::harmonic_power(std::size_t k, Signals const& elements) const {
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
  return others;
}

ElementIncrement MeasuredRates::take(SimDuration span) {
  auto increment = values_;
  increment.span = span;
  auto const seconds = span.ns() / ns_per_s;
  auto const rest_ns = span.ns() % ns_per_s;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const* const rate = &units_per_s_[3 * k];
    auto* const rest = &rest_[3 * k];
    auto& share = increment.element[k];
    share.active_uj = take_units(rate[0], rest[0], seconds, rest_ns);
    share.reactive_uvars = take_units(rate[1], rest[1], seconds, rest_ns);
    share.apparent_uvas = take_units(rate[2], rest[2], seconds, rest_ns);
  }
  return increment;
}

void MeasuredRates::take(PhasorBlock const& block, SimDuration span, std::span<ElementIncrement> increments,
                         InstructionSet instruction_set) {
  BLONDEL_EXPECTS(increments.size() <= PhasorBlock::steps_max);
  prepared_.set_conditions(surface_, block.frequency, block.temperature);
  PhasorRates rates;
  measure_block(prepared_, per_ratio_, block, increments.size(), instruction_set, rates);
  auto const frequency_mhz = rounded(block.frequency.value() * 1e3);
  for (std::size_t n = 0; n < increments.size(); ++n) {
    auto& increment = increments[n];
    increment.span = span;
    increment.i_neutral_ua = rates.i_neutral_ua[n];
    increment.frequency_mhz = rates.has_voltage[n] != 0 ? frequency_mhz : 0;
    increment.reversed_sequence = rates.reversed_sequence[n] != 0;
  }
  for (std::size_t k = 0; k < element_count; ++k) {
    take_element(rates.element[k], &rest_[3 * k], span, increments, k);
  }
}

void MeasuredRates::add(std::size_t element, Fine active, Fine reactive) {
  rest_[3 * element] += active;
  rest_[3 * element + 1] += reactive;
}

}  // namespace blondel
