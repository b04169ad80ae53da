#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "conformance/meter/log_rows.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::rows_of;
using blondel::test::run_in;

namespace {

/// 20 A of 200 A in the interval tier: 13.8 kW, and 0.05 % that the transformer adds.
Document steady(std::string const& log, int duration_s) {
  Document document;
  document.tier = "interval";
  document.duration_s = duration_s;
  document.csv_interval_s = 86'400;
  document.results = R"("logs": [")" + log + R"("],)";
  document.source = R"({"voltage_v": 230, "current_a": 20})";
  return document;
}

std::vector<std::string> run_rows(Document const& document, std::string const& log) {
  Folder const folder;
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return rows_of(folder, log);
}

constexpr int day_s = 86'400;

}  // namespace

TEST_CASE("logs: a load profile with an outage, period by period", "[LOG-04]") {
  // 1024 an outage, 256 less than 184 V, which the meter saw for the second before it went off.
  // Off from 12:20 to 12:55. 13.807 kW: 3.451 kWh a period, 1200 s and 300 s are 5.753 kWh.
  auto document = steady("load_profile", 5'400);
  document.actions = R"({"at_s": 1200, "power_off": {}}, {"at_s": 3300, "power_on": {}})";
  CHECK(run_rows(document, "load_profile") ==
        std::vector<std::string>{"1,2026-01-05T12:15:00,0,0,1,3.45,0.00,0.00,0.00",
                                 "2,2026-01-05T12:30:00,0,1280,1,3.45,0.00,0.00,0.00",
                                 "3,2026-01-05T12:45:00,0,1280,1,3.45,0.00,0.00,0.00",
                                 "4,2026-01-05T13:00:00,0,1280,1,5.75,0.00,0.00,0.00",
                                 "5,2026-01-05T13:15:00,0,0,1,9.20,0.00,0.00,0.00",
                                 "6,2026-01-05T13:30:00,0,0,1,12.65,0.00,0.00,0.00"});
}

TEST_CASE("logs: the load profile keeps the days of the data sheet at 5 minutes", "[LOG-04]") {
  struct Row {
    char const* energy_type;
    int days;
    std::size_t records;
    char const* first;
  };
  // 288 a day: 93, 78 and 59 days are 26 784, 22 464 and 16 992 records; the sheet keeps 26 400, 22 176 and
  // 16 800. The oldest of them ends 384, 288 and 192 periods after the first: 32, 24 and 16 hours.
  auto const row = GENERATE(
      Row{"1", 93, 26'400, "385,2026-01-06T20:05:00,"}, Row{"2", 78, 22'176, "289,2026-01-06T12:05:00,"},
      Row{"3", 78, 22'176, "289,2026-01-06T12:05:00,"}, Row{"4", 59, 16'800, "193,2026-01-06T04:05:00,"});
  CAPTURE(row.energy_type);
  auto document = steady("load_profile", row.days * day_s);
  document.energy_type = row.energy_type;
  document.configuration_1 = "31000161";
  auto const rows = run_rows(document, "load_profile");
  CHECK(rows.size() == row.records);
  CHECK_THAT(rows.front(), Catch::StartsWith(row.first));
}

TEST_CASE("logs: clocks change, and the load profile goes on in normal time", "[LOG-04]") {
  // Summer time begins on 2026-03-29 at 02:00; the hour is not left out.
  auto document = steady("load_profile", 10'800);
  document.start = "2026-03-29T01:00:00";
  document.summer_time = "001";
  document.configuration_1 = "31000164";
  auto const rows = run_rows(document, "load_profile");
  REQUIRE(rows.size() == 3);
  CHECK_THAT(rows[0], Catch::StartsWith("1,2026-03-29T02:00:00 summer,0,0,1,"));
  CHECK_THAT(rows[1], Catch::StartsWith("2,2026-03-29T03:00:00 summer,0,0,1,"));
  CHECK_THAT(rows[2], Catch::StartsWith("3,2026-03-29T04:00:00 summer,0,0,1,"));
}

TEST_CASE("logs: debiting periods end on the first of the month at local midnight", "[LOG-02]") {
  // Hours, stops before, threshold count, ratio, A+ (331 kWh a day). January's day, February, March.
  auto document = steady("debiting", 61 * day_s);
  document.start = "2026-01-31T00:00:00";
  document.summer_time = "001";
  auto const rows = run_rows(document, "debiting");
  REQUIRE(rows.size() == 3);
  CHECK_THAT(rows[0], Catch::StartsWith("1,2026-02-01T00:00:00,24,0,0,0,40,331."));
  CHECK_THAT(rows[1], Catch::StartsWith("2,2026-03-01T00:00:00,696,1,0,0,40,9"));
  CHECK_THAT(rows[2], Catch::StartsWith("3,2026-03-31T23:00:00 summer,1439,2,0,0,40,19"));
}

TEST_CASE("logs: 36 debiting periods are kept", "[LOG-02]") {
  // Every first of a month from 2026-02 to 2029-02: 37.
  auto document = steady("debiting", 1'127 * day_s);
  document.start = "2026-01-05T00:00:00";
  auto const rows = run_rows(document, "debiting");
  REQUIRE(rows.size() == 36);
  CHECK_THAT(rows.front(), Catch::StartsWith("2,2026-03-01T00:00:00,"));
  CHECK_THAT(rows.back(), Catch::StartsWith("37,2029-02-01T00:00:00,"));
}

TEST_CASE("logs: debiting logger 2 takes days, weeks or months", "[LOG-03][TYP-05]") {
  struct Row {
    char const* digit;
    std::size_t records;
    char const* first;
    char const* last;
  };
  // Monday 2026-01-05 12:00 and 60 days, until 6 March: 60 midnights, of which 45 stay; 8 Mondays; 2 months.
  auto const row = GENERATE(Row{"1", 45, "16,2026-01-21T00:00:00,372,", "60,2026-03-06T00:00:00,1428,"},
                            Row{"2", 8, "1,2026-01-12T00:00:00,156,", "8,2026-03-02T00:00:00,1332,"},
                            Row{"3", 2, "1,2026-02-01T00:00:00,636,", "2,2026-03-01T00:00:00,1308,"});
  CAPTURE(row.digit);
  auto document = steady("debiting_2", 60 * day_s);
  document.logger_2 = row.digit;
  auto const rows = run_rows(document, "debiting_2");
  REQUIRE(rows.size() == row.records);
  CHECK_THAT(rows.front(), Catch::StartsWith(row.first));
  CHECK_THAT(rows.back(), Catch::StartsWith(row.last));
}
