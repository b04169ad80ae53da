#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

namespace {

constexpr int hour_s = 3'600;
constexpr int day_s = 24 * hour_s;

/// 3 x 230 V x 200 A = 138 kW all the time: a tariff's energy over 138 kW tells its hours. A minute is
/// 2.3 kWh.
Document document(std::string const& tariffs, std::string const& start, int hours) {
  Document document;
  document.tier = "interval";
  document.tariffs = tariffs;
  document.start = start;
  document.summer_time = "001";
  document.duration_s = hours * hour_s;
  document.csv_interval_s = hour_s;
  return document;
}

/// "1.8.1" shows so much at an instant, within the 0.06 % that meter and transformer may err by.
/// @param kwh worked out by hand
std::string shows(int tariff, int kwh, int at_s) {
  return expected("1.8." + std::to_string(tariff), std::to_string(kwh), std::to_string(kwh * 0.0006), "kWh",
                  std::to_string(at_s));
}

std::string at(int seconds, std::string const& action) {
  return R"({"at_s": )" + std::to_string(seconds) + ", " + action + "}";
}

void check_run(Document const& document) {
  Folder const folder;
  check_passed(run_in(folder, document));
}

/// What the program says to a document that it refuses.
std::string refusal(Document const& document) {
  Folder const folder;
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 3);
  return outcome.err;
}

std::string own_table(std::string const& days, std::string const& seasons, std::string const& more = "") {
  return R"("tariff_table": {)" + more + R"("day_types": [)" + days + R"(], "seasons": [)" + seasons + "]},";
}

std::string const plain_day = R"({"name": "day", "switches": [{"at": "00:00", "tariff": 1}]})";
std::string const week = R"("week": ["day", "day", "day", "day", "day", "day", "day"])";
std::string const whole_year = R"({"from": "01-01", "to": "12-31", )" + week + "}";
/// T1 from midnight, T2 from 02:30, T3 from 03:30.
std::string const night =
    R"({"name": "day", "switches": [{"at": "00:00", "tariff": 1}, {"at": "02:30", "tariff": 2}, )"
    R"({"at": "03:30", "tariff": 3}]})";

}  // namespace

TEST_CASE("tariffs: a switch takes no energy of the moment before it", "[CLK-03]") {
  // Table 101, Monday: T2 until 06:00, which is 828 kWh, then T1; a minute is 2.3 kWh.
  auto monday = document("101", "2026-01-05T00:00:00", 7);
  monday.expect = shows(2, 828, 6 * hour_s) + "," +
                  expected("1.8.1", "0", "0.01", "kWh", std::to_string(6 * hour_s)) + "," +
                  expected("1.8.1", "2.3", "0.02", "kWh", std::to_string(6 * hour_s + 60)) + "," +
                  shows(2, 828, 7 * hour_s) + "," + shows(1, 138, 7 * hour_s);
  check_run(monday);
}

TEST_CASE("tariffs: weekends and holidays have their own day", "[CLK-03]") {
  // Monday 21 to Thursday 24 December 2026: three working days of 16 h T1, then Christmas Eve, a rest day:
  // 48 h are 6624 kWh; the other 48 h T2.
  auto christmas = document("101", "2026-12-21T00:00:00", 96);
  christmas.expect = shows(1, 6624, 4 * day_s) + "," + shows(2, 6624, 4 * day_s);
  check_run(christmas);
  // Friday 2 to Sunday 4 January 2026: 16 h T1 are 2208 kWh, 56 h T2 are 7728.
  auto weekend = document("101", "2026-01-02T00:00:00", 72);
  weekend.expect = shows(1, 2208, 3 * day_s) + "," + shows(2, 7728, 3 * day_s);
  check_run(weekend);
}

TEST_CASE("tariffs: seasons follow one another at midnight", "[CLK-03]") {
  // Table 102, Tuesday 31 March 2026 (winter): T1 6 h, T2 9 h, T4 9 h; Wednesday 1 April (summer): T3 15 h,
  // T4 9 h.
  auto spring = document("102", "2026-03-31T00:00:00", 48);
  spring.expect = shows(1, 828, 2 * day_s) + "," + shows(2, 1242, 2 * day_s) + "," +
                  shows(3, 2070, 2 * day_s) + "," + shows(4, 2484, 2 * day_s);
  check_run(spring);
}

