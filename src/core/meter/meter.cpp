#include <blondel/meter/meter.hpp>

#include <algorithm>
#include <utility>

#include <blondel/base/contract.hpp>
#include <blondel/base/decimal.hpp>

#include "core/energy/split_increment.hpp"
#include "core/events/current.hpp"
#include "core/events/status_log.hpp"
#include "core/events/voltage.hpp"
#include "core/io/module_io.hpp"
#include "core/meter/boundary.hpp"
#include "core/meter/meter_state.hpp"
#include "core/meter/shown_steps.hpp"
#include "core/metrology/increment_check.hpp"
#include "core/nv/nv_layout.hpp"
#include "core/tariff/tariff_control.hpp"

namespace blondel {
namespace {

/// Powers and rms values refresh at 1 Hz. @source device.md B1
constexpr std::int64_t refresh_ns = ns_per_s;
/// After power-up the first whole cycle is shown at once, and the second, from which the converters' offsets
/// are gone.
constexpr std::uint8_t first_refreshes = 2;

Energy led_energy(OperationMode mode) {
  switch (mode) {
    case OperationMode::a_minus:
      return Energy::a_minus;
    case OperationMode::r_plus:
      return Energy::r_plus;
    case OperationMode::r_minus:
      return Energy::r_minus;
    case OperationMode::normal:
    case OperationMode::a_plus:
      break;
  }
  return Energy::a_plus;
}

/// Grows the registers; notes when a shown digit changes. @param shares uJ, not negative
void add_energy(MeterState& s, MeterConfig const& config, EnergyShares const& shares) {
  bool shown_changed = false;  // beside the state, where each would wait for the one before
  std::int64_t const ratio = s.ct_ratio;
  for (std::size_t n = 0; n < energy_count; ++n) {
    if (shares[n] == 0) {
      continue;  // half of them; nothing was carried, so nothing changes
    }
    s.secondary[n].add(shares[n]);
    s.primary[n].add(shares[n] * ratio);
    s.nv_behind = true;
    shown_changed |= s.secondary[n].total_mj >= s.secondary_next_mj[n];
    shown_changed |= s.primary[n].total_mj >= s.primary_next_mj[n];
  }
  s.shown_changed |= shown_changed;
  s.led.add(shares[static_cast<std::size_t>(led_energy(s.operation_mode))], led_pulse_uj);
  s.s0.add(shares[static_cast<std::size_t>(Energy::a_plus)], s0_pulse_uj);
  auto const outputs = module_pulse_energies(s.configuration.dd);
  bool const is_primary = has_primary_pulses(s.configuration.m, config.data_sheet);
  for (std::size_t n = 0; n < module_io_count; ++n) {
    if (outputs[n]) {
      auto const share = shares[static_cast<std::size_t>(*outputs[n])];
      // Two calls, as dividing by a constant is much cheaper.
      if (is_primary) {
        s.module_out[n].add(share * s.ct_ratio, module_pulse_uj(true));
      } else {
        s.module_out[n].add(share, module_pulse_uj(false));
      }
    }
  }
}

/// @units uJ over us gives mW
std::int64_t mean_power_mw(std::int64_t energy_uj, std::int64_t span_us) {
  if (span_us == 1'000'000) {
    return round_divide(energy_uj, 1'000);  // the same and, by a constant, several times as fast
  }
  return round_divide(energy_uj * 1'000, span_us);
}

void add_means(MeterState& s, std::int64_t span_ms) {
  s.averages.span_ms += span_ms;
  for (std::size_t e = 0; e < element_count; ++e) {
    s.averages.u_mv_ms[e] += s.live[e].u_mv * span_ms;
    s.averages.i_ua_ms[e] += s.live[e].i_ua * span_ms;
  }
}

/// Powers over the window that just ended, rms values of the last cycle.
void refresh_live(MeterState& s, MeterConfig const& config, ElementIncrement const& increment) {
  auto const span_us = s.window.span_ns / 1'000;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto& sum = s.window.sum[e];
    auto const& share = increment.element[e];
    s.live[e] = {mean_power_mw(sum.active_uj, span_us), mean_power_mw(sum.reactive_uvars, span_us),
                 mean_power_mw(sum.apparent_uvas, span_us), share.u_mv, share.i_ua};
    sum = BookedShare{};
  }
  add_means(s, span_us / 1'000);
  s.window.span_ns = 0;
  s.window.shown =
      static_cast<std::uint8_t>(s.window.shown < first_refreshes ? s.window.shown + 1 : first_refreshes);
  s.i_neutral_ua = increment.i_neutral_ua;
  s.frequency_mhz = increment.frequency_mhz;
  s.reversed_sequence = increment.reversed_sequence;
  s.voltage.flags = (s.voltage.flags & ~current_events) | current_flags(s, config);
}

/// @units mVA over us gives uVA.s, in an order that a day's span does not overflow
std::int64_t effective_uvas(ElementIncrement const& increment) {
  EffectiveValues values{.i_neutral_ua = increment.i_neutral_ua};
  for (std::size_t e = 0; e < element_count; ++e) {
    values.u_mv[e] = increment.element[e].u_mv;
    values.i_ua[e] = increment.element[e].i_ua;
  }
  return effective_power_mva(values) * (increment.span.ns() / 1'000) / 1'000;
}

void measure_for_calibration(CalibrationWindow& window, ElementShare const& share, std::int64_t span_ns) {
  auto const span_us = span_ns / 1'000;
  window.active_uj += share.active_uj;
  window.reactive_uvars += share.reactive_uvars;
  window.span_ns += span_ns;
  window.u_mv_us += share.u_mv * span_us;
  window.i_ua_us += share.i_ua * span_us;
}

/// Brings an increment without a boundary inside into the registers.
void book(MeterState& s, MeterConfig const& config, ElementIncrement const& increment) {
  auto const span_ns = increment.span.ns();
  // Two crossings, one cycle, give a frequency; what the supply began with is no cycle and no power.
  bool const has_cycle = increment.frequency_mhz != 0;
  if (s.window.shown == 0 && has_cycle) {
    s.window = LiveWindow{};
  }
  NoLoadSpan const span{span_ns, config.no_load_threshold_mw};
  auto const booked_of = [&](std::size_t e) { return gate(s.gates[e], increment.element[e], span); };
  std::array const booked{booked_of(0), booked_of(1), booked_of(2)};
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const& share = increment.element[e];
    s.diagnostics.increments_net_uj += share.active_uj;
    auto& sum = s.window.sum[e];
    sum.active_uj += share.active_uj;
    sum.reactive_uvars += share.reactive_uvars;
    sum.apparent_uvas += share.apparent_uvas;
    if (!s.sealed) {
      measure_for_calibration(s.calibration_window[e], share, span_ns);
    }
  }
  auto shares = sum_by_direction(booked, config.phase_sum);
  if (config.apparent_sum != ApparentSum::arithmetic) {
    set_apparent(shares, booked, config.apparent_sum, effective_uvas(increment));
  }
  add_energy(s, config, shares);
  s.window.span_ns += span_ns;
  constexpr std::int64_t shortest_ns = 1'000;  // powers are energies per microsecond
  if (s.window.span_ns >= refresh_ns ||
      (s.window.shown < first_refreshes && has_cycle && s.window.span_ns >= shortest_ns)) {
    refresh_live(s, config, increment);
  }
}

}  // namespace

void Meter::push_button(PushLength length, SimTime now) {
  advance(now);
  auto& s = *state_;
  blondel::push_button(s.display, display_setup(s.display, *config_), length, s.powered, now);
}

bool Meter::is_powered() const {
  return state_->powered;
}

Result<void> Meter::handle_increment(ElementIncrement const& increment, SimTime now) {
  auto& s = *state_;
  if (!s.powered) {
    return fail(ErrorCode::meter_off);
  }
  auto const plausible = check(increment);
  if (!plausible) {
    return plausible;
  }
  // What the memory refuses keeps no energy out of the registers: the first refusal is told at the end.
  Result<void> outcome;
  auto const note = [&outcome](Result<void> const& done) {
    if (!done && outcome) [[unlikely]] {
      outcome = done;
    }
  };
  auto const take = [&](ElementIncrement const& part) {
    if (s.loggers.begun_pages != 0) [[unlikely]] {
      note(save(s, *nv_));  // as keep_begun_pages does, in line
    }
    book(s, *config_, part);
    note(watch_voltages(s, *config_, *nv_, part));
  };
  auto rest = increment;
  while (s.boundary_at <= now) {
    auto const front = s.boundary_at - (now - rest.span);
    if (front >= rest.span) {
      take(std::exchange(rest, {}));
    } else if (front.ns() > 0) {
      take(take_front(rest, front));
    }
    advance(std::max(s.now, s.boundary_at));
    s.booked_until = s.boundary_at;
    note(close_boundary(s, *config_, *nv_));
  }
  advance(now);
  if (rest.span.ns() > 0) {
    take(rest);
    s.booked_until = now;
  }
  if (event_causes(s) != s.events.noted) {
    note(note_events(s, *config_, *nv_));
  }
  if (s.shown_changed) {
    pass_shown_steps(s);
    s.shown_changed = false;
    // In a medium that ends with the process nobody could find the difference; a loss of supply writes
    // anyway.
    s.nv_dirty |= nv_->outlives_process();
  }
  if (s.nv_dirty) {
    note(save(s, *nv_));
  }
  return outcome;
}

Result<void> Meter::commit() {
  auto const& s = *state_;
  return s.powered && (s.nv_behind || s.nv_dirty) ? save(*state_, *nv_) : Result<void>{};
}

SimDuration Meter::until_shown_change(std::int64_t power_max_mw) const {
  return blondel::until_shown_change(*state_, power_max_mw);
}

void Meter::advance(SimTime now) {
  auto& s = *state_;
  BLONDEL_EXPECTS(now >= s.now);
  if (s.powered) {
    s.powered_ns += (now - s.now).ns();
  }
  s.now = now;
}

Result<void> Meter::handle_tamper(std::uint8_t tamper, SimTime now) {
  auto& s = *state_;
  if (s.serial_number == 0) {
    return {};  // the memory could not be read: nobody is there to see
  }
  advance(now);
  if (!s.powered && !s.backup.carries(now)) {
    return {};  // no clock to stamp it: seen when the supply is back
  }
  return see_tamper(s, *config_, *nv_, tamper);
}

Result<void> Meter::set_input(std::size_t index, bool level, SimTime now) {
  auto& s = *state_;
  bool const changes = s.io.level[index] != level;
  s.io.level[index] = level;
  if (!s.powered) {
    return {};
  }
  advance(now);
  if (changes) {
    handle_input(s, *config_, *nv_, index);
  }
  return event_causes(s) != s.events.noted ? note_events(s, *config_, *nv_) : Result<void>{};
}

void Meter::set_clock_rate(std::int32_t error_ppb, SimTime now) {
  auto& s = *state_;
  if (s.powered) {
    advance(now);
  }
  s.rtc.set_rate(error_ppb, now);
  if (s.powered) {
    plan_boundary(s, *config_);
  }
}

SimTime Meter::next_deadline() const {
  auto const& s = *state_;
  if (!s.powered) {
    return SimTime::never();
  }
  // A boundary that has passed waits for the energy of the cycle around it.
  return std::min({s.operation_mode_until, s.io.relay_due[0], s.io.relay_due[1],
                   s.boundary_at > s.now ? s.boundary_at : SimTime::never()});
}

void Meter::handle_deadline(SimTime now) {
  advance(now);
  auto& s = *state_;
  end_load_delays(s);
  if (s.operation_mode_until <= now) {
    s.operation_mode = OperationMode::normal;
    s.operation_mode_until = SimTime::never();
  }
}

std::uint64_t Meter::led_pulses() const {
  return state_->led.count;
}
std::uint64_t Meter::s0_pulses() const {
  return state_->s0.count;
}

}  // namespace blondel
