#pragma once
/// The logs of a meter as data: what they are called, how much they hold, what a record is.

#include <array>
#include <cstddef>
#include <cstdint>

namespace blondel {

/// Every log, by its number on KMP. @source device.md K5 (9 inferred there)
enum class LogId : std::uint8_t {
  status = 2,
  rtc = 3,
  voltage_quality = 4,
  load_profile = 6,
  debiting = 7,
  debiting_2 = 8,
  ct_ratio = 9,
  load_profile_events = 10,
  analysis = 11,
  neutral_fault = 12,
};

inline constexpr std::array<LogId, 10> all_logs{
    LogId::status,   LogId::rtc,          LogId::voltage_quality, LogId::load_profile,
    LogId::debiting, LogId::debiting_2,   LogId::ct_ratio,        LogId::load_profile_events,
    LogId::analysis, LogId::neutral_fault};
inline constexpr std::size_t log_count = all_logs.size();
/// The place of a log in all_logs.
[[nodiscard]] constexpr std::size_t log_index(LogId log) {
  std::size_t index = 0;
  while (all_logs[index] != log) {
    ++index;
  }
  return index;
}

/// A record is so many numbers at most, its time stamp among them.
inline constexpr std::size_t log_columns_max = 48;

}  // namespace blondel
