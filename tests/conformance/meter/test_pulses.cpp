#include <catch2/catch.hpp>

#include <optional>
#include <sstream>
#include <vector>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

// The load of most tests: 3 x 230 V x 5 A secondary, 3450 W at power factor 1. One LED pulse is 0.1 Wh, so
// one comes every 360 J / 3450 W = 104.348 ms; one S0 pulse is 0.2 Wh: 208.696 ms. The transformers add up to
// 0.1 %, so instants after 10 s are good to 10 ms.

namespace {

struct Pulse {
  double on_s;
  double off_s;
  std::string current_ma;
};

/// The pulses of one output in results/pulses.csv; one that is still on at the end is left out.
std::vector<Pulse> pulses_of(Folder const& folder, std::string const& output) {
  std::istringstream rows{folder.read("results/pulses.csv")};
  std::vector<Pulse> pulses;
  std::string row;
  std::optional<Pulse> lit;
  while (std::getline(rows, row)) {
    std::vector<std::string> cells;
    std::istringstream line{row};
    for (std::string cell; std::getline(line, cell, ',');) {
      cells.push_back(cell);
    }
    if (cells.at(4) != output) {
      continue;
    }
    if (cells.at(5) == "on") {
      REQUIRE_FALSE(lit);
      lit = Pulse{std::stod(cells[0]), 0.0, cells.at(6)};
    } else {
      REQUIRE(lit);
      lit->off_s = std::stod(cells[0]);
      pulses.push_back(*lit);
      lit.reset();
    }
  }
  return pulses;
}

Document metered(std::string const& current) {
  Document document;
  document.duration_s = 11;
  document.results = R"("pulses": {}, )";
  document.source = R"({"voltage_v": 230, "current_a": )" + current + "}";
  return document;
}

void check_lengths(std::vector<Pulse> const& pulses, double length_s) {
  REQUIRE_FALSE(pulses.empty());
  for (auto const& pulse : pulses) {
    CHECK(pulse.off_s - pulse.on_s == Approx(length_s).margin(1.1e-6));
  }
}

}  // namespace

TEST_CASE("pulses: LED 10000 and S0 5000 to the kilowatt-hour, 30 ms each, in both tiers", "[FE-09]") {
  Folder const folder;
  auto document = metered("200");
  document.tier = GENERATE("waveform", "interval");
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const led = pulses_of(folder, "led");
  auto const s0 = pulses_of(folder, "s0");
  REQUIRE(led.size() >= 104);  // 11 s / 104.348 ms = 105.4; the last may still be lit
  REQUIRE(s0.size() >= 52);
  check_lengths(led, 0.030);
  check_lengths(s0, 0.030);
  CHECK(led[99].on_s == Approx(10.4348).margin(0.010));
  CHECK(s0[49].on_s == Approx(10.4348).margin(0.010));
  CHECK(s0[49].on_s == Approx(led[99].on_s).margin(1.1e-6));
}

TEST_CASE("pulses: digit B decides whether the LED is lit while nothing is consumed", "[FE-09][TYP-02]") {
  // No current until 4 s, then 200 A.
  Folder const folder;
  auto document = metered("0");
  document.actions = R"({"at_s": 4, "set_load": {"current_a": 200}})";
  SECTION("1: off") {
    REQUIRE(run_in(folder, document).exit_code == 0);
    CHECK(pulses_of(folder, "led").front().on_s == Approx(4.104).margin(0.022));
  }
  SECTION("2: on") {
    document.configuration_1 = "32000162";
    REQUIRE(run_in(folder, document).exit_code == 0);
    auto const led = pulses_of(folder, "led");
    CHECK(led[0].on_s == Approx(0.02).margin(0.021));
    CHECK(led[0].off_s == Approx(4.0).margin(0.041));
    CHECK(led[1].on_s == Approx(4.104).margin(0.022));
  }
}

TEST_CASE("pulses: the S0 loop carries its current, and nothing with terminals 20 and 21 swapped or open",
          "[FE-09][FE-11]") {
  Folder const folder;
  auto document = metered("200");
  document.duration_s = 2;
  SECTION("24 V through 1000 ohm") {
    REQUIRE(run_in(folder, document).exit_code == 0);
    CHECK(pulses_of(folder, "s0").front().current_ma == "24");
  }
  SECTION("12 V through 500 ohm, swapped") {
    document.more = R"("connection": {"terminals": {"20": "S0-", "21": "S0+"},)"
                    R"( "s0_supply": {"voltage_v": 12, "resistance_ohm": 500}},)";
    document.actions =
        R"({"at_s": 1, "set_connection": {"s0_supply": {"voltage_v": 12, "resistance_ohm": 500}}})";
    REQUIRE(run_in(folder, document).exit_code == 0);
    auto const s0 = pulses_of(folder, "s0");
    CHECK(s0.front().current_ma == "0");
    CHECK(s0.back().current_ma == "24");
    CHECK_THAT(folder.read("results/transcript.txt"), Contains(" 20 S0-, 21 S0+"));
  }
  SECTION("terminal 20 without its wire") {
    document.more = R"("connection": {"terminals": {"20": "open"}},)";
    REQUIRE(run_in(folder, document).exit_code == 0);
    CHECK(pulses_of(folder, "s0").front().current_ma == "0");
  }
  SECTION("beyond 27 V and 27 mA it says so and goes on") {
    document.more = R"("connection": {"s0_supply": {"voltage_v": 30, "resistance_ohm": 1000}},)";
    auto const outcome = run_in(folder, document);
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.err,
               Contains("outside the operating limits: S0 output voltage 30 V, allowed 0 to 27 V") &&
                   Contains("S0 output current 30 mA, allowed 0 to 27 mA"));
    CHECK(pulses_of(folder, "s0").front().current_ma == "30");
  }
}

TEST_CASE("pulses: the module port gives 30 or 80 ms by digit I, of the energies that DD says",
          "[FE-09][TYP-02][TYP-03]") {
  // 1000 imp/kWh of secondary energy at sin phi = 0.5 import: R+ 1725 var gives one every 2.087 s, A+ 2987.7
  // W one every 1.2049 s.
  Folder const folder;
  auto document = metered(R"(200, "angle_deg": 30)");
  document.configuration_1 = "31000062";  // DD 06: R+ out / A+ out
  double length_s = 0.030;
  SECTION("1: 30 ms") {}
  SECTION("3: 80 ms") {
    document.configuration_2 = "42301013";
    length_s = 0.080;
  }
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const reactive = pulses_of(folder, "module_1");
  auto const active = pulses_of(folder, "module_2");
  check_lengths(reactive, length_s);
  check_lengths(active, length_s);
  REQUIRE(reactive.size() == 5);
  REQUIRE(active.size() == 9);
  CHECK(reactive.back().on_s == Approx(10.435).margin(0.060));
  CHECK(active.back().on_s == Approx(10.844).margin(0.020));
}

TEST_CASE("pulses: an output that the meter does not have is refused with what is allowed", "[FE-09]") {
  Folder const folder;
  auto document = metered("200");
  document.configuration_1 = "31000002";
  document.results = R"("pulses": {"outputs": ["led", "module_1"]}, )";
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err,
             Contains("$.results.pulses.outputs[1]") && Contains("06, 16, 22, 23 or 26 for both"));
}
