#pragma once
/// What a meter knows about its logs; the records themselves are in permanent memory.

#include <array>
#include <cstdint>

#include <blondel/meter/log.hpp>

#include "core/loggers/record_ring.hpp"

namespace blondel {

/// A log of intervals: load profile or analysis logger.
struct ProfileState {
  CivilSeconds last_end{};    ///< of the newest record's interval, normal time
  CivilSeconds latest_end{};  ///< the greatest that any record has
  std::uint32_t quality{};    ///< DataQualityBit, gathered for the interval under way
  std::uint16_t status{};     ///< LoggerStatusBit, likewise
  std::uint8_t minutes{};     ///< interval of the records; 0 before the first
  std::uint8_t base{};        ///< digit QQ of the records
};

struct LoggerState {
  std::array<RingHead, log_count> heads{};  ///< in the order of all_logs
  ProfileState load_profile;
  ProfileState analysis;
  std::uint8_t analysis_minutes{15};  ///< @source device.md B4
  /// KMP numbers of the registers of the analysis logger; all zero = the default set.
  std::array<std::uint16_t, 16> analysis_registers{};
  bool fill_gaps{true};        ///< register 6068, EnableWelmecLogFill
  CivilSeconds off_since{};    ///< normal time at which the supply failed; 0 = not told
  std::int64_t debited_day{};  ///< last local day looked at for debiting, days since 2000-01-01
  /// Logs in which a page was begun since the heads were saved, a bit each; not permanent.
  std::uint16_t begun_pages{};
};

[[nodiscard]] inline RingHead& head_of(LoggerState& loggers, LogId log) {
  return loggers.heads[log_index(log)];
}
[[nodiscard]] inline RingHead const& head_of(LoggerState const& loggers, LogId log) {
  return loggers.heads[log_index(log)];
}

template<class Visitor, class Profile>
void visit_profile(Visitor& field, Profile& profile) {
  field(profile.last_end);
  field(profile.latest_end);
  field(profile.quality);
  field(profile.status);
  field(profile.minutes);
  field(profile.base);
}

/// All of it outlives the supply. For the list of permanent fields (core/meter/meter_fields.hpp).
template<class Visitor, class State>
void visit_loggers(Visitor& field, State& loggers) {
  for (auto& head : loggers.heads) {
    visit_ring(field, head);
  }
  visit_profile(field, loggers.load_profile);
  visit_profile(field, loggers.analysis);
  field(loggers.analysis_minutes);
  for (auto& number : loggers.analysis_registers) {
    field(number);
  }
  field(loggers.fill_gaps);
  field(loggers.off_since);
  field(loggers.debited_day);
}

}  // namespace blondel
