#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

namespace {

std::string at(std::string const& seconds, std::string const& action) {
  return R"({"at_s": )" + seconds + ", " + action + "}";
}

std::string input(int terminal, bool on) {
  return R"("set_input": {"input": )" + std::to_string(terminal) + R"(, "on": )" + (on ? "true}" : "false}");
}

Document document(std::string const& dd, std::string const& tariffs = "001") {
  Document document;
  document.tier = "interval";
  document.tariffs = tariffs;
  document.configuration_1 = "31000" + dd + "2";
  document.csv_registers = R"("active_tariff")";
  document.duration_s = 4;
  return document;
}

/// The values of the one register of registers.csv, row by row.
std::string values(Folder const& folder) {
  auto const rows = folder.read("results/registers.csv");
  std::string const before = ",35100001,";
  std::string text;
  for (auto from = rows.find(before); from != rows.npos; from = rows.find(before, from + 1)) {
    auto const begin = from + before.size();
    text += rows.substr(begin, rows.find(',', begin) - begin) + ' ';
  }
  return text;
}

std::string run_values(Document const& document) {
  Folder const folder;
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return values(folder);
}

/// The register each second while (I/O 1, I/O 2) go through (0,0), (1,0), (1,1), (0,1).
std::string through_levels(Document document) {
  document.actions =
      at("0.5", input(1, true)) + "," + at("1.5", input(2, true)) + "," + at("2.5", input(1, false));
  document.duration_s = 3;
  return run_values(document);
}

/// Edges of pulses.csv, all at whole seconds: "1 module_2 on; ".
std::string edges(Document document) {
  Folder const folder;
  document.results = R"("pulses": {"outputs": )" + document.results + "},";
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  auto const rows = folder.read("results/pulses.csv");
  std::string text;
  for (auto line = rows.find('\n') + 1; line < rows.size(); line = rows.find('\n', line) + 1) {
    auto const output = rows.find(",35100001,", line) + 10;
    auto const state = rows.find(',', output) + 1;
    auto edge = rows.substr(line, rows.find(',', line) - line);
    edge.erase(edge.find(".000000"));  // all at whole seconds
    auto const of_output = rows.substr(output, state - output - 1);
    text += edge + ' ' + of_output + ' ' + rows.substr(state, rows.find(',', state) - state) + "; ";
  }
  return text;
}

}  // namespace

TEST_CASE("inputs: tariff inputs select the tariff as the digits say", "[IO-01][CLK-03]") {
  // P1, P2 = 0,0 T1; 1,0 T2; 0,1 T3; 1,1 T4, inverted reversed. @source device.md M1
  auto const [dd, tariffs] = GENERATE(table<char const*, char const*>({{"01", "1 2 4 3 "},
                                                                       {"02", "4 3 1 2 "},
                                                                       {"07", "1 2 2 1 "},
                                                                       {"08", "2 1 1 2 "},
                                                                       {"09", "1 2 2 1 "},
                                                                       {"10", "2 1 1 2 "},
                                                                       {"11", "1 2 2 1 "},
                                                                       {"12", "2 1 1 2 "},
                                                                       {"13", "1 1 2 2 "},
                                                                       {"14", "2 2 1 1 "},
                                                                       {"00", "1 1 1 1 "},
                                                                       {"03", "1 1 1 1 "}}));
  CAPTURE(dd);
  CHECK(through_levels(document(dd)) == tariffs);
}

TEST_CASE("inputs: without OOO 001 the tariff inputs say nothing", "[IO-01][TYP-04]") {
  CHECK(through_levels(document("01", "000")) == "0 0 0 0 ");
  CHECK(through_levels(document("01", "002")) == "1 1 1 1 ");
}

TEST_CASE("inputs: the alarm bit follows the alarm input where digit I has it on", "[IO-01][TYP-03]") {
  // Bit 5 of the status is 32. I/O 2 is on in the last two rows.
  auto const [dd, digit_i, status] =
      GENERATE(table<char const*, char const*, char const*>({{"03", "2", "0 0 32 32 "},
                                                             {"03", "4", "0 0 32 32 "},
                                                             {"03", "1", "0 0 0 0 "},
                                                             {"03", "3", "0 0 0 0 "},
                                                             {"04", "2", "32 32 0 0 "},
                                                             {"07", "2", "0 0 32 32 "},
                                                             {"08", "2", "0 0 32 32 "},
                                                             {"09", "2", "32 32 0 0 "},
                                                             {"10", "2", "32 32 0 0 "},
                                                             {"13", "2", "0 0 0 0 "}}));
  CAPTURE(dd, digit_i);
  auto alarm = document(dd);
  alarm.configuration_2 = std::string{"4230101"} + digit_i;
  alarm.csv_registers = R"("meter_status")";
  CHECK(through_levels(alarm) == status);
}

