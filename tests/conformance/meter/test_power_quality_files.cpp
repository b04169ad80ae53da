#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>
#include <string>
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

/// The cell of a row below a title of the first one.
std::string cell_of(std::vector<std::vector<std::string>> const& rows, std::size_t row,
                    std::string const& title) {
  auto const found = std::find(rows[0].begin(), rows[0].end(), title);
  CAPTURE(title);
  REQUIRE(found != rows[0].end());
  return rows[row][static_cast<std::size_t>(found - rows[0].begin())];
}
double value_of(std::vector<std::vector<std::string>> const& rows, std::size_t row,
                std::string const& title) {
  return std::stod(cell_of(rows, row, title));
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
  CHECK(cell_of(rows, 2, "time_utc") == "2026-01-05T11:00:04.000Z");
  CHECK(cell_of(rows, 2, "windows") == "10");
  CHECK(value_of(rows, 2, "f [Hz]") == Approx(50.0).margin(0.002));
  CHECK(value_of(rows, 2, "U1 [V]") == Approx(230.184).margin(0.05));
  CHECK(value_of(rows, 2, "U1 THDS [%]") == Approx(4.0).margin(0.01));
  CHECK(value_of(rows, 2, "I1 [A secondary]") == Approx(2.5508).margin(0.001));
  CHECK(value_of(rows, 2, "I1 THDS [%]") == Approx(20.0).margin(0.02));
  CHECK(value_of(rows, 2, "U1 h5 [%]") == Approx(4.0).margin(0.01));
  CHECK(value_of(rows, 3, "U1 lowest half cycle [V]") == Approx(138.11).margin(0.1));
  auto const events = rows_of(folder, "results/voltage_events.csv");
  REQUIRE(events.size() == 2);
  CHECK(events[1][3] == "dip");
  CHECK(std::stod(events[1][4]) == Approx(3.995).margin(0.015));  // a window of one cycle reaches into it
  CHECK(std::stod(events[1][5]) == Approx(0.22).margin(0.025));
  CHECK(std::stod(events[1][6]) == Approx(60.05).margin(0.1));
}

TEST_CASE("power quality: an interval with an event in it is flagged with its kind") {
  // Rows of 1 s: L1 at 80 % from 2.9 to 3.1 s, in two rows; all at 115 % from 4.3 to 4.5 s and at 2 %
  // from 4.6 to 4.75 s, which is below 90 % too.
  Folder const folder;
  Document document;
  document.duration_s = 7;
  document.actions = R"({"at_s": 2.9, "set_voltage": {"voltage_v": [184, 230, 230]}},
                        {"at_s": 3.1, "set_voltage": {"voltage_v": 230}},
                        {"at_s": 4.3, "set_voltage": {"voltage_v": 264.5}},
                        {"at_s": 4.5, "set_voltage": {"voltage_v": 230}},
                        {"at_s": 4.6, "set_voltage": {"voltage_v": 4.6}},
                        {"at_s": 4.75, "set_voltage": {"voltage_v": 230}})";
  document.results = R"("power_quality": {"interval_s": 1, "harmonics": 3}, )";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "results/power_quality.csv");
  REQUIRE(rows.size() == 8);
  constexpr char const* flags[] = {"", "", "dip", "dip", "dip swell interruption", "", ""};
  for (std::size_t n = 0; n < 7; ++n) {
    CAPTURE(n);
    CHECK(cell_of(rows, n + 1, "flagged") == flags[n]);
  }
  auto const& titles = rows[0];
  REQUIRE(titles.size() == 38);
  CHECK(titles[7] == "U1 [V]");
  CHECK(titles[19] == "U3 [V]");
  CHECK(titles[25] == "U1 h2 [%]");
  CHECK(titles[27] == "I1 h2 [%]");
  CHECK(titles[36] == "I3 h3 [%]");
  CHECK(titles[37] == "run\r");
  CHECK(value_of(rows, 2, "U3 h3 [%]") < 0.05);
}

TEST_CASE("power quality: an interval of minutes remembers the event at its beginning, the next does not") {
  Folder const folder;
  Document document;
  document.duration_s = 180;
  document.actions = R"({"at_s": 3, "set_voltage": {"voltage_v": 184}},
                        {"at_s": 3.2, "set_voltage": {"voltage_v": 230}})";
  document.results = R"("power_quality": {"interval_s": 90}, )";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const rows = rows_of(folder, "results/power_quality.csv");
  REQUIRE(rows.size() == 3);
  CHECK(cell_of(rows, 1, "flagged") == "dip");
  CHECK(cell_of(rows, 2, "flagged").empty());
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
  CHECK(cell_of(rows, 2, "windows") == "10");
  CHECK(cell_of(rows, 1, "flagged") == "dip");
  CHECK(cell_of(rows, 2, "flagged") == "dip");  // not over
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
  CHECK(cell_of(rows, 2, "U1 [V]").empty());
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
             StartsWith("time_utc,local_offset,meter,windows,flagged,f [Hz],unbalance [%],U12 [V],"
                        "U12 lowest half cycle [V],U12 highest half cycle [V],U12 THDS [%],I1 [A secondary],"
                        "I1 THDS [%],U32 [V],"));
  CHECK(value_of(rows, 2, "U12 [V]") == Approx(230.0).margin(0.05));
  CHECK(cell_of(rows, 2, "unbalance [%]").empty());
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
