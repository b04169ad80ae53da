#pragma once
/// The records of a log, as tests want them: numbers in columns, and the seconds of the stamps.

#include <array>
#include <cstdint>
#include <vector>

#include "support/meter_fixture.hpp"

namespace blondel::test {

/// 2026-03-02 08:00:00, when the fixture's clock starts: 26 years of 365 days, 7 leap days, January, February
/// and one day of March, (9490 + 7 + 31 + 28 + 1) * 86 400 + 28 800.
inline constexpr CivilSeconds fixture_start_s = 825'753'600;

/// A record without its stamp's flags: the first number is in seconds since the fixture's start.
using LogRow = std::vector<std::int64_t>;

inline std::vector<LogRow> log_rows(Meter const& meter, LogId log) {
  auto const access = meter.access();
  auto const info = access.log_info(log);
  std::vector<LogRow> rows;
  for (auto id = info.oldest_id; id <= info.newest_id; ++id) {
    std::array<LogRecord, 1> record;
    auto const count = access.read_log(log, id, record);
    REQUIRE(count.has_value());
    REQUIRE(*count == 1);
    LogRow row(record[0].values.begin(), record[0].values.begin() + info.columns.count);
    row[0] = normal_seconds_of(row[0]) - fixture_start_s;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace blondel::test
