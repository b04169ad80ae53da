#include "core/io/module_io.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>
#include <blondel/base/rng.hpp>

#include "core/events/event_status.hpp"
#include "core/io/io_roles.hpp"
#include "core/loggers/debiting.hpp"
#include "core/tariff/tariff_control.hpp"

namespace blondel {
namespace {

/// @source device.md M1: up to 25 Hz; inferred: half of its period for the pulse and for the pause
constexpr auto shortest_pulse = SimDuration::milliseconds(20);
/// @source device.md M1: the counter is refreshed every 10 s
constexpr std::int64_t refresh_interval_ns = 10 * ns_per_s;

/// Digits whose second half the sheets tell differently: the load's control, or an error.
/// @source data sheets, table DD
constexpr std::uint8_t load_or_error = 17;

IoTerminal terminal(MeterState const& s, std::size_t index) {
  return io_terminals(s.configuration.dd)[index];
}

bool is_asserted(MeterState const& s, std::size_t index) {
  return s.io.level[index] != terminal(s, index).is_inverted;
}

void count_pulse(MeterState& s, MeterConfig const& config) {
  auto const interval = s.now.ns() / refresh_interval_ns;
  if (interval != s.io.shown_until) {
    s.io.shown_milli = s.io.pulse_milli;
    s.io.shown_until = interval;
  }
  s.io.pulse_milli += config.pulse_weight_milli;
  s.nv_behind = true;
}

/// @return true when a pulse has ended that was long enough and came after a pause long enough
bool ends_pulse(MeterState& s, std::size_t index) {
  auto& io = s.io;
  bool const is_long = s.now - io.level_since[index] >= shortest_pulse;
  io.level_since[index] = s.now;
  if (is_asserted(s, index)) {
    io.has_begun[index] = is_long;
    return false;
  }
  return is_long && io.has_begun[index];
}

void follow_alarm(MeterState& s) {
  auto const others = static_cast<std::uint8_t>(s.status & ~status_alarm_input);
  s.status = static_cast<std::uint8_t>(others | alarm_status(s));
}

/// Nobody waits for an answer at a terminal: what the memory refuses is shown by the status.
void stop_debiting_now(MeterState& s, MeterConfig const& config, NvStore& nv) {
  if (!debit(s, config, nv)) {
    note_memory_fault(s);
  }
}

bool has_relay(MeterState const& s, std::size_t load) {
  auto const terminals = io_terminals(s.configuration.dd);
  return std::any_of(terminals.begin(), terminals.end(), [load](IoTerminal const& t) {
    return load == 0 ? t.role == IoRole::load_1 || t.role == IoRole::load_toggle : t.role == IoRole::load_2;
  });
}

bool is_tariff_of(LoadSetup const& load, std::uint8_t tariff) {
  return tariff != 0 && (load.tariffs >> (tariff - 1U) & 1U) != 0;
}

bool wants_load(MeterState const& s, std::size_t load, CivilSeconds normal) {
  auto const& setup = s.io.setup.load[load];
  if (setup.mode != LoadMode::by_tariff) {
    return setup.mode == LoadMode::on;
  }
  auto const day = weekday(to_seconds(local_time(normal, s.configuration))) - 1U;
  return is_tariff_of(setup, s.tariffs.active) && (s.io.setup.working_days >> day & 1U) != 0;
}

}  // namespace

/// @source data sheet, digit I: 2 and 4 have the alarm on
std::uint8_t alarm_status(MeterState const& s) {
  for (std::size_t n = 0; n < s.io.level.size(); ++n) {
    bool const shows = s.configuration.i == 2 || s.configuration.i == 4;
    if (shows && terminal(s, n).role == IoRole::alarm && is_asserted(s, n)) {
      return status_alarm_input;
    }
  }
  return 0;
}

void start_io(MeterState& s) {
  s.io.shown_milli = s.io.pulse_milli;
  s.io.level_since.fill(s.now - shortest_pulse);
  follow_alarm(s);
}

void handle_input(MeterState& s, MeterConfig const& config, NvStore& nv, std::size_t index) {
  switch (terminal(s, index).role) {
    case IoRole::tariff_low:
    case IoRole::tariff_high:
      control_tariff(s, config, s.rtc.normal_seconds(s.now));
      break;
    case IoRole::pulse:
      if (ends_pulse(s, index)) {
        count_pulse(s, config);
      }
      break;
    case IoRole::debiting_stop:
      if (ends_pulse(s, index)) {
        stop_debiting_now(s, config, nv);
      }
      break;
    case IoRole::alarm:
      follow_alarm(s);
      break;
    case IoRole::none:
    case IoRole::load_status:
    case IoRole::load_1:
    case IoRole::load_2:
    case IoRole::load_toggle:
    case IoRole::load_sync:
    case IoRole::code_low:
    case IoRole::code_high:
      break;
  }
}

std::uint8_t tariff_by_inputs(MeterState const& s) {
  bool has_inputs = false;
  std::uint8_t tariff = 1;
  for (std::size_t n = 0; n < s.io.level.size(); ++n) {
    auto const role = terminal(s, n).role;
    if (role == IoRole::tariff_low || role == IoRole::tariff_high) {
      has_inputs = true;
      auto const step = role == IoRole::tariff_low ? 1 : 2;
      tariff = static_cast<std::uint8_t>(tariff + (is_asserted(s, n) ? step : 0));
    }
  }
  return has_inputs ? tariff : std::uint8_t{0};
}

std::int64_t shown_pulses_milli(MeterState const& s) {
  return s.now.ns() / refresh_interval_ns == s.io.shown_until ? s.io.shown_milli : s.io.pulse_milli;
}

void control_loads(MeterState& s, CivilSeconds normal) {
  auto& io = s.io;
  for (std::size_t n = 0; n < io.relay.size(); ++n) {
    if (!has_relay(s, n) || !wants_load(s, n, normal)) {
      io.relay[n] = false;
      io.relay_due[n] = SimTime::never();
    } else if (!io.relay[n] && io.relay_due[n] == SimTime::never()) {
      RandomStream const delays{s.serial_number, n, "load_control"};
      auto const delay_s = delays.at(io.switch_ons[n]++) % (io.setup.delay_s + 1U);
      io.relay_due[n] = s.now + SimDuration::seconds(static_cast<std::int64_t>(delay_s));
    }
  }
  end_load_delays(s);
}

void end_load_delays(MeterState& s) {
  for (std::size_t n = 0; n < s.io.relay.size(); ++n) {
    if (s.io.relay_due[n] <= s.now) {
      s.io.relay[n] = true;
      s.io.relay_due[n] = SimTime::never();
    }
  }
}

bool output_level(MeterState const& s, DataSheet sheet, std::size_t index) {
  auto const output = terminal(s, index);
  if (sheet == DataSheet::russian && s.configuration.dd == load_or_error && output.role == IoRole::load_1) {
    return s.powered && shows_error(s, sheet);
  }
  auto const code = s.tariffs.active == 0 ? 0U : s.tariffs.active - 1U;
  bool is_on = false;
  switch (output.role) {
    case IoRole::load_1:
    case IoRole::load_toggle:
      is_on = s.io.relay[0];
      break;
    case IoRole::load_2:
      is_on = s.io.relay[1];
      break;
    case IoRole::load_sync:
      is_on = is_tariff_of(s.io.setup.load[0], s.tariffs.active);
      break;
    case IoRole::code_low:
      is_on = (code & 1U) != 0;
      break;
    case IoRole::code_high:
      is_on = (code & 2U) != 0;
      break;
    case IoRole::none:
    case IoRole::tariff_low:
    case IoRole::tariff_high:
    case IoRole::pulse:
    case IoRole::alarm:
    case IoRole::debiting_stop:
    case IoRole::load_status:
      return false;
  }
  return s.powered && is_on != output.is_inverted;
}

}  // namespace blondel
