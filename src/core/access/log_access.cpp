#include <algorithm>

#include <blondel/meter/access.hpp>

#include "core/config/change_log.hpp"
#include "core/loggers/log_columns.hpp"
#include "core/loggers/profile.hpp"
#include "core/meter/meter_state.hpp"

namespace blondel {
namespace {

bool has_logs(NvStore const* nv) {
  return nv != nullptr && nv->size() >= nv_size_min;
}

/// Calls `visit` with every record from one on, oldest first, lost ones too, until it returns false.
/// @errors nv_io, meter_off
template<class Visitor>
Result<void> walk(MeterState& s, MeterConfig const& config, NvStore const* nv, LogId log,
                  std::uint32_t from_id, Visitor&& visit) {
  if (!s.powered) {
    return fail(ErrorCode::meter_off);
  }
  if (!has_logs(nv)) {
    return {};
  }
  RingCursor cursor{head_of(s.loggers, log), place_of(log, columns_of(log, s, config)), *nv, from_id};
  LogRecord record;
  bool goes_on = true;
  while (goes_on && !cursor.at_end()) {
    record.id = cursor.id();
    auto const done = cursor.next(record.values);
    if (!done && done.error().code != ErrorCode::nv_corrupt) {
      return done;
    }
    record.is_lost = !done;
    if (record.is_lost) {
      note_memory_fault(s);
    }
    goes_on = visit(record);
  }
  return {};
}

}  // namespace

LogInfo Access::log_info(LogId log) const {
  LogInfo info;
  info.columns = columns_of(log, *state_, *config_);
  auto const place = place_of(log, info.columns);
  info.depth = place.depth;
  auto const& head = head_of(state_->loggers, log);
  info.newest_id = head.last_id;
  info.oldest_id = oldest_id(head, place);
  info.record_count = record_count(head, place);
  return info;
}

Result<std::size_t> Access::read_log(LogId log, std::uint32_t from_id, std::span<LogRecord> into) const {
  if (into.empty()) {
    return 0;
  }
  std::size_t count = 0;
  auto const columns = columns_of(log, *state_, *config_).count;
  auto const done = walk(*state_, *config_, nv_, log, from_id, [&](LogRecord const& record) {
    auto& target = into[count++];
    target.id = record.id;
    target.is_lost = record.is_lost;
    std::copy_n(record.values.begin(), record.is_lost ? 0 : columns, target.values.begin());
    return count < into.size();
  });
  return done.map([&] { return count; });
}

Result<std::uint32_t> Access::first_at_or_after(LogId log, CivilSeconds normal) const {
  std::uint32_t found = 0;
  auto const done = walk(*state_, *config_, nv_, log, 0, [&](LogRecord const& record) {
    bool const fits = !record.is_lost && normal_seconds_of(record.values[0]) >= normal;
    found = fits ? record.id : 0;
    return !fits;
  });
  return done.map([&] { return found; });
}

Result<std::uint32_t> Access::last_at_or_before(LogId log, CivilSeconds normal) const {
  std::uint32_t found = 0;
  auto const done = walk(*state_, *config_, nv_, log, 0, [&](LogRecord const& record) {
    bool const fits = !record.is_lost && normal_seconds_of(record.values[0]) <= normal;
    found = fits ? record.id : found;
    return true;
  });
  return done.map([&] { return found; });
}

Result<LogRecord> Access::read_one(LogId log, std::uint32_t id) const {
  if (!has_logs(nv_)) {
    return fail(ErrorCode::out_of_range, id);
  }
  LogRecord record;
  record.id = id;
  auto const place = place_of(log, columns_of(log, *state_, *config_));
  auto const done = read_record(head_of(state_->loggers, log), place, *nv_, id, record.values);
  if (!done) {
    if (done.error().code == ErrorCode::nv_corrupt) {
      note_memory_fault(*state_);
    }
    return tl::unexpected{done.error()};
  }
  return record;
}

Result<Reading> Access::reading_in(LogRecord const& record, LogId log, RegisterId id) const {
  return logged_reading(record, columns_of(log, *state_, *config_), id, state_->configuration.a);
}

Result<Reading> Access::read_history(RegisterRef ref) const {
  auto const newest = head_of(state_->loggers, LogId::debiting).last_id;
  if (ref.history > newest) {
    return fail(ErrorCode::out_of_range, ref.history);
  }
  auto const record = read_one(LogId::debiting, newest + 1 - ref.history);
  if (!record) {
    return tl::unexpected{record.error()};
  }
  return reading_in(*record, LogId::debiting, ref.id);
}

Result<void> Access::set_analysis(std::span<RegisterId const> registers, int minutes, Level level) {
  auto& s = *state_;
  if (!s.powered) {
    return fail(ErrorCode::meter_off);
  }
  if (level < Level::operating ){
    return fail(ErrorCode::forbidden);
  }
  if (registers.size() > s.loggers.analysis_registers.size()) {
    return fail(ErrorCode::out_of_range, static_cast<std::int64_t>(registers.size()));
  }
  AnalysisRegisters numbers{};
  for (std::size_t n = 0; n < registers.size(); ++n) {
    auto const& row = definition(registers[n]);
    if (row.kmp.bytes == 0) {
      return fail(ErrorCode::unknown_register, static_cast<std::int64_t>(registers[n]));
    }
    numbers[n] = row.kmp.id;
  }
  return log_changes_of(s, *config_, nv_, [&] { return restart_analysis(s, *config_, numbers, minutes); });
}

}  // namespace blondel
