#pragma once
/// Watches the voltages: failures, under- and overvoltages, extremes, a lost neutral; and logs them.
///
/// A failure is a phase below 160 V for a second or more, told cycle by cycle. An under- or overvoltage is a
/// window (10 minutes, one after another since power-up) whose mean lies beyond a limit; a window in which
/// the phase failed decides nothing. Each leaves two records: one when it begins, and one when it is over,
/// with the extreme voltage and the duration. Both carry the moments themselves, not those of their
/// discovery.
/// @source device.md B6, K5; how the maker's figures fit together is inferred

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Octet of a voltage quality record; bits 0-2 are the phases. @source device.md K5, "VQ byte"
enum VoltageEventBit : std::uint8_t {
  voltage_above_cut_off = 1U << 3,  ///< a failure is over
  voltage_below_cut_off = 1U << 4,  ///< a failure began
  voltage_within = 1U << 5,         ///< an under- or overvoltage is over
  voltage_under = 1U << 6,
  voltage_over = 1U << 7,
};

/// Two elements measure no voltage and no current of their own in L2.
[[nodiscard]] inline bool is_measured(std::size_t e, MeterConfig const& config) {
  return e != 1 || config.type.phases != Phases::aron_50hz;
}

/// A part of an increment that begins at s.booked_until. @errors nv_io
/// @cost some ns where no voltage is news
Result<void> watch_voltages(MeterState& s, MeterConfig const& config, NvStore& nv,
                            ElementIncrement const& increment);

/// The supply fails: what is below the threshold now has failed. @errors nv_io
Result<void> voltages_power_down(MeterState& s, MeterConfig const& config, NvStore& nv);

/// The clock was set: what is under way keeps its length. @param moved_s positive forward
void move_voltage_events(VoltageState& voltage, std::int64_t moved_s);

/// Thresholds have changed: the next increment is looked at, news or not.
void look_at_voltages(VoltageState& voltage);

/// Limits in force from now on, with a new window.
/// @errors out_of_range: low from 161 V to below high, high up to 480 V, 10 s to 30 minutes
/// @source device.md B6 (the duration's range); the limits' is inferred
Result<void> set_voltage_limits(MeterState& s, VoltageLimits const& limits);

}  // namespace blondel
