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
  // Noon on the meter's clock; world time by hand. LL 00 to 12 lie east of London, 13 to 23 west of it.
  // @source device.md 3: "LL GMT 00-12 = 0...+12; 13...23 = -11...-1"
  auto const [code, world] = GENERATE(table<char const*, char const*>(
      {{"00", "05T12:00:00.000Z,+00:00"}, {"01", "05T11:00:00.000Z,+01:00"},
       {"02", "05T10:00:00.000Z,+02:00"}, {"03", "05T09:00:00.000Z,+03:00"},
       {"04", "05T08:00:00.000Z,+04:00"}, {"05", "05T07:00:00.000Z,+05:00"},
       {"06", "05T06:00:00.000Z,+06:00"}, {"07", "05T05:00:00.000Z,+07:00"},
       {"08", "05T04:00:00.000Z,+08:00"}, {"09", "05T03:00:00.000Z,+09:00"},
       {"10", "05T02:00:00.000Z,+10:00"}, {"11", "05T01:00:00.000Z,+11:00"},
       {"12", "05T00:00:00.000Z,+12:00"}, {"13", "05T23:00:00.000Z,-11:00"},
       {"14", "05T22:00:00.000Z,-10:00"}, {"15", "05T21:00:00.000Z,-09:00"},
       {"16", "05T20:00:00.000Z,-08:00"}, {"17", "05T19:00:00.000Z,-07:00"},
       {"18", "05T18:00:00.000Z,-06:00"}, {"19", "05T17:00:00.000Z,-05:00"},
       {"20", "05T16:00:00.000Z,-04:00"}, {"21", "05T15:00:00.000Z,-03:00"},
       {"22", "05T14:00:00.000Z,-02:00"}, {"23", "05T13:00:00.000Z,-01:00"}}));
  CAPTURE(code);
  auto const rows = clock_rows(code, "000", "2026-01-05T12:00:00");
  CHECK_THAT(rows,
             Contains(std::string{"\n2026-01-"} + world + ",35100001,120000,260105,2026-01-05T12:00:00,"));
}

TEST_CASE("clock: European summer time begins and ends at 01:00 world time in every zone", "[CLK-02]") {
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
