#include "core/loggers/debiting.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

#include "core/clock/stamp.hpp"
#include "core/loggers/log_writer.hpp"

namespace blondel {
namespace {

/// A debiting interval in months, and the code of the one that begins in January.
struct Interval {
  std::uint8_t first_code{};
  std::uint8_t months{};
};
constexpr std::array<Interval, 5> intervals{{{13, 12}, {7, 6}, {4, 3}, {2, 2}, {1, 1}}};

}  // namespace

std::int64_t day_of(CivilSeconds local) {
  return floor_divide(local, day_s).quotient;
}

bool debiting_due(CivilTime const& day, std::uint8_t hh, std::uint8_t gg) {
  if (gg == 0 || day.day != gg) {
    return false;
  }
  for (auto const& interval : intervals) {
    if (hh >= interval.first_code) {
      return (day.month - 1) % interval.months == hh - interval.first_code;
    }
  }
  return false;
}

bool debiting_2_due(CivilTime const& day, std::uint8_t u) {
  switch (u) {
    case 1:
      return true;
    case 2:
      return weekday(to_seconds(day)) == 1;
    default:
      return day.day == 1;
  }
}

Result<void> debit(MeterState& s, MeterConfig const& config, NvStore& nv) {
  auto done = append_event(s, config, nv, LogId::debiting, {});
  if (!done) {
    return done;
  }
  stop_debiting(s.demand, stamp_of(s.rtc.normal_seconds(s.now), s.rtc, s.configuration));
  s.nv_dirty = true;
  return {};
}

Result<void> debit_by_calendar(MeterState& s, MeterConfig const& config, NvStore& nv, CivilSeconds normal) {
  auto const local_day = [&s](CivilSeconds moment) {
    return day_of(to_seconds(local_time(moment, s.configuration)));
  };
  auto const today = local_day(normal);
  auto& looked_at = s.loggers.debited_day;
  // A clock set back by more than a day, or a first day: nothing is made up.
  if (looked_at == 0 || looked_at > today + 1) {
    looked_at = local_day(normal - 1);  // the midnight that is passed now is not made up
  }
  constexpr std::int64_t longest_days = 2 * 366;  // every rule comes round within
  bool due = false;
  bool due_2 = false;
  for (auto day = std::max(looked_at + 1, today - longest_days); day <= today; ++day) {
    auto const civil = to_civil(day * day_s);
    due = due || debiting_due(civil, s.configuration.hh, s.configuration.gg);
    due_2 = due_2 || debiting_2_due(civil, s.configuration.u);
  }
  // Logger 2 first: it holds no peaks, and a stop does not change what it holds.
  if (due_2) {
    auto done = append_event(s, config, nv, LogId::debiting_2, {});
    if (!done) {
      return done;
    }
  }
  if (due) {
    auto done = debit(s, config, nv);
    if (!done) {
      return done;
    }
  }
  looked_at = std::max(looked_at, today);
  return {};
}

}  // namespace blondel
