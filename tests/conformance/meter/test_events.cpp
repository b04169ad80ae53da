#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"
#include "conformance/meter/log_rows.hpp"

using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::Outcome;
using blondel::test::rows_of;
using blondel::test::run;
using blondel::test::run_in;
using Catch::Contains;
using Rows = std::vector<std::string>;

namespace {

Outcome run_scenario(Folder const& folder, std::string const& name) {
  return run("run '" BLONDEL_SOURCE_DIR "/scenarios/" + name + "' --out '" + folder.file("results") + "'");
}

/// A status log of an hour in the interval tier, with what is done in it.
Document status_hour(std::string const& actions) {
  Document document;
  document.tier = "interval";
  document.duration_s = 3'600;
  document.csv_interval_s = 86'400;
  document.results = R"("logs": ["status", "rtc", "ct_ratio"],)";
  document.actions = actions;
  return document;
}

}  // namespace

TEST_CASE("tamper: covers and magnet are stamped, with supply and without", "[LOG-07]") {
  // 64 and 512: the meter cover, in the status and by itself; 4 the magnet; 256 the terminal cover, opened at
  // 12:31:40 and closed at 12:33:20, when there was no supply; 1 the resets, cleared by the start and at
  // 12:45.
  Folder const folder;
  REQUIRE(run_scenario(folder, "tamper").exit_code == 0);
  CHECK(rows_of(folder, "status") == Rows{"1,2026-01-05T12:00:00,1", "2,2026-01-05T12:00:00,0",
                                          "3,2026-01-05T12:10:00,576", "4,2026-01-05T12:11:00,0",
                                          "5,2026-01-05T12:20:00,4", "6,2026-01-05T12:21:00,0",
                                          "7,2026-01-05T12:31:40,256", "8,2026-01-05T12:33:20,0",
                                          "9,2026-01-05T12:40:00,1", "10,2026-01-05T12:45:00,0"});
}

TEST_CASE("tamper: the Russian sheet's status shows the terminal cover instead", "[LOG-07][TYP-06]") {
  auto document = status_hour(R"({"at_s": 600, "open_cover": {"cover": "terminal"}},)"
                              R"( {"at_s": 700, "open_cover": {"cover": "meter"}})");
  document.accuracy = "1";
  document.meter = R"("data_sheet": "ru",)";
  Folder const folder;
  CHECK(run_in(folder, document).exit_code == 0);
  CHECK(rows_of(folder, "status") == Rows{"1,2026-01-05T12:00:00,1", "2,2026-01-05T12:00:00,0",
                                          "3,2026-01-05T12:10:00,320", "4,2026-01-05T12:11:40,832"});
}

TEST_CASE("clock log: a set by more than 7 s leaves the time before", "[LOG-08]") {
  auto const document = status_hour(R"({"at_s": 600, "set_clock": {"local_time": "2026-01-05T12:10:07"}},)"
                                    R"( {"at_s": 1200, "set_clock": {"local_time": "2026-01-05T14:00:00"}})");
  Folder const folder;
  CHECK(run_in(folder, document).exit_code == 0);
  CHECK(rows_of(folder, "rtc") == Rows{"1,2026-01-05T14:00:00,2026-01-05T12:20:07,1"});
}

TEST_CASE("events: the words tell what is unread until it is cleared", "[LOG-08]") {
  // Unread: RTC log 17, status log 18, load profile 21, analysis 30; clock adjusted 10, B changed 11; reset 0
  // is cleared at the start, cover 6 lasts: 2^30 + 2^21 + 2^18 + 2^17 + 2^11 + 2^10 + 2^6 = 1 076 235 328.
  auto document = status_hour(R"({"at_s": 600, "open_cover": {"cover": "meter"}},)"
                              R"( {"at_s": 1000, "set_clock": {"local_time": "2026-01-05T12:20:00"}},)"
                              R"( {"at_s": 2000, "clear_events": {}})");
  document.expect = expected("96.10.1", "1076235328", "0", "", "1990") + "," +
                    expected("96.10.1", "64", "0", "", "2010") + "," +
                    expected("96.10.2", "4194304", "0", "", "2010");
  Folder const folder;
  blondel::test::check_passed(run_in(folder, document));
}

TEST_CASE("voltage quality: a week's failures, under- and overvoltages with time and duration", "[LOG-06]") {
  Folder const folder;
  REQUIRE(run_scenario(folder, "voltage_week").exit_code == 0);
  // Octet of L1 1, L2 2, L3 4: 64 under, 128 over, 32 within, 16 failed, 8 back. Voltages in mV, times in s.
  CHECK(rows_of(folder, "voltage_quality") ==
        Rows{"1,2026-03-02T18:00:00,68,3,200000,0", "2,2026-03-02T19:00:00,36,3,200000,3600",
             "3,2026-03-03T12:00:00,129,1,256000,0", "4,2026-03-03T12:20:00,33,1,256000,1200",
             "5,2026-03-04T03:00:00,18,2,0,0", "6,2026-03-04T03:04:00,10,2,0,240",
             "7,2026-03-05T10:00:00,17,1,0,0", "8,2026-03-05T10:00:00,18,2,0,0",
             "9,2026-03-05T10:00:00,20,3,0,0", "10,2026-03-05T11:00:00,9,1,0,3600",
             "11,2026-03-05T11:00:00,10,2,0,3600", "12,2026-03-05T11:00:00,12,3,0,3600"});
  CHECK(rows_of(folder, "neutral_fault") == Rows{"1,2026-03-06T15:00:00,1", "2,2026-03-06T15:02:00,0"});
}