TEST_CASE("inputs: pulses up to 25 Hz count, and none that is faster or shorter", "[IO-01][IO-02]") {
  auto const [dd, period, length, count] = GENERATE(table<char const*, char const*, char const*, char const*>(
      {{"03", "0.040", "0.020", "100"},
       {"03", "0.039", "0.020", "1"},  // the first had a pause before it
       {"03", "0.040", "0.019", "0"},
       {"03", "0.100", "0.050", "100"},
       {"05", "0.100", "0.050", "100"},
       {"13", "0.100", "0.050", "100"},
       {"14", "0.100", "0.050", "100"},
       {"18", "0.100", "0.050", "100"},
       {"20", "0.100", "0.050", "100"},
       {"27", "0.100", "0.050", "100"},
       {"28", "0.100", "0.050", "100"},
       {"19", "0.100", "0.050", "99"},  // inverted: the pauses, and the last has no end
       {"21", "0.100", "0.050", "99"},
       {"01", "0.100", "0.050", "0"}}));
  CAPTURE(dd, period, length);
  auto pulses = document(dd);
  pulses.csv_registers = R"("pulse_input")";
  pulses.csv_interval_s = 30;
  pulses.duration_s = 30;
  pulses.actions = at("1", std::string{R"("input_pulses": {"input": 1, "count": 100, "period_s": )"} +
                               period + R"(, "length_s": )" + length + "}");
  CHECK(run_values(pulses) == std::string{"0 "} + count + " ");
}

TEST_CASE("inputs: the pulse register weighs each pulse and is refreshed every ten seconds",
          "[IO-02][REG-05]") {
  // A pulse a second from 1 s on, of 0.25 each: 9 until 10 s are 2.25, 19 until 20 s are 4.75, 29 are 7.25.
  auto pulses = document("03");
  pulses.meter = R"("pulse_weight": 0.25,)";
  pulses.csv_registers = R"("pulse_input")";
  pulses.csv_interval_s = 5;
  pulses.duration_s = 30;
  pulses.actions = at("1", R"("input_pulses": {"input": 1, "count": 100, "period_s": 1, "length_s": 0.1})");
  CHECK(run_values(pulses) == "0 0 2 2 4 4 7 ");
}

TEST_CASE("inputs: a pulse weight the sister meter does not have is refused", "[IO-02]") {
  auto const [weight, message] = GENERATE(table<char const*, char const*>(
      {{"0.05", "$.meter.pulse_weight: 0.05 is not allowed; allowed: a number from 0.1 to 1000"},
       {"1001", "$.meter.pulse_weight: 1001 is not allowed; allowed: a number from 0.1 to 1000"},
       {"0.1234",
        "$.meter.pulse_weight: 0.1234: is no whole count of thousandths; allowed: at most three decimals"}}));
  CAPTURE(weight);
  auto pulses = document("03");
  pulses.meter = std::string{R"("pulse_weight": )"} + weight + ",";
  Folder const folder;
  auto const outcome = run_in(folder, pulses);
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains(std::string{"scenario.json: "} + message));
}

TEST_CASE("inputs: a pulse at the debiting input stops the debiting period", "[IO-01]") {
  auto stop = document("15");
  stop.csv_registers = R"("debiting_count")";
  stop.actions = at("0.5", R"("input_pulses": {"input": 1, "count": 2, "period_s": 1, "length_s": 0.1})");
  CHECK(run_values(stop) == "0 1 2 2 2 ");
}