TEST_CASE("tariffs: a table in local time follows the change to summer time and back", "[CLK-03]") {
  // 29 March: 02:00 becomes 03:00, so T1 for 2 h, T2 from 03:00 to 03:30, T3 for 20.5 h.
  auto spring = document("200", "2026-03-29T00:00:00", 23);
  spring.meter = own_table(night, whole_year);
  spring.expect =
      shows(1, 276, 23 * hour_s) + "," + shows(2, 69, 23 * hour_s) + "," + shows(3, 2829, 23 * hour_s);
  check_run(spring);
  // 25 October: 03:00 becomes 02:00, so T1 for 2.5 + 0.5 h, T2 for 0.5 + 1 h, T3 for 20.5 h.
  auto autumn = document("200", "2026-10-25T00:00:00", 25);
  autumn.meter = own_table(night, whole_year);
  autumn.expect =
      shows(1, 414, 25 * hour_s) + "," + shows(2, 207, 25 * hour_s) + "," + shows(3, 2829, 25 * hour_s);
  check_run(autumn);
}

TEST_CASE("tariffs: a table in normal time knows no summer time", "[CLK-03]") {
  auto spring = document("200", "2026-03-29T00:00:00", 23);
  spring.meter = own_table(night, whole_year, R"("time": "normal", )");
  spring.expect =
      shows(1, 345, 23 * hour_s) + "," + shows(2, 138, 23 * hour_s) + "," + shows(3, 2691, 23 * hour_s);
  check_run(spring);
}

TEST_CASE("tariffs: a day with a year goes before that of every year", "[CLK-03]") {
  auto day = document("200", "2026-05-01T00:00:00", 24);
  day.meter = own_table(
      plain_day + R"(, {"name": "two", "switches": [{"at": "00:00", "tariff": 2}]}, )"
                  R"({"name": "three", "switches": [{"at": "00:00", "tariff": 3}]})",
      whole_year,
      R"("special_days": [{"date": "05-01", "day_type": "two"}, {"date": "2026-05-01", "day_type": "three"}], )");
  day.expect = shows(3, 3312, day_s) + "," + shows(2, 0, day_s);
  check_run(day);
  day.start = "2027-05-01T00:00:00";
  day.expect = shows(2, 3312, day_s) + "," + shows(3, 0, day_s);
  check_run(day);
}

TEST_CASE("tariffs: setting the clock sets the tariff of that time", "[CLK-03]") {
  // Monday noon becomes 23:00; an hour of T1 before, an hour of T2 after.
  auto monday = document("101", "2026-01-05T11:00:00", 2);
  monday.actions = at(hour_s, R"("set_clock": {"local_time": "2026-01-05T23:00:00"})");
  monday.expect = shows(1, 138, 2 * hour_s) + "," + shows(2, 138, 2 * hour_s);
  check_run(monday);
}

TEST_CASE("tariffs: after an outage the tariff is that of the moment", "[CLK-03]") {
  // Off from 05:00 to 07:00 on a Monday: an hour of T2 before, an hour of T1 after.
  auto monday = document("101", "2026-01-05T04:00:00", 4);
  monday.actions = at(hour_s, R"("power_off": {})") + "," + at(3 * hour_s, R"("power_on": {})");
  monday.expect = shows(2, 138, 4 * hour_s) + "," + shows(1, 138, 4 * hour_s);
  check_run(monday);
}

TEST_CASE("tariffs: a written tariff holds until the table says another", "[CLK-03]") {
  // Monday 20:00 T1; T3 from 21:00; T2 from 22:00 by the table.
  auto monday = document("101", "2026-01-05T20:00:00", 3);
  monday.actions = at(hour_s, R"("set_tariff": {"tariff": 3})");
  monday.expect =
      shows(1, 138, 3 * hour_s) + "," + shows(3, 138, 3 * hour_s) + "," + shows(2, 138, 3 * hour_s);
  check_run(monday);
}

TEST_CASE("tariffs: with OOO 002 the written tariff holds over midnight and outages", "[CLK-03]") {
  auto monday = document("002", "2026-01-05T22:00:00", 6);
  monday.actions = at(hour_s, R"("set_tariff": {"tariff": 4})") + "," + at(3 * hour_s, R"("power_off": {})") +
                   "," + at(4 * hour_s, R"("power_on": {})");
  monday.expect = shows(1, 138, 6 * hour_s) + "," + shows(4, 552, 6 * hour_s);
  check_run(monday);
}

TEST_CASE("tariffs: with OOO 000 there are none", "[CLK-03]") {
  Folder const folder;
  auto monday = document("000", "2026-01-05T22:00:00", 1);
  monday.actions = at(60, R"("set_tariff": {"tariff": 1})");
  monday.expect = shows(1, 0, hour_s) + "," + shows(2, 0, hour_s);
  check_passed(run_in(folder, monday));
  CHECK_THAT(folder.read("results/transcript.txt"), Contains("set_tariff T1 refused not allowed\n"));
}

