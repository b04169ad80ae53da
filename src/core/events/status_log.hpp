#pragma once
/// The logs of the meter's own state: status, covers and magnet; clock sets.

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// In the status log's records, above the status octet: which covers are open. The octet knows one of them.
/// @source inferred
enum StatusLogBit : std::uint16_t {
  status_log_terminal_cover = 1U << 8,
  status_log_meter_cover = 1U << 9,
};

/// The status bits that covers and magnet set while they last. Bit 6 is the meter cover of the English data
/// sheet and the terminal cover of the Russian one. @source device.md 2 ("tamper"), B7: the digit is 1 while
/// the cause lasts
[[nodiscard]] std::uint8_t tamper_status(std::uint8_t tamper, MeterConfig const& config);

/// Covers and magnet as they are now, with or without supply. Without it the change is logged and saved at
/// once: the backup supply does that. @param tamper TamperBit @errors nv_io
/// @source device.md B7; inferred: as long as the clock runs
Result<void> see_tamper(MeterState& s, MeterConfig const& config, NvStore& nv, std::uint8_t tamper);

/// Logs the status when it has changed, and notes what came and went in event status B. To be called after
/// everything that may change either. @errors nv_io @cost a few comparisons when nothing did
Result<void> note_events(MeterState& s, MeterConfig const& config, NvStore& nv);

/// All that note_events looks at, as one number.
[[nodiscard]] inline std::uint64_t event_causes(MeterState const& s) {
  return s.status | std::uint64_t{s.events.tamper} << 8 | std::uint64_t{s.voltage.flags} << 16;
}

/// The supply has returned: the reset and what lasts go into the status, and one record into the log. A log
/// that cannot be written does not keep the meter down: its status says so, and the next write fails.
void events_power_up(MeterState& s, MeterConfig const& config, NvStore& nv);

/// The clock was set by more than drift. @param before what it showed @errors nv_io
/// @source device.md B5, K5: bit 0 set by command
Result<void> log_clock_set(MeterState& s, MeterConfig const& config, NvStore& nv, ClockStamp const& before);

}  // namespace blondel