TEST_CASE("voltage quality: each tier sees a failure of two seconds and not one of half a second",
          "[LOG-06]") {
  auto const tier = GENERATE("waveform", "phasor", "interval");
  CAPTURE(tier);
  Document document;
  document.tier = tier;
  document.duration_s = 12;
  document.results = R"("logs": ["voltage_quality"],)";
  document.actions =
      R"({"at_s": 3, "lose_phase": {"phase": "L2"}}, {"at_s": 3.5, "restore_phase": {"phase": "L2"}},)"
      R"( {"at_s": 6, "lose_phase": {"phase": "L2"}}, {"at_s": 8, "restore_phase": {"phase": "L2"}})";
  Folder const folder;
  CHECK(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "voltage_quality");
  REQUIRE(rows.size() == 2);
  // A cycle of samples that a change falls into belongs to neither side: up to 20 ms, a second by the clock.
  CHECK_THAT(rows[0], Contains("2026-01-05T12:00:06,18,2,"));
  CHECK_THAT(rows[1], Contains("2026-01-05T12:00:08,10,2,"));
  CHECK(rows[1].ends_with(",2"));
}

TEST_CASE("voltage quality: limits and duration are settable, and refused beyond their bounds", "[LOG-06]") {
  Document document;
  document.tier = "interval";
  document.duration_s = 120;
  document.results = R"("logs": ["voltage_quality"],)";
  document.actions =
      R"({"at_s": 10, "set_voltage_limits": {"low_v": 229, "high_v": 231, "duration_s": 10}},)"
      R"( {"at_s": 20, "set_voltage": {"phase": "L1", "voltage_v": 228}},)"
      R"( {"at_s": 50, "set_voltage": {"phase": "L1", "voltage_v": 230}},)"
      R"( {"at_s": 60, "set_voltage_limits": {"low_v": 231, "high_v": 231, "duration_s": 10}})";
  Folder const folder;
  CHECK(run_in(folder, document).exit_code == 0);
  CHECK(rows_of(folder, "voltage_quality") ==
        Rows{"1,2026-01-05T12:00:20,65,1,228000,0", "2,2026-01-05T12:00:50,33,1,228000,30"});
  CHECK_THAT(folder.read("results/transcript.txt"),
             Contains("set_voltage_limits 231 to 231 V, 10 s refused out of range"));
}

TEST_CASE("ct ratio: a change in mid-month is logged and counts from then on", "[REG-06][TYP-05]") {
  Folder const folder;
  auto const outcome = run_scenario(folder, "ratio_change");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);  // the registers are the scenario's own expectations
  auto const rows = rows_of(folder, "ct_ratio");
  REQUIRE(rows.size() == 1);
  // 10:07 local is 09:07 in the normal time of logs; old and new ratio, 370 hours.
  CHECK_THAT(rows[0], Contains("1,2026-04-16T09:07:00 summer,20,40,370,"));
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript, Contains("T10:05:00.000+02:00 35100001 set_ct_ratio 200/5 A refused not allowed"));
  CHECK_THAT(transcript, Contains("T10:09:00.000+02:00 35100001 set_ct_ratio 100/5 A refused not allowed"));
}

TEST_CASE("ct ratio: digit T = 2 locks it, and a ratio outside the table is refused with the table",
          "[REG-06][TYP-05]") {
  auto document = status_hour(R"({"at_s": 10, "open_cover": {"cover": "terminal"}},)"
                              R"( {"at_s": 20, "set_ct_ratio": {"primary_a": 300}})");
  Folder const folder;
  SECTION("locked") {
    document.ratio_lock = "2";
    document.expect = expected("0.4.2", "40", "0", "") + "," + expected("ct_ratio_lock", "1", "0", "");
    blondel::test::check_passed(run_in(folder, document));
    CHECK_THAT(folder.read("results/transcript.txt"), Contains("set_ct_ratio 300/5 A refused not allowed"));
  }
  SECTION("not in the table") {
    document.actions = R"({"at_s": 20, "set_ct_ratio": {"primary_a": 150}})";
    auto const outcome = run_in(folder, document);
    CHECK(outcome.exit_code != 0);
    CHECK_THAT(outcome.err, Contains("$.actions[0].set_ct_ratio.primary_a") && Contains("100, 200, 300"));
  }
}
