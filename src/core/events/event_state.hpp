#pragma once
/// What a meter knows about events besides the logs themselves.

#include <array>
#include <cstdint>

#include <blondel/meter/log.hpp>

#include "core/clock/stamp.hpp"

namespace blondel {

/// All but what comes and goes with the load: no current (16-18), reverse current (24-26). @source inferred
inline constexpr std::uint32_t event_b_told = 0xF8F8'FFFF;

struct EventState {
  std::uint8_t tamper{};                       ///< TamperBit, as last seen
  std::uint16_t logged_status{};               ///< event of the status log's newest record
  std::uint32_t latched{};                     ///< bits of event status A that nothing else tells
  std::uint32_t status_b{};                    ///< event status B when it was looked at last
  std::uint32_t mask_a{~0U};                   ///< which bits of event status A show. @source inferred: all
  std::uint32_t mask_b_rising{event_b_told};   ///< which bits of event status B tell that they came
  std::uint32_t mask_b_falling{event_b_told};  ///< and that they went
  ClockStamp clock_before;                     ///< what the clock showed before it was set last
  std::array<std::uint32_t, log_count>
      read_marker{};                                ///< records up to this one are read. In all_logs' order
  std::array<std::uint32_t, log_count> read_out{};  ///< newest record given to a client; not permanent
  std::uint64_t noted{~std::uint64_t{0}};           ///< what note_events saw last; not permanent
};

/// What of it outlives the supply. For the list of permanent fields (core/meter/meter_fields.hpp).
template<class Visitor, class State>
void visit_events(Visitor& field, State& events) {
  field(events.tamper);
  field(events.logged_status);
  field(events.latched);
  field(events.status_b);
  field(events.mask_a);
  field(events.mask_b_rising);
  field(events.mask_b_falling);
  visit_stamp(field, events.clock_before);
  for (auto& marker : events.read_marker) {
    field(marker);
  }
}

/// What is forgotten with it. For the list of volatile fields.
template<class Visitor, class State>
void visit_read_out(Visitor& field, State& events) {
  for (auto& id : events.read_out) {
    field(id);
  }
  field(events.noted);
}

}  // namespace blondel
