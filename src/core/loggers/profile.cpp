#include "core/loggers/profile.hpp"

#include <algorithm>
#include <array>

#include "core/clock/stamp.hpp"
#include "core/loggers/log_columns.hpp"
#include "core/loggers/log_writer.hpp"
#include "core/meter/boundary.hpp"

namespace blondel {
namespace {

/// More missing records are not filled. @source device.md B4
constexpr std::int64_t fill_max = 3'024;

using Record = std::array<std::int64_t, log_columns_max>;

ProfileState& profile_of(LoggerState& loggers, LogId log) {
  return log == LogId::load_profile ? loggers.load_profile : loggers.analysis;
}

std::int64_t stamp_at(CivilSeconds normal, MeterState const& s) {
  return pack_stamp(civil_stamp(stamp_of(normal, s.rtc, s.configuration)));
}

/// The decimal exponent of the energies, in Wh. @source device.md 0.11: 1 = 10 Wh
std::int64_t energy_scaler(MeterState const& s, LogId log) {
  bool const is_secondary = log == LogId::load_profile && s.configuration.qq == 2;
  auto const& row = definition(is_secondary ? RegisterId::active_energy_import_secondary
                                            : RegisterId::active_energy_import);
  return row.prefix + scale(Reading::number(row.unit, 0), row, s.configuration.a).exponent;
}

/// Forgets the records; what has gathered of the interval under way stays.
void begin_anew(MeterState& s, LogId log, ProfileState const& profile) {
  auto& kept = profile_of(s.loggers, log);
  auto const quality = kept.quality;
  kept = profile;
  kept.quality = quality;
  clear_log(s, log);
}

std::uint8_t minutes_of(MeterState const& s, LogId log) {
  return static_cast<std::uint8_t>(interval_s(s, log) / 60);
}

/// A log whose interval or columns are not what they were begins anew.
Result<void> follow_configuration(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                                  LogColumns const& columns) {
  auto& profile = profile_of(s.loggers, log);
  auto& head = head_of(s.loggers, log);
  auto const minutes = minutes_of(s, log);
  bool const same_interval = profile.minutes == minutes;
  bool const is_empty = head.last_id == head.cleared_id;
  bool const same_columns = is_empty || head.field_count == columns.count;
  auto const base =
      log == LogId::load_profile ? static_cast<std::uint8_t>(s.configuration.qq) : std::uint8_t{};
  if (same_interval && profile.base == base && same_columns) {
    return {};
  }
  if (profile.minutes == 0) {
    profile = ProfileState{.quality = profile.quality, .minutes = minutes, .base = base};
    return {};
  }
  if (log == LogId::load_profile) {
    return restart_load_profile(
        s, config, nv, same_interval ? ProfileEvent::registers_changed : ProfileEvent::interval_changed);
  }
  begin_anew(s, log,
             {.status = same_interval ? logger_reconfigured : logger_interval_changed, .minutes = minutes});
  return {};
}

/// Copies the newest record into the intervals up to `end` that have none.
Result<void> fill_gap(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log, CivilSeconds end) {
  auto& profile = profile_of(s.loggers, log);
  auto const& head = head_of(s.loggers, log);
  auto const period = interval_s(s, log);
  auto const columns = columns_of(log, s, config);
  auto const place = place_of(log, columns);
  auto const missing = (end - profile.last_end) / period - 1;
  if (record_count(head, place) == 0 || missing <= 0) {
    return {};
  }
  if (!s.loggers.fill_gaps || !s.rtc.valid || missing > fill_max) {
    profile.status |= logger_jump_not_filled;
    return {};
  }
  Record record;
  auto const read = read_record(head, place, nv, head.last_id, record);
  if (!read) {
    note_memory_fault(s);
    profile.status |= logger_crc_bad | logger_jump_not_filled;
    return read.error().code == ErrorCode::nv_io ? read : Result<void>{};
  }
  record[1] = 0;
  record[2] = (profile.quality != 0 ? profile.quality : std::uint32_t{quality_power_outage}) &
              s.settings.quality_mask;
  for (auto stamp = profile.last_end + period; stamp < end; stamp += period) {
    record[0] = stamp_at(stamp, s);
    auto const done = append_log(s, config, nv, log, std::span{record}.first(columns.count));
    if (!done) {
      return done;
    }
    profile.last_end = stamp;  // not before: append_log may save what was
  }
  return {};
}

}  // namespace

std::int64_t interval_s(MeterState const& s, LogId log) {
  auto const minutes =
      log == LogId::load_profile ? integration_minutes(s.configuration.e) : int{s.loggers.analysis_minutes};
  return minutes * std::int64_t{60};
}

Result<void> restart_load_profile(MeterState& s, MeterConfig const& config, NvStore& nv, ProfileEvent event) {
  begin_anew(
      s, LogId::load_profile,
      {.status = event == ProfileEvent::interval_changed ? logger_interval_changed : logger_reconfigured,
       .minutes = minutes_of(s, LogId::load_profile),
       .base = s.configuration.qq});
  std::array const record{static_cast<std::int64_t>(event)};
  return append_event(s, config, nv, LogId::load_profile_events, record);
}

Result<void> restart_analysis(MeterState& s, MeterConfig const& config, AnalysisRegisters const& registers,
                              std::int64_t minutes) {
  constexpr std::array<std::int64_t, 4> allowed{5, 15, 30, 60};
  if (std::find(allowed.begin(), allowed.end(), minutes) == allowed.end()) {
    return fail(ErrorCode::out_of_range, minutes);
  }
  constexpr std::uint8_t widest_number = 8;
  bool has_ended = false;
  for (auto const number : registers) {
    auto const* const row = find_by_kmp(number);
    bool const is_number = row != nullptr && row->unit != Unit::text && row->unit != Unit::rtc &&
                           row->kmp.bytes <= widest_number && is_present(*row, config.type.energy);
    if (number != 0 && (has_ended || !is_number)) {
      return fail(ErrorCode::unknown_register, number);
    }
    has_ended = number == 0;
  }
  s.loggers.analysis_registers = registers;
  s.loggers.analysis_minutes = static_cast<std::uint8_t>(minutes);
  s.loggers.analysis.quality = 0;
  begin_anew(s, LogId::analysis, {.status = logger_reconfigured, .minutes = s.loggers.analysis_minutes});
  plan_boundary(s, config);
  return {};
}

Result<void> capture_profile(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                             CivilSeconds end) {
  auto const columns = columns_of(log, s, config);
  if (auto followed = follow_configuration(s, config, nv, log, columns); !followed) {
    return followed;
  }
  if (auto filled = fill_gap(s, config, nv, log, end); !filled) {
    return filled;
  }
  auto& profile = profile_of(s.loggers, log);
  // After the clock was set back, until it is past what was recorded before.
  std::uint32_t const again = end <= profile.latest_end ? std::uint32_t{quality_backward} : 0U;
  Record record;
  record[0] = stamp_at(end, s);
  record[1] = profile.status;
  record[2] = (profile.quality | again) & s.settings.quality_mask;
  record[3] = energy_scaler(s, log);
  for (std::size_t n = 4; n < columns.count; ++n) {
    record[n] = logged_value(columns.column[n].register_id, s, config);
  }
  auto const done = append_log(s, config, nv, log, std::span{record}.first(columns.count));
  if (done) {
    profile.last_end = end;
    profile.latest_end = std::max(profile.latest_end, end);
    profile.quality = 0;
    profile.status = 0;
  }
  return done;
}

void mark_quality(LoggerState& loggers, std::uint32_t bits) {
  loggers.load_profile.quality |= bits;
  loggers.analysis.quality |= bits;
}

void mark_clock_set(LoggerState& loggers, std::int64_t moved_s) {
  struct Step {
    std::int64_t from_s;
    std::uint32_t bit;
  };
  constexpr std::array<Step, 4> steps{
      {{60, quality_set_60_s}, {30, quality_set_30_s}, {15, quality_set_15_s}, {7, quality_set_7_s}}};
  auto const size_s = moved_s < 0 ? -moved_s : moved_s;
  for (auto const& step : steps) {
    if (size_s > step.from_s) {
      mark_quality(loggers, step.bit | (moved_s > 0 ? quality_forward : quality_backward));
      return;
    }
  }
}

void mark_power_down(MeterState& s) {
  s.loggers.off_since = s.rtc.normal_seconds(s.now);
}

void mark_power_up(MeterState& s) {
  auto const off_since = s.loggers.off_since;
  bool const is_told = off_since != 0;
  s.loggers.off_since = 0;
  if (s.loggers.load_profile.minutes == 0) {
    return;  // nothing recorded yet: the first power-up of all
  }
  if (!is_told || s.rtc.normal_seconds(s.now) - off_since > s.settings.quality_outage_s) {
    mark_quality(s.loggers, quality_power_outage);
  }
}

}  // namespace blondel