TEST_CASE("outputs: the module port gives the tariff's code", "[IO-01]") {
  auto code = document("22", "002");
  code.results = R"(["module_1", "module_2"])";
  code.actions = at("1", R"("set_tariff": {"tariff": 2})") + "," + at("2", R"("set_tariff": {"tariff": 3})") +
                 "," + at("3", R"("set_tariff": {"tariff": 4})");
  CHECK(edges(code) ==
        "1 module_1 on; 2 module_1 off; 2 module_2 on; 3 module_1 on; 4 module_1 off; 4 module_2 off; ");
  code.configuration_1 = "31000232";
  CHECK(edges(code) ==
        "0 module_1 on; 0 module_2 on; 1 module_1 off; 2 module_1 on; 2 module_2 off; "
        "3 module_1 off; ");
}

TEST_CASE("outputs: loads follow the tariffs they are set to", "[IO-01]") {
  // T2 between 1 s and 2 s, T3 between 2 s and 3 s, on a Monday. Load 1 is on in T2, load 2 in T2 and T3.
  auto const [dd, on] = GENERATE(table<char const*, char const*>(
      {{"17", "1 module_2 on; 2 module_2 off; "},
       {"18", "1 module_2 on; 2 module_2 off; "},
       {"19", "1 module_2 on; 2 module_2 off; "},
       {"20", "0 module_2 on; 1 module_2 off; 2 module_2 on; 4 module_2 off; "},
       {"21", "0 module_2 on; 1 module_2 off; 2 module_2 on; 4 module_2 off; "},
       {"27", "1 module_2 on; 2 module_2 off; "},
       {"28", "1 module_2 on; 2 module_2 off; "}}));
  CAPTURE(dd);
  auto loads = document(dd, "002");
  loads.meter = R"("load_control": {"delay_s": 0, "load_2": {"tariffs": [2, 3]}},)";
  loads.results = R"(["module_2"])";
  loads.actions = at("1", R"("set_tariff": {"tariff": 2})") + "," +
                  at("2", R"("set_tariff": {"tariff": 3})") + "," + at("3", R"("set_tariff": {"tariff": 1})");
  CHECK(edges(loads) == on);
}

TEST_CASE("outputs: two relays have loads of their own, and switch off at once", "[IO-01]") {
  auto loads = document("26", "002");
  loads.meter = R"("load_control": {"delay_s": 0, "load_2": {"tariffs": [2, 3]}},)";
  loads.results = R"(["module_1", "module_2"])";
  loads.actions = at("1", R"("set_tariff": {"tariff": 2})") + "," +
                  at("2", R"("set_tariff": {"tariff": 3})") + "," + at("3", R"("set_tariff": {"tariff": 1})");
  CHECK(edges(loads) == "1 module_1 on; 1 module_2 on; 2 module_1 off; 3 module_2 off; ");
}

TEST_CASE("outputs: switching on waits for a random time of the meter's own, switching off does not",
          "[IO-01]") {
  // At most 600 s; SplitMix64 is not worked out here, so the delay itself has no literal: it differs by
  // serial number.
  auto const seconds_left = [](std::string const& serial) {
    Folder const folder;
    auto loads = document("27", "002");
    loads.meter = R"("load_control": {"delay_s": 600},)";
    loads.csv_registers = R"("load_1_delay_left", "load_1_active")";
    loads.actions =
        at("1", R"("set_tariff": {"tariff": 2})") + "," + at("602", R"("set_tariff": {"tariff": 1})");
    loads.csv_interval_s = 2;
    loads.duration_s = 604;
    auto text = loads.text();
    text.replace(text.find("35100001"), 8, serial);
    folder.write("scenario.json", text);
    auto const outcome = blondel::test::run("run '" + folder.file("scenario.json") + "' --out '" +
                                            folder.file("results") + "'");
    REQUIRE(outcome.exit_code == 0);
    auto const rows = folder.read("results/registers.csv");
    auto const row = [&](std::string const& time) {
      auto const from = rows.find("," + serial + ",", rows.find("\n" + time)) + serial.size() + 2;
      return rows.substr(from, rows.find(',', rows.find(',', from) + 1) - from);
    };
    CHECK(row("2026-01-05T11:00:00.000Z") == "0,0");
    CHECK(row("2026-01-05T11:10:02.000Z") == "0,1");
    CHECK(row("2026-01-05T11:10:04.000Z") == "0,0");
    return std::stoi(row("2026-01-05T11:00:02.000Z"));
  };
  auto const first = seconds_left("35100001");
  auto const second = seconds_left("35100002");
  CHECK(first >= 0);
  CHECK(first <= 600);
  CHECK(first != second);
}
