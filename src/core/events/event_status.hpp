#pragma once
/// The event status words A and B, and how they are cleared.

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Bits of event status A besides the meter status (0-7) and the logs (16-31). @source device.md K5
enum EventA : std::uint32_t {
  event_clock_adjusted = 1U << 10,
  event_b_changed = 1U << 11,
  event_flash_error = 1U << 13,
};

/// Bits of event status B that this meter sets; of a phase the bit of L1. @source device.md K5; that over-
/// and undervoltage alternate phase by phase is inferred
enum EventB : std::uint32_t {
  event_neutral = 1U << 3,
  event_rom = 1U << 4,
  event_missing_l1 = 1U << 6,  ///< L2, L3: the bits above
  event_over_l1 = 1U << 9,     ///< L2, L3: two and four above
  event_under_l1 = 1U << 10,   ///< likewise
  event_alarm_input = 1U << 15,
  event_no_current_l1 = 1U << 16,  ///< L2, L3: the bits above
  event_phase_sequence = 1U << 19,
  event_magnet = 1U << 21,
  event_cover = 1U << 22,
  event_reverse_current_l1 = 1U << 24,  ///< L2, L3: the bits above
};

/// @return the bit of a log with records beyond its read marker
[[nodiscard]] std::uint32_t event_bit(LogId log);

/// The word as it shows: what the mask lets through.
[[nodiscard]] std::uint32_t event_status_a(MeterState const& s);
/// What is the case now.
[[nodiscard]] std::uint32_t event_status_b(MeterState const& s);

/// Whether the error symbol stands on the display.
/// @source data sheets: internal errors and magnet, in the English one the meter cover too
[[nodiscard]] bool shows_error(MeterState const& s, DataSheet sheet);

/// ClrEventStatus, masks laid out as event status A. An unconditional bit clears its flag and takes its log's
/// records for read; a conditional one takes for read what was read out, so that the flag goes when that
/// includes the newest record. Bits without a log of their own hang on the status log. A cause that lasts
/// sets its bit again. @errors nv_io
/// @source device.md K5
Result<void> clear_events(MeterState& s, MeterConfig const& config, NvStore& nv, std::uint32_t conditional,
                          std::uint32_t unconditional);

/// A client was given this record. The read marker itself moves on ClrEventStatus only. @source device.md K5
void note_read_out(EventState& events, LogId log, std::uint32_t id);

}  // namespace blondel
