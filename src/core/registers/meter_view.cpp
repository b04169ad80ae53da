#include "core/registers/meter_view.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

#include "core/energy/increment_to_energy.hpp"
#include "core/events/current.hpp"

namespace blondel {
namespace {

/// Energy unit of a main register. @source device.md B1
constexpr Unit unit_of(Energy energy) {
  switch (energy) {
    case Energy::a_plus:
    case Energy::a_minus:
      return Unit::watt_hour;
    case Energy::r_plus:
    case Energy::r_minus:
    case Energy::r1:
    case Energy::r2:
    case Energy::r3:
    case Energy::r4:
      return Unit::var_hour;
    case Energy::s_plus:
    case Energy::s_minus:
      return Unit::volt_ampere_hour;
  }
  return Unit::none;
}

constexpr Unit unit_of(Power power) {
  switch (power) {
    case Power::p_plus:
    case Power::p_minus:
      return Unit::watt;
    case Power::q_plus:
    case Power::q_minus:
      return Unit::var;
    case Power::s_plus:
    case Power::s_minus:
      return Unit::volt_ampere;
  }
  return Unit::none;
}

constexpr Energy energy_of(Power power) {
  switch (power) {
    case Power::p_plus:
      return Energy::a_plus;
    case Power::p_minus:
      return Energy::a_minus;
    case Power::q_plus:
      return Energy::r_plus;
    case Power::q_minus:
      return Energy::r_minus;
    case Power::s_plus:
      return Energy::s_plus;
    case Power::s_minus:
      return Energy::s_minus;
  }
  return Energy::a_plus;
}

/// Secondary powers of one element in the shape the energy summation takes. @units mW for uJ
BookedShare as_share(ElementLive const& live) {
  return {live.p_mw, live.q_mvar, live.s_mva, live.p_mw};
}

std::array<BookedShare, element_count> live_shares(MeterView const& m) {
  std::array<BookedShare, element_count> shares{};
  std::transform(m.state().live.begin(), m.state().live.end(), shares.begin(), as_share);
  return shares;
}

std::int64_t ratio(MeterView const& m) {
  return m.state().ct_ratio;
}

std::int64_t effective_power(MeterView const& m) {
  EffectiveValues values{.i_neutral_ua = m.state().i_neutral_ua};
  for (std::size_t e = 0; e < element_count; ++e) {
    values.u_mv[e] = m.state().live[e].u_mv;
    values.i_ua[e] = m.state().live[e].i_ua;
  }
  return effective_power_mva(values);
}

/// P / S in millionths, negative for export, 0 without load. @units 1e-6
/// @source inferred: the sign of the active power, as the power registers have it
std::int64_t factor(std::int64_t p, std::int64_t s) {
  if (s <= 0) {
    return 0;
  }
  return std::clamp<std::int64_t>(truncate_divide(p * 1'000'000, s), -1'000'000, 1'000'000);
}

CivilTime local(MeterView const& m) {
  auto const& state = m.state();
  return local_time(state.rtc.normal_seconds(state.now), m.state().configuration);
}

Reading text(std::span<char const> characters) {
  Reading reading;
  reading.kind = ReadingKind::octets;
  reading.unit = Unit::text;
  for (auto const character : characters) {
    reading.octet_data[reading.octet_count++] = static_cast<std::uint8_t>(character);
  }
  return reading;
}

}  // namespace

Reading primary_energy(MeterView const& m, Energy energy) {
  return Reading::number(unit_of(energy), of(m.state().primary, energy).total_mj);
}

Reading secondary_energy(MeterView const& m, Energy energy) {
  return Reading::number(unit_of(energy), of(m.state().secondary, energy).total_mj);
}

Reading absolute_active_energy(MeterView const& m) {
  auto const& registers = m.state().primary;
  return Reading::number(Unit::watt_hour,
                         of(registers, Energy::a_plus).total_mj + of(registers, Energy::a_minus).total_mj);
}

Reading total_power(MeterView const& m, Power power) {
  auto const shares = live_shares(m);
  auto sums = sum_by_direction(shares, m.config().phase_sum);
  set_apparent(sums, shares, m.config().apparent_sum, effective_power(m));
  return Reading::number(unit_of(power), sums[static_cast<std::size_t>(energy_of(power))] * ratio(m));
}

Reading phase_power(MeterView const& m, int element, Power power) {
  std::array<BookedShare, element_count> shares{};
  shares[0] = as_share(m.state().live[static_cast<std::size_t>(element)]);
  auto const sums = sum_by_direction(shares, PhaseSum::per_phase);
  return Reading::number(unit_of(power), sums[static_cast<std::size_t>(energy_of(power))] * ratio(m));
}

Reading voltage(MeterView const& m, int element) {
  return Reading::number(Unit::volt, m.state().live[static_cast<std::size_t>(element)].u_mv);
}

Reading current(MeterView const& m, int element) {
  return Reading::number(Unit::ampere, m.state().live[static_cast<std::size_t>(element)].i_ua * ratio(m));
}

Reading power_factor(MeterView const& m, int element) {
  auto const& live = m.state().live[static_cast<std::size_t>(element)];
  return Reading::number(Unit::power_factor, factor(live.p_mw, live.s_mva));
}

Reading total_power_factor(MeterView const& m) {
  auto const shares = live_shares(m);
  std::int64_t p_mw = 0;
  for (auto const& share : shares) {
    p_mw += share.active_uj;
  }
  auto sums = sum_by_direction(shares, m.config().phase_sum);
  set_apparent(sums, shares, m.config().apparent_sum, effective_power(m));
  auto const s_mva =
      sums[static_cast<std::size_t>(Energy::s_plus)] + sums[static_cast<std::size_t>(Energy::s_minus)];
  return Reading::number(Unit::power_factor, factor(p_mw, s_mva));
}

Reading quadrant(MeterView const& m) {
  auto const& live = m.state().live;
  if (std::none_of(live.begin(), live.end(), [](auto const& l) { return l.i_ua >= current_min_ua; })) {
    return Reading::number(Unit::none, 0);
  }
  auto const sums = sum_by_direction(live_shares(m), m.config().phase_sum);
  auto const net = [&sums](Energy plus, Energy minus) {
    return sums[static_cast<std::size_t>(plus)] - sums[static_cast<std::size_t>(minus)];
  };
  bool const is_export = net(Energy::a_plus, Energy::a_minus) < 0;
  bool const is_capacitive = net(Energy::r_plus, Energy::r_minus) < 0;
  return Reading::number(Unit::none, is_capacitive ? (is_export ? 3 : 4) : (is_export ? 2 : 1));
}

Reading direction(MeterView const& m, int element) {
  auto const e = static_cast<std::size_t>(element);
  auto const p_mw = m.state().gates[e].active.registering ? m.state().live[e].p_mw : 0;
  return Reading::number(Unit::none, p_mw > 0 ? 1 : p_mw < 0 ? -1 : 0);
}

Reading frequency(MeterView const& m) {
  return Reading::number(Unit::hertz, m.state().frequency_mhz);
}

Reading local_clock(MeterView const& m) {
  auto const civil = local(m);
  return Reading::number(Unit::local_clock, civil.hour * 10'000 + civil.minute * 100 + civil.second);
}

Reading local_date(MeterView const& m) {
  auto const civil = local(m);
  return Reading::number(Unit::local_date, civil.year % 100 * 10'000 + civil.month * 100 + civil.day);
}

Reading rtc(MeterView const& m) {
  Reading reading;
  reading.kind = ReadingKind::stamp;
  reading.unit = Unit::rtc;
  reading.stamp = stamp(m.state().rtc, m.state().now, m.state().configuration);
  return reading;
}

Reading hour_counter(MeterView const& m) {
  return Reading::number(Unit::hour, truncate_divide(m.state().powered_ns, ns_per_s));
}

Reading meter_status(MeterView const& m) {
  return Reading::number(Unit::bits, m.state().status);
}

Reading operation_mode(MeterView const& m) {
  return Reading::number(Unit::none, static_cast<std::int64_t>(m.state().operation_mode));
}

Reading serial_number(MeterView const& m) {
  return Reading::number(Unit::none, m.state().serial_number);
}

Reading meter_number(MeterView const& m, int index) {
  return Reading::number(Unit::none, m.state().meter_numbers[static_cast<std::size_t>(index)]);
}

Reading configuration_number(MeterView const& m, int index) {
  return Reading::number(Unit::none, m.state().configuration.numbers[static_cast<std::size_t>(index)]);
}

Reading type_and_revision(MeterView const& m) {
  // Decimal digits 75 00 LL NN. @source device.md 0.4: 75000801 = 351 C, revision H1
  return Reading::number(Unit::none,
                         75'000'000 + m.config().software_letter * 100 + m.config().software_number);
}

Reading complete_type_number(MeterView const& m) {
  return text(m.config().type.text);
}

Reading short_type_number(MeterView const& m) {
  return text(std::span{m.config().type.text}.first(10));
}

}  // namespace blondel
