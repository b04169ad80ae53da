#pragma once
/// The logs of a meter as data: what they are called, how much they hold, what a record is.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/base/civil_time.hpp>
#include <blondel/meter/reading.hpp>
#include <blondel/meter/register_id.hpp>

namespace blondel {

/// Every log, by its number on KMP. @source device.md K5 (9 inferred there); 15 is no public number: inferred
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
  configuration = 15,
};

inline constexpr std::array<LogId, 11> all_logs{
    LogId::status,     LogId::rtc,      LogId::voltage_quality,     LogId::load_profile, LogId::debiting,
    LogId::debiting_2, LogId::ct_ratio, LogId::load_profile_events, LogId::analysis,     LogId::neutral_fault,
    LogId::configuration};
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

/// What a column holds: a register as it read at that moment, or something that only logs know.
enum class LogField : std::uint8_t {
  reading,         ///< of LogColumn::register_id, at the resolution of its row
  logger_status,   ///< LoggerStatusBit
  data_quality,    ///< DataQualityBit
  energy_scaler,   ///< decimal exponent, in Wh, of the energies beside it
  event,           ///< what happened, by the log's own code
  phase,           ///< 1 to 3
  extreme,         ///< highest or lowest value of the event. @units mV
  duration,        ///< @units s
  previous_clock,  ///< the clock before it was set, see pack_stamp
  previous_ratio,  ///< CT ratio before the change
  changed,         ///< KMP number of the register that was changed
  old_value,       ///< of it, at its resolution
  new_value,       ///< likewise
};

/// @source device.md 5, "LoggerStatus bits"
enum LoggerStatusBit : std::uint16_t {
  logger_crc_bad = 1U << 3,
  logger_jump_not_filled = 1U << 6,
  logger_reconfigured = 1U << 7,
  logger_interval_changed = 1U << 8,
};

/// @source device.md 5, "DataQuality"
enum DataQualityBit : std::uint32_t {
  quality_set_7_s = 1U << 0,   ///< clock set by 7 to 15 s
  quality_set_15_s = 1U << 1,  ///< by 15 to 30 s
  quality_set_30_s = 1U << 2,  ///< by 30 to 60 s
  quality_set_60_s = 1U << 3,  ///< by more
  quality_forward = 1U << 4,
  quality_backward = 1U << 5,
  quality_parameter_error = 1U << 6,
  quality_over_voltage = 1U << 7,
  quality_under_voltage = 1U << 8,
  quality_neutral_fault = 1U << 9,
  quality_power_outage = 1U << 10,
};

struct LogColumn {
  LogField field{LogField::reading};
  RegisterId register_id{};
  friend constexpr bool operator==(LogColumn const&, LogColumn const&) = default;
};

/// The columns of a log. The first is the clock's stamp, RegisterId::rtc.
struct LogColumns {
  std::array<LogColumn, log_columns_max> column{};
  std::uint8_t count{};
  [[nodiscard]] constexpr std::span<LogColumn const> in_use() const { return std::span{column}.first(count); }
};

/// What a log holds now. Ids count from 1 and are never counted anew.
struct LogInfo {
  std::uint32_t newest_id{};  ///< 0 = there never was a record
  std::uint32_t oldest_id{};  ///< newest_id + 1 when there is none
  std::uint32_t record_count{};
  std::uint32_t depth{};
  LogColumns columns;
};

/// One record. Numbers at the resolution of their rows, stamps as pack_stamp gives them.
struct LogRecord {
  std::uint32_t id{};
  bool is_lost{};  ///< its page of the memory is damaged: no values
  std::array<std::int64_t, log_columns_max> values{};
};

/// A stamp as one number, by which stamps compare: seconds of normal time since 2000-01-01 times 8, and the
/// flags of device.md K2: 1 summer time, 2 valid, 4 restored.
[[nodiscard]] std::int64_t pack_stamp(RtcStamp const& stamp);
[[nodiscard]] RtcStamp unpack_stamp(std::int64_t packed);
/// @units s since 2000-01-01, normal time
[[nodiscard]] constexpr CivilSeconds normal_seconds_of(std::int64_t packed_stamp) {
  return packed_stamp >> 3;
}

}  // namespace blondel
