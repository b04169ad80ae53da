#include <blondel/base/civil_time.hpp>

#include <catch2/catch.hpp>

#include <array>

using blondel::CivilSeconds;
using blondel::CivilTime;

namespace {

struct Row {
  char const* name;
  CivilTime civil;
  CivilSeconds seconds;
  int weekday;
};

// Expected: Python's datetime, difference to 2000-01-01 and isoweekday.
constexpr std::array rows{
    Row{"the epoch, a Saturday", {2000, 1, 1, 0, 0, 0}, 0, 6},
    Row{"one second before", {1999, 12, 31, 23, 59, 59}, -1, 5},
    Row{"after a century's leap day", {2000, 3, 1, 0, 0, 0}, 5'184'000, 3},
    Row{"a summer's end of day", {2015, 6, 30, 23, 59, 59}, 489'023'999, 2},
    Row{"noon of a leap day", {2024, 2, 29, 12, 0, 0}, 762'523'200, 4},
    Row{"a Sunday", {2026, 3, 29, 1, 0, 0}, 828'061'200, 7},
    Row{"the last second of the meter's years", {2099, 12, 31, 23, 59, 59}, 3'155'759'999, 4},
    Row{"after a century without a leap day", {2100, 3, 1, 0, 0, 0}, 3'160'857'600, 1},
};

}  // namespace

TEST_CASE("civil time: seconds since 2000 are those of the calendar") {
  for (auto const& row : rows) {
    INFO(row.name);
    CHECK(blondel::to_seconds(row.civil) == row.seconds);
  }
}

TEST_CASE("civil time: the calendar is found again from the seconds") {
  for (auto const& row : rows) {
    INFO(row.name);
    CHECK(blondel::to_civil(row.seconds) == row.civil);
  }
}

TEST_CASE("civil time: Monday is 1 and Sunday is 7") {
  for (auto const& row : rows) {
    INFO(row.name);
    CHECK(static_cast<int>(blondel::weekday(row.seconds)) == row.weekday);
  }
}

TEST_CASE("civil time: months have their lengths, February by the Gregorian rule") {
  CHECK(blondel::days_in_month(2026, 1) == 31);
  CHECK(blondel::days_in_month(2026, 4) == 30);
  CHECK(blondel::days_in_month(2026, 2) == 28);
  CHECK(blondel::days_in_month(2024, 2) == 29);
  CHECK(blondel::days_in_month(2000, 2) == 29);
  CHECK(blondel::days_in_month(2100, 2) == 28);
}

TEST_CASE("civil time: a date that no calendar has is not valid") {
  struct Case {
    char const* name;
    CivilTime civil;
    bool valid;
  };
  constexpr std::array cases{
      Case{"a leap day", {2024, 2, 29, 0, 0, 0}, true},
      Case{"the last second", {2099, 12, 31, 23, 59, 59}, true},
      Case{"no leap year", {2026, 2, 29, 0, 0, 0}, false},
      Case{"30 February", {2024, 2, 30, 0, 0, 0}, false},
      Case{"31 April", {2026, 4, 31, 0, 0, 0}, false},
      Case{"month 0", {2026, 0, 1, 0, 0, 0}, false},
      Case{"month 13", {2026, 13, 1, 0, 0, 0}, false},
      Case{"day 0", {2026, 1, 0, 0, 0, 0}, false},
      Case{"24:00", {2026, 1, 1, 24, 0, 0}, false},
      Case{"minute 60", {2026, 1, 1, 0, 60, 0}, false},
      Case{"a leap second", {2026, 1, 1, 0, 0, 60}, false},
      Case{"before the meter's years", {1999, 12, 31, 0, 0, 0}, false},
      Case{"after the meter's years", {2100, 1, 1, 0, 0, 0}, false},
  };
  for (auto const& row : cases) {
    INFO(row.name);
    CHECK(blondel::is_valid(row.civil) == row.valid);
  }
}

// Expected: last Sundays at 01:00 UTC found by walking back from the 31st in Python.
TEST_CASE("civil time: European summer time turns at 01:00 UTC on the last Sundays") {
  struct Case {
    char const* name;
    CivilSeconds start;
    CivilSeconds end;
  };
  constexpr std::array cases{
      Case{"2000", 7'347'600, 26'096'400},
      Case{"2024, 31 March is the Sunday", 765'162'000, 783'306'000},
      Case{"2026", 828'061'200, 846'205'200},
      Case{"2027, 31 October is the Sunday", 859'510'800, 878'259'600},
  };
  for (auto const& row : cases) {
    INFO(row.name);
    CHECK_FALSE(blondel::eu_summer_time(row.start - 1));
    CHECK(blondel::eu_summer_time(row.start));
    CHECK(blondel::eu_summer_time(row.end - 1));
    CHECK_FALSE(blondel::eu_summer_time(row.end));
  }
}

TEST_CASE("civil time: midwinter is never summer time") {
  CHECK_FALSE(blondel::eu_summer_time(0));
  CHECK_FALSE(blondel::eu_summer_time(3'155'759'999));
}
