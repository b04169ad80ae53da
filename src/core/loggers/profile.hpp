#pragma once
/// Load profile and analysis logger: a record at each end of an interval, and none left out.

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Codes of the load-profile event log. @source device.md 6.5
enum class ProfileEvent : std::uint8_t { registers_changed = 2, interval_changed = 5 };

/// Interval of the load profile (digit E) or of the analysis logger. @units s
[[nodiscard]] std::int64_t interval_s(MeterState const& s, LogId log);

/// KMP numbers, in use first; all zero = the default set.
using AnalysisRegisters = std::array<std::uint16_t, 16>;

/// The load profile begins anew with what the configuration says now, and tells why in its event log.
/// @errors nv_io
Result<void> restart_load_profile(MeterState& s, MeterConfig const& config, NvStore& nv, ProfileEvent event);
/// The analysis logger begins anew with these registers. @param minutes 5, 15, 30 or 60
/// @errors out_of_range for another interval; unknown_register (detail = its KMP number) for one that the
/// meter does not have or that is no number
Result<void> restart_analysis(MeterState& s, MeterConfig const& config, AnalysisRegisters const& registers,
                              std::int64_t minutes);

/// Records the interval that ends now. Intervals that passed unseen, without supply or because the clock was
/// set forward, are filled with the values of the record before; not so when the log was empty or the clock
/// lost, or when there are more than 3024: then the record says so.
/// @param log load_profile or analysis @param end of the interval, normal time @errors nv_io
/// @source device.md B4
Result<void> capture_profile(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                             CivilSeconds end);

/// The quality of the interval under way, in both logs. @param bits DataQualityBit
void mark_quality(LoggerState& loggers, std::uint32_t bits);
/// The clock was set. @param moved_s positive forward; below 7 s nothing is marked
/// @source device.md 5, "DataQuality"
void mark_clock_set(LoggerState& loggers, std::int64_t moved_s);
/// The supply fails, and returns. @source device.md B6: an outage is one of more than 180 s
void mark_power_down(MeterState& s);
void mark_power_up(MeterState& s);

}  // namespace blondel
