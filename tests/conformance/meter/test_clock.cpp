#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

namespace {

constexpr int day_s = 86'400;

/// What follows the last mention of an event or register in the transcript, up to the end of its line.
std::string last_value(std::string const& transcript, std::string const& name) {
  auto const from = transcript.rfind(' ' + name + ' ') + name.size() + 2;
  return transcript.substr(from, transcript.find('\n', from) - from);
}

/// Stamp and hours with supply at the end of a run that begins at noon on 5 January 2026: ",stamp,hours h".
std::string last_row(Document document, int duration_s) {
  Folder const folder;
  document.tier = "interval";
  document.duration_s = duration_s;
  document.csv_interval_s = day_s;
  document.transcript = R"({"registers": ["rtc", "hour_counter"]})";
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  auto const transcript = folder.read("results/transcript.txt");
  return ',' + last_value(transcript, "rtc") + ',' + last_value(transcript, "hour_counter");
}

std::string at(int seconds, std::string const& action) {
  return R"({"at_s": )" + std::to_string(seconds) + ", " + action + "}";
}

/// Off after an hour for so long, then on for ten seconds. The supply rides through one second of it.
std::string row_after_outage(std::string const& meter, int off_s) {
  Document document;
  document.meter = meter;
  document.actions = at(3'600, R"("power_off": {})") + "," + at(3'600 + off_s, R"("power_on": {})");
  return last_row(document, 3'600 + off_s + 10);
}

}  // namespace

TEST_CASE("clock: a crystal that is 5 ppm fast gains 12.96 s in 30 days", "[CLK-01]") {
  Document document;
  document.meter = R"("crystal_ppm": 5,)";
  CHECK_THAT(last_row(document, 30 * day_s), Contains(",2026-02-04T12:00:12,"));
  document.meter = R"("crystal_ppm": -5,)";
  CHECK_THAT(last_row(document, 30 * day_s), Contains(",2026-02-04T11:59:47,"));
}

TEST_CASE("clock: the crystal follows a parabola of temperature", "[CLK-01]") {
  // Over ten days, against 23 C: -0.035 ppm x (65^2 - 2^2) = -147.735 ppm = -127.64 s at -40 C;
  // -0.035 ppm x (45^2 - 2^2) = -70.735 ppm = -61.12 s at 70 C; +0.14 ppm = +0.12 s at 25 C.
  auto const [temperature, stamp] = GENERATE(table<char const*, char const*>(
      {{"-40", ",2026-01-15T11:57:52,"}, {"70", ",2026-01-15T11:58:58,"}, {"25", ",2026-01-15T12:00:00,"}}));
  Document document;
  document.source =
      std::string{R"({"voltage_v": 230, "current_a": 200, "temperature_c": )"} + temperature + "}";
  CHECK_THAT(last_row(document, 10 * day_s), Contains(stamp));
}

TEST_CASE("clock: a change of temperature goes on from what the clock shows", "[CLK-01]") {
  // Five days at -40 C (-63.82 s), then five at 23 C.
  Document document;
  document.source = R"({"voltage_v": 230, "current_a": 200, "temperature_c": -40})";
  document.actions = at(5 * day_s, R"("set_temperature": {"temperature_c": 23})");
  CHECK_THAT(last_row(document, 10 * day_s), Contains(",2026-01-15T11:58:56,"));
}

TEST_CASE("clock: a full supercap carries the clock for seven days", "[CLK-01]") {
  // Off at 13:00:00, dark a second later. Ten seconds with supply follow the outage.
  std::string const meter = R"("battery": "absent",)";
  CHECK_THAT(row_after_outage(meter, 30), Contains(",2026-01-05T13:00:40,"));
  CHECK_THAT(row_after_outage(meter, 7 * day_s), Contains(",2026-01-12T13:00:10,"));
  // Then it stands, and goes on from the last time in permanent memory, 13:00:01.
  CHECK_THAT(row_after_outage(meter, 7 * day_s + 2), Contains(",2026-01-05T13:00:11 invalid restored,"));
  CHECK_THAT(row_after_outage(R"("battery": "empty",)", 60 * day_s),
             Contains(",2026-01-05T13:00:11 invalid restored,"));
}

TEST_CASE("clock: the battery takes over from the supercap for ten years", "[CLK-01]") {
  // 3652 days of the battery and 7 of the supercap; 3658 days from 5 January 2026 is 11 January 2036.
  CHECK_THAT(row_after_outage("", 3'658 * day_s), Contains(",2036-01-11T13:00:10,"));
  CHECK_THAT(row_after_outage("", 3'660 * day_s), Contains(",2026-01-05T13:00:11 invalid restored,"));
}

TEST_CASE("clock: the supercap is charged again within a day", "[CLK-01]") {
  // Empty after 7 days; twelve hours fill it by half, which is 3.5 days.
  auto const row = [](int second_outage_s) {
    constexpr int on_s = 3'600 + 7 * day_s;
    constexpr int off_s = on_s + day_s / 2;
    Document document;
    document.meter = R"("battery": "absent",)";
    document.actions = at(3'600, R"("power_off": {})") + "," + at(on_s, R"("power_on": {})") + "," +
                       at(off_s, R"("power_off": {})") + "," +
                       at(off_s + second_outage_s, R"("power_on": {})");
    return last_row(document, off_s + second_outage_s + 10);
  };
  // Dark at 13:00:01 on the 5th, lit at 13:00:00 on the 12th, dark at 01:00:01 on the 13th.
  CHECK_THAT(row(3 * day_s), Contains(",2026-01-16T01:00:10,"));
  CHECK_THAT(row(4 * day_s), Contains(",2026-01-13T01:00:11 invalid restored,"));
}

TEST_CASE("clock: setting a clock that was lost makes it valid", "[CLK-01]") {
  Document document;
  document.meter = R"("battery": "absent",)";
  document.actions = at(3'600, R"("power_off": {})") + "," + at(3'600 + 8 * day_s, R"("power_on": {})") +
                     "," + at(3'605 + 8 * day_s, R"("set_clock": {"local_time": "2026-01-13T13:00:05"})");
  CHECK_THAT(last_row(document, 3'610 + 8 * day_s), Contains(",2026-01-13T13:00:10,"));
}

TEST_CASE("clock: the hour counter counts hours with supply only", "[REG-05]") {
  // An hour, a second of ride-through and ten seconds: 3611 s are 1 h.
  CHECK_THAT(row_after_outage("", 400 * day_s), Contains(",2027-02-09T13:00:10,1 h"));
}

TEST_CASE("clock: the hour that occurs twice is taken as summer time the first time", "[CLK-02]") {
  // 25 October 2026, Denmark: 03:00 summer time becomes 02:00. Set to 02:30 means normal time 01:30.
  Document document;
  document.start = "2026-10-25T01:00:00";
  document.summer_time = "001";
  document.actions = at(10, R"("set_clock": {"local_time": "2026-10-25T02:30:00"})");
  CHECK_THAT(last_row(document, 20), Contains(",2026-10-25T01:30:10 summer,"));
  document.actions = at(10, R"("set_clock": {"local_time": "2026-10-25T03:00:00"})");
  CHECK_THAT(last_row(document, 20), Contains(",2026-10-25T03:00:10,"));
  document.actions = at(10, R"("set_clock": {"local_time": "2026-03-01T02:30:00"})");
  CHECK_THAT(last_row(document, 20), Contains(",2026-03-01T02:30:10,"));
}
