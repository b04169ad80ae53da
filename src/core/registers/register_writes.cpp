#include "core/registers/register_writes.hpp"

#include <algorithm>

#include <blondel/base/bytes.hpp>

#include "core/events/voltage.hpp"
#include "core/io/module_io.hpp"
#include "core/loggers/profile.hpp"
#include "core/meter/boundary.hpp"
#include "core/tariff/tariff_control.hpp"

namespace blondel {
namespace {

/// @source device.md B8: numbers have eight digits
constexpr std::int64_t eight_digits = 99'999'999;
/// What a field of millivolts takes; the limits' own range is narrower.
constexpr std::int64_t volts_max_mv = 480'000;

Result<void> check_range(std::int64_t value, std::int64_t least, std::int64_t greatest) {
  return value < least || value > greatest ? Result<void>{fail(ErrorCode::out_of_range, value)}
                                           : Result<void>{};
}

/// Stores a value in its field when it is in its range.
template<class Field>
Result<void> put(MeterEdit& edit, Field& field, std::int64_t value, std::int64_t least,
                 std::int64_t greatest) {
  return check_range(value, least, greatest).map([&] {
    field = static_cast<Field>(value);
    edit.state.nv_dirty = true;
  });
}

/// Another code in a field of the configuration numbers.
Result<void> put_code(MeterEdit& edit, std::string_view letters, std::int64_t code) {
  auto const changed = with_code(edit.state.configuration, letters, code);
  if (!changed) {
    return fail(ErrorCode::out_of_range, code);
  }
  edit.state.configuration = *changed;
  edit.state.nv_dirty = true;
  return {};
}

/// What follows the clock and the configuration is looked at again.
void follow_configuration(MeterEdit& edit) {
  auto& s = edit.state;
  control_tariff(s, edit.config, s.rtc.normal_seconds(s.now));
  plan_boundary(s, edit.config);
}

/// Loads look at their set-up again.
Result<void> follow_loads(MeterEdit& edit, Result<void> const& done) {
  if (done) {
    control_loads(edit.state, edit.state.rtc.normal_seconds(edit.state.now));
  }
  return done;
}

LoadSetup& load_of(MeterEdit& edit, int load) {
  return edit.state.io.setup.load[static_cast<std::size_t>(load)];
}

}  // namespace

Result<void> write_meter_number(MeterEdit& edit, int index, std::int64_t number) {
  return put(edit, edit.state.meter_numbers[static_cast<std::size_t>(index)], number, 0, eight_digits);
}

Result<void> write_special_data(MeterEdit& edit, int index, std::int64_t number) {
  auto& data = edit.state.settings.special_data[static_cast<std::size_t>(index)];
  return put(edit, data, number, 0, eight_digits);
}

Result<void> write_pulse_input(MeterEdit& edit, std::int64_t count) {
  auto& io = edit.state.io;
  return check_range(count, 0, eight_digits).map([&] {
    io.pulse_milli = count * 1'000;
    io.shown_milli = io.pulse_milli;
    edit.state.nv_dirty = true;
  });
}

Result<void> set_operation_mode(MeterState& s, OperationMode mode) {
  if (mode < OperationMode::normal || mode > OperationMode::r_minus) {
    return fail(ErrorCode::out_of_range, static_cast<std::int64_t>(mode));
  }
  constexpr std::int64_t longest_s = 16 * 3'600;
  s.operation_mode = mode;
  s.operation_mode_until =
      mode == OperationMode::normal ? SimTime::never() : s.now + SimDuration::seconds(longest_s);
  return {};
}

Result<void> write_operation_mode(MeterEdit& edit, std::int64_t mode) {
  return check_range(mode, 1, 5).and_then(
      [&] { return set_operation_mode(edit.state, static_cast<OperationMode>(mode)); });
}

Result<void> write_power_threshold(MeterEdit& edit, std::int64_t mw) {
  constexpr std::int64_t megawatts_100 = 99'999'999'000;
  return put(edit, edit.state.demand.threshold_mw, mw, 0, megawatts_100);
}

Result<void> write_integration_period(MeterEdit& edit, std::int64_t minutes) {
  auto& s = edit.state;
  for (std::uint8_t e = 1; e <= 4; ++e) {
    if (integration_minutes(e) != minutes) {
      continue;
    }
    if (e == s.configuration.e) {
      return {};
    }
    interrupt_period(s);
    if (auto done = put_code(edit, "E", e); !done) {
      return done;
    }
    plan_boundary(s, edit.config);
    return restart_load_profile(s, edit.config, edit.nv, ProfileEvent::interval_changed);
  }
  return fail(ErrorCode::out_of_range, minutes);
}

Result<void> write_profile_setup(MeterEdit& edit, std::int64_t code) {
  auto& s = edit.state;
  if (code == s.configuration.qq) {
    return {};
  }
  return put_code(edit, "QQ", code).and_then([&] {
    return restart_load_profile(s, edit.config, edit.nv, ProfileEvent::registers_changed);
  });
}

Result<void> write_debiting_2_interval(MeterEdit& edit, std::int64_t interval) {
  return check_range(interval, 0, 2).and_then([&] { return put_code(edit, "U", interval + 1); });
}

Result<void> write_summer_time(MeterEdit& edit, std::int64_t code) {
  return put_code(edit, "PPP", code).map([&] { follow_configuration(edit); });
}

Result<void> write_tariff_mode(MeterEdit& edit, std::int64_t code) {
  bool const has_table = code > tariffs_by_register && code == edit.config.tariff_table.code;
  if (!has_table && (code < 0 || code > tariffs_by_register)) {
    return fail(ErrorCode::out_of_range, code);
  }
  return put_code(edit, "OOO", code).map([&] { follow_configuration(edit); });
}

Result<void> write_password(MeterEdit& edit, std::int64_t password) {
  return put(edit, edit.state.settings.password, password, 0, 0xFFFF);
}

Result<void> write_analysis_interval(MeterEdit& edit, std::int64_t minutes) {
  auto& s = edit.state;
  return restart_analysis(s, edit.config, s.loggers.analysis_registers, minutes);
}

Result<void> write_analysis_setup(MeterEdit& edit, Reading const& value) {
  auto const octets = value.octets();
  AnalysisRegisters numbers{};
  if (octets.size() % 2 != 0 || octets.size() > 2 * numbers.size()) {
    return fail(ErrorCode::bad_length, static_cast<std::int64_t>(octets.size()));
  }
  ByteReader reader{octets};
  for (std::size_t n = 0; n < octets.size() / 2; ++n) {
    numbers[n] = reader.u16();
  }
  return restart_analysis(edit.state, edit.config, numbers, edit.state.loggers.analysis_minutes);
}

Result<void> write_fill_gaps(MeterEdit& edit, std::int64_t fills) {
  return put(edit, edit.state.loggers.fill_gaps, fills, 0, 1);
}

Result<void> write_voltage_low(MeterEdit& edit, std::int64_t mv) {
  auto limits = edit.state.voltage.limits;
  return check_range(mv, 0, volts_max_mv).and_then([&] {
    limits.low_mv = static_cast<std::int32_t>(mv);
    return set_voltage_limits(edit.state, limits);
  });
}

Result<void> write_voltage_high(MeterEdit& edit, std::int64_t mv) {
  auto limits = edit.state.voltage.limits;
  return check_range(mv, 0, volts_max_mv).and_then([&] {
    limits.high_mv = static_cast<std::int32_t>(mv);
    return set_voltage_limits(edit.state, limits);
  });
}

Result<void> write_voltage_duration(MeterEdit& edit, std::int64_t seconds) {
  auto limits = edit.state.voltage.limits;
  return check_range(seconds, 0, 0xFFFF).and_then([&] {
    limits.duration_s = static_cast<std::uint16_t>(seconds);
    return set_voltage_limits(edit.state, limits);
  });
}

Result<void> write_active_tariff(MeterEdit& edit, std::int64_t tariff) {
  return check_range(tariff, 1, 4).and_then(
      [&] { return force_tariff(edit.state, static_cast<std::uint8_t>(tariff)); });
}

Result<void> write_event_mask(MeterEdit& edit, std::uint32_t EventState::*word, std::int64_t bits) {
  return put(edit, edit.state.events.*word, bits, 0, 0xFFFF'FFFF);
}

Result<void> write_load_active(MeterEdit& edit, int load, std::int64_t on) {
  auto const index = static_cast<std::size_t>(load);
  auto& io = edit.state.io;
  return put(edit, io.relay[index], on, 0, 1).map([&] { io.relay_due[index] = SimTime::never(); });
}

Result<void> write_load_mode(MeterEdit& edit, int load, std::int64_t mode) {
  return follow_loads(edit, put(edit, load_of(edit, load).mode, mode, 0, 2));
}

Result<void> write_load_tariffs(MeterEdit& edit, int load, std::int64_t bits) {
  return follow_loads(edit, put(edit, load_of(edit, load).tariffs, bits, 0, 0xF));
}

Result<void> write_load_delay(MeterEdit& edit, std::int64_t seconds) {
  return put(edit, edit.state.io.setup.delay_s, seconds, 0, 0xFFFE);
}

Result<void> write_working_days(MeterEdit& edit, std::int64_t bits) {
  return follow_loads(edit, put(edit, edit.state.io.setup.working_days, bits, 0, 0x7F));
}

Result<void> write_setting(MeterEdit& edit, std::uint16_t SettingsState::*setting, std::int64_t value,
                           std::int64_t least, std::int64_t greatest) {
  return put(edit, edit.state.settings.*setting, value, least, greatest).map([&] {
    look_at_voltages(edit.state.voltage);
  });
}

Result<void> write_bus_address(MeterEdit& edit, int index, std::int64_t address) {
  auto& place = edit.state.settings.bus_address[static_cast<std::size_t>(index)];
  return put(edit, place, address, 0, 0xFF);
}

}  // namespace blondel
