#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

// Limits of the data sheet: operation -40..+70 C, storage -40..+85 C, relative humidity below 75 % as a
// year's mean and below 95 % on fewer than 30 days a year.

TEST_CASE("exposure: temperatures outside operation and storage are told, and the meter goes on", "[FE-12]") {
  Folder const folder;
  Document document;
  document.duration_s = 10;
  document.actions = R"({"at_s": 1, "set_temperature": {"temperature_c": 71}}, {"at_s": 3, "power_off": {}},)"
                     R"( {"at_s": 6, "set_temperature": {"temperature_c": 86}}, {"at_s": 8, "power_on": {}})";
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 0);
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript,
             Contains("T12:00:01.000+01:00 35100001 warning outside the operating limits: temperature "
                      "71 C, allowed -40 to 70 C (in operation); goes on"));
  CHECK_THAT(transcript,
             Contains("T12:00:06.000+01:00 35100001 warning outside the operating limits: temperature "
                      "86 C, allowed -40 to 85 C (stored); goes on"));
  // 3 s and 2 s of 3 x 230 V x 200 A = 138 kW give 0.1917 kWh: it counted on.
  CHECK_THAT(transcript, Contains(" 1.8.0 0.19 kWh"));
}

TEST_CASE("exposure: air above 95 % is told at once", "[FE-12]") {
  Folder const folder;
  Document document;
  document.actions = R"({"at_s": 1, "set_humidity": {"humidity_percent": 96}})";
  CHECK(run_in(folder, document).exit_code == 0);
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript, Contains("T12:00:01.000+01:00 35100001 set_humidity 96 %\n"));
  CHECK_THAT(transcript,
             Contains("T12:00:01.000+01:00 35100001 warning outside the operating limits: relative "
                      "humidity 96 %, allowed 0 to 95 % (on fewer than 30 days a year); goes on"));
}

TEST_CASE("exposure: thirty wet days in a year are told on the day, the year's mean at its end", "[FE-12]") {
  // 80 % from the start: the 30th day ends on 2026-02-04 at noon; the mean of the year is 80 %.
  // 10 days of 90 %, then 50 %, then 90 % again from day 100: 20 more days end on day 120, 2026-05-05. The
  // mean over 365 days is then 50 + 40 * 30 / 365 = 53.3 %: nothing to say.
  Folder const folder;
  Document document;
  document.tier = "interval";
  document.csv_interval_s = 86'400;
  document.source = R"({"voltage_v": 230, "current_a": 0})";
  SECTION("always wet") {
    document.duration_s = 366 * 86'400;
    document.more = R"("humidity_percent": 80,)";
    CHECK(run_in(folder, document).exit_code == 0);
    auto const transcript = folder.read("results/transcript.txt");
    CHECK_THAT(transcript,
               Contains("2026-02-04T12:00:00.000+01:00 35100001 warning outside the operating limits: "
                        "relative humidity above 75 % for 30 days of a year, allowed on fewer"));
    CHECK_THAT(transcript,
               Contains("2027-01-05T12:00:00.000+01:00 35100001 warning outside the operating limits: "
                        "relative humidity 80 % as a year's mean, allowed 0 to 75 %"));
  }
  SECTION("now and then") {
    document.duration_s = 366 * 86'400;
    document.more = R"("humidity_percent": 90,)";
    document.actions = R"({"at_s": 864000, "set_humidity": {"humidity_percent": 50}},)"
                       R"( {"at_s": 8640000, "set_humidity": {"humidity_percent": 90}},)"
                       R"( {"at_s": 10368001, "set_humidity": {"humidity_percent": 50}})";
    CHECK(run_in(folder, document).exit_code == 0);
    auto const transcript = folder.read("results/transcript.txt");
    CHECK_THAT(transcript,
               Contains("2026-05-05T12:00:00.000+01:00 35100001 warning outside the operating limits: "
                        "relative humidity above 75 % for 30 days"));
    CHECK_THAT(transcript, !Contains("as a year's mean"));
  }
}

TEST_CASE("exposure: three wires whose currents do not add up to nothing are told") {
  // 200 A in L1 and nothing back: two elements would register half of it.
  Folder const folder;
  Document document;
  document.phases = "2";
  SECTION("one wire only") {
    document.source = R"({"voltage_v": 132.79, "current_a": [200, 0, 0]})";
    CHECK_THAT(
        run_in(folder, document).err,
        Contains(
            "warning: the currents of the three wires add up to 200 A, where no neutral could carry it"));
  }
  SECTION("there and back") {
    document.source = R"({"voltage_v": 132.79, "current_a": [200, 0, 200], "angle_deg": [30, 0, -30]})";
    CHECK_THAT(run_in(folder, document).err, !Contains("add up to"));
  }
}

TEST_CASE("exposure: a harmonic order that stands twice is refused") {
  Folder const folder;
  Document document;
  document.source =
      R"({"voltage_v": 230, "current_a": 100, "harmonics": [{"order": 5, "voltage_percent": 10},)"
      R"( {"order": 5, "voltage_percent": 20}]})";
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(
      outcome.err,
      Contains("$.source.constant.harmonics[1].order: 5: stands here twice; allowed: each order once"));
}