TEST_CASE("tariffs: a wrong table is refused with the place and what is allowed", "[CLK-03]") {
  auto const [days, seasons, message] = GENERATE_COPY(table<std::string, std::string, std::string>(
      {{plain_day,
        R"({"from": "01-01", "to": "06-30", )" + week + R"(}, {"from": "06-30", "to": "12-31", )" + week +
            "}",
        "$.meter.tariff_table.seasons[1]: "},
       {plain_day, R"({"from": "01-01", "to": "12-30", )" + week + "}",
        "no season has 31.12.; allowed: seasons that fill the year"},
       {plain_day, R"({"from": "02-30", "to": "12-30", )" + week + "}",
        "$.meter.tariff_table.seasons[0].from: \"02-30\": no such day; allowed: "},
       {R"({"name": "day", "switches": [{"at": "00:00", "tariff": 1}, {"at": "07:00", "tariff": 2}, )"
        R"({"at": "06:59", "tariff": 1}]})",
        whole_year, "switches[2].at: \"06:59\": is out of order; allowed: later than the switch before it"},
       {R"({"name": "other", "switches": [{"at": "00:00", "tariff": 1}]})", whole_year,
        "seasons[0].week[0]: \"day\": unknown day type; allowed: \"other\""},
       {R"({"name": "day", "switches": [{"at": "00:01", "tariff": 1}]})", whole_year,
        "switches[0].at: \"00:01\": the first switch of a day; allowed: \"00:00\""},
       {R"({"name": "day", "switches": [{"at": "00:00", "tariff": 5}]})", whole_year,
        "switches[0].tariff: 5 is not allowed; allowed: a whole number from 1 to 4"}}));
  CAPTURE(message);
  auto wrong = document("200", "2026-01-05T00:00:00", 1);
  wrong.meter = own_table(days, seasons);
  CHECK_THAT(refusal(wrong), Contains(message) && Contains("$.meter.tariff_table."));
}

TEST_CASE("tariffs: a table takes its holidays from a calendar", "[CLK-03]") {
  // Wednesday 1 April 2026, 16 h of T1 are 2208 kWh and 8 h of T2 1104; Maundy Thursday, 24 h of T2 are 3312.
  auto easter = document("101", "2026-04-01T00:00:00", 48);
  easter.expect = shows(1, 2208, 2 * day_s) + "," + shows(2, 4416, 2 * day_s);
  check_run(easter);
  // A special day of the table's own goes before: 25 December 2026, a Friday, is the day "two" there.
  auto christmas = document("200", "2026-12-25T00:00:00", 24);
  christmas.meter = own_table(plain_day + R"(, {"name": "two", "switches": [{"at": "00:00", "tariff": 2}]}, )"
                                          R"({"name": "three", "switches": [{"at": "00:00", "tariff": 3}]})",
                              whole_year,
                              R"("special_days": [{"date": "12-25", "day_type": "two"}], )"
                              R"("holidays": {"calendar": "dk", "day_type": "three"}, )");
  christmas.expect = shows(2, 3312, day_s);
  check_run(christmas);
}

TEST_CASE("tariffs: a calendar or day that is not there, or is there twice, is refused", "[CLK-03]") {
  auto const [more, message] = GENERATE(table<std::string, std::string>(
      {{R"("holidays": {"calendar": "atlantis", "day_type": "day"}, )",
        "$.meter.tariff_table.holidays.calendar: \"atlantis\": there is no models/calendar/atlantis.json; "
        "allowed: a calendar of that folder"},
       {R"("holidays": {"calendar": "dk", "day_type": "feast"}, )",
        "$.meter.tariff_table.holidays.day_type: \"feast\": unknown day type; allowed: \"day\""},
       {R"("special_days": [{"date": "05-01", "day_type": "day"}, {"date": "05-01", "day_type": "day"}], )",
        "$.meter.tariff_table.special_days[1].date: \"05-01\": stands there twice; allowed: each date once"},
       {R"("special_days": [{"date": "2027-02-29", "day_type": "day"}], )",
        "$.meter.tariff_table.special_days[0].date: \"2027-02-29\": no such day; allowed: MM from 01"}}));
  CAPTURE(message);
  auto wrong = document("200", "2026-01-05T00:00:00", 1);
  wrong.meter = own_table(plain_day, whole_year, more);
  CHECK_THAT(refusal(wrong), Contains("scenario.json: " + message));
}

TEST_CASE("tariffs: a table code without a table is refused", "[CLK-03]") {
  auto wrong = document("999", "2026-01-05T00:00:00", 1);
  CHECK_THAT(refusal(wrong), Contains("$.meter.configuration[3]") && Contains("tariff table 999") &&
                                 Contains("allowed: 000 none, 001 module port, 002 register"));
  wrong.tariffs = "001";
  wrong.meter = own_table(plain_day, whole_year);
  CHECK_THAT(refusal(wrong), Contains("digits OOO (configuration 4) name no table; allowed: OOO 003 to 999"));
}
