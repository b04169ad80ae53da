#pragma once
/// What writing does to a meter, register by register. Called by the catalogue's rows; every function checks
/// first and then acts, so that a refused value changes nothing.

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/access.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// The meter that is written to.
struct MeterEdit {
  MeterState& state;
  MeterConfig const& config;
  NvStore& nv;
};

Result<void> write_meter_number(MeterEdit& edit, int index, std::int64_t number);
Result<void> write_special_data(MeterEdit& edit, int index, std::int64_t number);
Result<void> write_pulse_input(MeterEdit& edit, std::int64_t count);
Result<void> write_operation_mode(MeterEdit& edit, std::int64_t mode);
/// @param mw primary, up to what the display's digits hold
Result<void> write_power_threshold(MeterEdit& edit, std::int64_t mw);
/// The period under way ends here and gives no peak; the load profile begins anew, with event 5 in its log.
/// @source device.md B4
Result<void> write_integration_period(MeterEdit& edit, std::int64_t minutes);
/// Digits QQ. The load profile begins anew, with event 2 in its log. @source device.md B4
Result<void> write_profile_setup(MeterEdit& edit, std::int64_t code);
/// @param interval 0 daily, 1 Mondays, 2 first of the month: digit U less one. @source device.md 3, 6.3
Result<void> write_debiting_2_interval(MeterEdit& edit, std::int64_t interval);
Result<void> write_summer_time(MeterEdit& edit, std::int64_t code);
/// Digits OOO. @param code 0 to 2, or that of the table the meter was ordered with
Result<void> write_tariff_mode(MeterEdit& edit, std::int64_t code);
Result<void> write_password(MeterEdit& edit, std::int64_t password);
/// Same registers at another interval. The logger begins anew.
Result<void> write_analysis_interval(MeterEdit& edit, std::int64_t minutes);
/// @param value KMP numbers of at most 16 registers, two octets each, zeroes behind them; none = the default
/// set
Result<void> write_analysis_setup(MeterEdit& edit, Reading const& value);
Result<void> write_fill_gaps(MeterEdit& edit, std::int64_t fills);
Result<void> write_voltage_low(MeterEdit& edit, std::int64_t mv);
Result<void> write_voltage_high(MeterEdit& edit, std::int64_t mv);
Result<void> write_voltage_duration(MeterEdit& edit, std::int64_t seconds);
Result<void> write_active_tariff(MeterEdit& edit, std::int64_t tariff);
/// @param word one of the event masks
Result<void> write_event_mask(MeterEdit& edit, std::uint32_t EventState::*word, std::int64_t bits);
/// Switches a relay; what controls it may switch it again at the next boundary. @source device.md 6.3 (RW);
/// how long it holds is inferred
Result<void> write_load_active(MeterEdit& edit, int load, std::int64_t on);
Result<void> write_load_mode(MeterEdit& edit, int load, std::int64_t mode);
Result<void> write_load_tariffs(MeterEdit& edit, int load, std::int64_t bits);
Result<void> write_load_delay(MeterEdit& edit, std::int64_t seconds);
Result<void> write_working_days(MeterEdit& edit, std::int64_t bits);
/// One of the thresholds in SettingsState. @param least, greatest allowed
Result<void> write_setting(MeterEdit& edit, std::uint16_t SettingsState::*setting, std::int64_t value,
                           std::int64_t least, std::int64_t greatest);
Result<void> write_bus_address(MeterEdit& edit, int index, std::int64_t address);

/// What the LED follows from now on. @errors out_of_range
Result<void> set_operation_mode(MeterState& s, OperationMode mode);

}  // namespace blondel
