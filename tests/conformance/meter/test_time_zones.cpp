#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

namespace {

/// The rows of registers.csv for three instants a second apart: world time, offset, clock, date and stamp.
std::string clock_rows(std::string const& time_zone, std::string const& summer_time,
                       std::string const& start) {
  Folder const folder;
  Document document;
  document.tier = "interval";
  document.start = start;
  document.time_zone = time_zone;
  document.summer_time = summer_time;
  document.csv_registers = R"("clock", "date", "rtc")";
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return folder.read("results/registers.csv");
}

}  // namespace

TEST_CASE("clock: each time zone code has its offset from world time", "[CLK-02]") {
  // A clock does not say how far it is from world time, but the change to summer time does: it comes at 01:00
  // world time on 29 March 2026 (directive 2000/84/EC), at another hour of every zone. The rows are from
  // Python's datetime, with LL 00 to 12 = 0 to +12 hours and 13 to 23 = -11 to -1. @source device.md 3
  auto const [code, start, offset, after] = GENERATE(table<char const*, char const*, char const*,
                                                           char const*>(
      {{"00", "2026-03-29T00:59:59", "+00:00", "+01:00,35100001,20000,260329,2026-03-29T01:00:00 summer,"},
       {"01", "2026-03-29T01:59:59", "+01:00", "+02:00,35100001,30000,260329,2026-03-29T02:00:00 summer,"},
       {"02", "2026-03-29T02:59:59", "+02:00", "+03:00,35100001,40000,260329,2026-03-29T03:00:00 summer,"},
       {"03", "2026-03-29T03:59:59", "+03:00", "+04:00,35100001,50000,260329,2026-03-29T04:00:00 summer,"},
       {"04", "2026-03-29T04:59:59", "+04:00", "+05:00,35100001,60000,260329,2026-03-29T05:00:00 summer,"},
       {"05", "2026-03-29T05:59:59", "+05:00", "+06:00,35100001,70000,260329,2026-03-29T06:00:00 summer,"},
       {"06", "2026-03-29T06:59:59", "+06:00", "+07:00,35100001,80000,260329,2026-03-29T07:00:00 summer,"},
       {"07", "2026-03-29T07:59:59", "+07:00", "+08:00,35100001,90000,260329,2026-03-29T08:00:00 summer,"},
       {"08", "2026-03-29T08:59:59", "+08:00", "+09:00,35100001,100000,260329,2026-03-29T09:00:00 summer,"},
       {"09", "2026-03-29T09:59:59", "+09:00", "+10:00,35100001,110000,260329,2026-03-29T10:00:00 summer,"},
       {"10", "2026-03-29T10:59:59", "+10:00", "+11:00,35100001,120000,260329,2026-03-29T11:00:00 summer,"},
       {"11", "2026-03-29T11:59:59", "+11:00", "+12:00,35100001,130000,260329,2026-03-29T12:00:00 summer,"},
       {"12", "2026-03-29T12:59:59", "+12:00", "+13:00,35100001,140000,260329,2026-03-29T13:00:00 summer,"},
       {"13", "2026-03-28T13:59:59", "-11:00", "-10:00,35100001,150000,260328,2026-03-28T14:00:00 summer,"},
       {"14", "2026-03-28T14:59:59", "-10:00", "-09:00,35100001,160000,260328,2026-03-28T15:00:00 summer,"},
       {"15", "2026-03-28T15:59:59", "-09:00", "-08:00,35100001,170000,260328,2026-03-28T16:00:00 summer,"},
       {"16", "2026-03-28T16:59:59", "-08:00", "-07:00,35100001,180000,260328,2026-03-28T17:00:00 summer,"},
       {"17", "2026-03-28T17:59:59", "-07:00", "-06:00,35100001,190000,260328,2026-03-28T18:00:00 summer,"},
       {"18", "2026-03-28T18:59:59", "-06:00", "-05:00,35100001,200000,260328,2026-03-28T19:00:00 summer,"},
       {"19", "2026-03-28T19:59:59", "-05:00", "-04:00,35100001,210000,260328,2026-03-28T20:00:00 summer,"},
       {"20", "2026-03-28T20:59:59", "-04:00", "-03:00,35100001,220000,260328,2026-03-28T21:00:00 summer,"},
       {"21", "2026-03-28T21:59:59", "-03:00", "-02:00,35100001,230000,260328,2026-03-28T22:00:00 summer,"},
       {"22", "2026-03-28T22:59:59", "-02:00", "-01:00,35100001,0,260329,2026-03-28T23:00:00 summer,"},
       {"23", "2026-03-28T23:59:59", "-01:00", "+00:00,35100001,10000,260329,2026-03-29T00:00:00 summer,"}}));
  CAPTURE(code);
  auto const rows = clock_rows(code, "001", start);
  CHECK_THAT(rows, Contains(std::string{"\n2026-03-29T00:59:59.000Z,"} + offset + ",35100001,") &&
                       Contains(std::string{"\n2026-03-29T01:00:00.000Z,"} + after));
}

TEST_CASE("clock: European summer time begins and ends at 01:00 world time", "[CLK-02]") {
  // 2026: 29 March and 25 October, 01:00 world time. The stamp stays in normal time and carries a mark.
  auto const [code, start, before, after] =
      GENERATE(table<char const*, char const*, char const*, char const*>(
          {{"00", "2026-03-29T00:59:59", ",5959,260329,2026-03-29T00:59:59,",
            ",20000,260329,2026-03-29T01:00:00 summer,"},
           {"01", "2026-03-29T01:59:59", ",15959,260329,2026-03-29T01:59:59,",
            ",30000,260329,2026-03-29T02:00:00 summer,"},
           {"02", "2026-03-29T02:59:59", ",25959,260329,2026-03-29T02:59:59,",
            ",40000,260329,2026-03-29T03:00:00 summer,"},
           {"23", "2026-03-28T23:59:59", ",235959,260328,2026-03-28T23:59:59,",
            ",10000,260329,2026-03-29T00:00:00 summer,"},
           {"00", "2026-10-25T01:59:59", ",15959,261025,2026-10-25T00:59:59 summer,",
            ",10000,261025,2026-10-25T01:00:00,"},
           {"01", "2026-10-25T02:59:59", ",25959,261025,2026-10-25T01:59:59 summer,",
            ",20000,261025,2026-10-25T02:00:00,"},
           {"12", "2026-10-25T13:59:59", ",135959,261025,2026-10-25T12:59:59 summer,",
            ",130000,261025,2026-10-25T13:00:00,"}}));
  CAPTURE(code, start);
  auto const rows = clock_rows(code, "001", start);
  CHECK_THAT(rows, Contains(std::string{"35100001"} + before) && Contains(std::string{"35100001"} + after));
}

TEST_CASE("clock: without a rule for summer time the clock goes straight on", "[CLK-02]") {
  auto const rows = clock_rows("01", "000", "2026-03-29T01:59:59");
  CHECK_THAT(rows, Contains(",15959,260329,2026-03-29T01:59:59,"));
  CHECK_THAT(rows, Contains(",20000,260329,2026-03-29T02:00:00,"));
  CHECK_THAT(rows, !Contains("summer"));
}
