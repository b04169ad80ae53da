#include <catch2/catch.hpp>

#include <sstream>
#include <vector>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;
using Catch::StartsWith;

namespace {

std::vector<std::vector<std::string>> rows_of(Folder const& folder, std::string const& file) {
  std::istringstream lines{folder.read(file)};
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(lines, line);) {
    auto& row = rows.emplace_back();
    std::istringstream cells{line};
    for (std::string cell; std::getline(cells, cell, ',');) {
      row.push_back(cell);
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("power quality: rms, distortion, harmonics and a dip are found in the results") {
  // 230 V with 4 % of 5th: sqrt(1 + 0.0016) x 230 = 230.184 V, THDS 4 %; 2.5 A with 20 %: 2.5495 A, +0.05 %
  // by the transformer and what it adds. L1 at 60 % for 0.2 s: 138 V with its harmonic 138.11 V, 60.05 % of
  // 230 V.
  Folder const folder;
  Document document;
  document.duration_s = 6;
  document.source = R"({"voltage_v": 230, "current_a": 100, "harmonics": )"
                    R"([{"order": 5, "voltage_percent": 4, "current_percent": 20}]})";
  document.actions = R"({"at_s": 4, "set_voltage": {"voltage_v": [138, 230, 230]}},)"
                     R"( {"at_s": 4.2, "set_voltage": {"voltage_v": 230}})";
  document.results = R"("power_quality": {"interval_s": 2, "harmonics": 5}, )";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "results/power_quality.csv");
  REQUIRE(rows.size() == 4);
  REQUIRE(rows[0][5] == "U1 [V]");
  auto const& steady = rows[2];
  CHECK(steady[0] == "2026-01-05T11:00:04.000Z");
  CHECK(steady[3] == "10");
  CHECK(std::stod(steady[4]) == Approx(50.0).margin(0.002));
  CHECK(std::stod(steady[5]) == Approx(230.184).margin(0.05));
  CHECK(std::stod(steady[8]) == Approx(4.0).margin(0.01));
  CHECK(std::stod(steady[9]) == Approx(2.5508).margin(0.001));
  CHECK(std::stod(steady[10]) == Approx(20.0).margin(0.02));
  REQUIRE(rows[0][14] == "U1 h5 [%]");
  CHECK(std::stod(steady[14]) == Approx(4.0).margin(0.01));
  CHECK(std::stod(rows[3][6]) == Approx(138.11).margin(0.1));
  auto const events = rows_of(folder, "results/voltage_events.csv");
  REQUIRE(events.size() == 2);
  CHECK(events[1][3] == "dip");
  CHECK(std::stod(events[1][4]) == Approx(3.995).margin(0.015));  // a window of one cycle reaches into it
  CHECK(std::stod(events[1][5]) == Approx(0.22).margin(0.025));
  CHECK(std::stod(events[1][6]) == Approx(60.05).margin(0.1));
}

TEST_CASE("power quality: what is under way at the end is written as far as it came") {
  // L2 is lost at 2 s for good; 5 s in intervals of 3 s: rows at 3 s and at 5 s, an event without a duration.
  Folder const folder;
  Document document;
  document.duration_s = 5;
  document.actions = R"({"at_s": 2, "lose_phase": {"phase": "L2"}})";
  document.results = R"("power_quality": {"interval_s": 3}, )";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "results/power_quality.csv");
  REQUIRE(rows.size() == 3);
  CHECK(rows[1][0] == "2026-01-05T11:00:03.000Z");
  CHECK(rows[2][0] == "2026-01-05T11:00:05.000Z");
  CHECK(rows[2][3] == "10");
  auto const events = rows_of(folder, "results/voltage_events.csv");
  REQUIRE(events.size() == 2);
  CHECK(events[1][3] == "dip");
  CHECK(std::stod(events[1][4]) == Approx(2.0).margin(0.02));
  CHECK(events[1][5].empty());
}

TEST_CASE("power quality: a meter without supply measures nothing, and its rows say so") {
  Folder const folder;
  Document document;
  document.duration_s = 6;
  document.actions = R"({"at_s": 1, "power_off": {}})";
  document.results = R"("power_quality": {"interval_s": 2}, )";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "results/power_quality.csv");
  REQUIRE(rows.size() == 4);
  CHECK(std::stoi(rows[1][3]) >= 3);
  CHECK(rows[2][3] == "0");
  CHECK(rows[2][5].empty());
  CHECK(rows[3][0] == "2026-01-05T11:00:06.000Z");
}

TEST_CASE("power quality: two elements have their two voltages, and no unbalance") {
  Folder const folder;
  Document document;
  document.duration_s = 2;
  document.phases = "2";
  document.source = R"({"voltage_v": 132.79, "current_a": 100})";
  document.results = R"("power_quality": {"interval_s": 1}, )";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "results/power_quality.csv");
  REQUIRE(rows.size() == 3);
  CHECK_THAT(folder.read("results/power_quality.csv"),
             StartsWith("time_utc,local_offset,meter,windows,f [Hz],U12 [V],") && Contains("U32 [V]"));
  CHECK(std::stod(rows[2][5]) == Approx(230.0).margin(0.05));
  REQUIRE(rows[0][17] == "unbalance [%]");
  CHECK(rows[2][17].empty());
}

TEST_CASE("power quality: the interval tier has no samples to show it") {
  Folder const folder;
  Document document;
  document.tier = "interval";
  document.results = R"("power_quality": {}, )";
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err,
             Contains("$.results.power_quality") && Contains("allowed: with \"tier\": \"waveform\""));
}
