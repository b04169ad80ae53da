#include <scenario/load_parts.hpp>

#include <catch2/catch.hpp>

#include "scratch.hpp"

using namespace blondel;

namespace {

RunOptions options() {
  RunOptions options;
  options.models = models_folder();
  return options;
}

/// The message without the folder, or "accepted".
std::string fault(std::string const& from, std::string const& to) {
  Scratch const scratch{"loader"};
  auto const file = scratch.write("scenario.json", small_document(from, to));
  auto const scenario = load_scenario(file, options());
  if (scenario) {
    return "accepted";
  }
  CHECK(scenario.error().message.starts_with(file.string()));
  return scenario.error().message.substr(file.string().size() + 2);
}

}  // namespace

TEST_CASE("scenario: a directory stands for its scenario.json") {
  Scratch const scratch{"loader_directory"};
  scratch.write("scenario.json", small_document());
  auto const scenario = load_scenario(scratch.path(), options());
  REQUIRE(scenario);
  CHECK((*scenario)->name == "small");
  CHECK((*scenario)->twin.ct_ratio == 40.0);
  CHECK((*scenario)->warnings.empty());
}

TEST_CASE("scenario: a type number's wrong digit is named with its letters and what is allowed") {
  CHECK(
      fault("685-35-CC4-23-010", "685-35-XC4-23-010") ==
      "$.meter.type_number: \"685-35-XC4-23-010\": X3 (digit 6) is not in the data sheet; allowed: 1,5,B,C");
}

TEST_CASE("scenario: a configuration's wrong digit is named with its letters and what is allowed") {
  auto const message = fault("00004011", "00099911");
  CHECK(
      message.starts_with("$.meter.configuration[4]: \"00099911\": SSS (digit 4) is not in the data sheet; "
                          "allowed: 001"));
}

TEST_CASE("scenario: a configuration number of seven digits is refused") {
  CHECK(fault("31000162", "3100016") ==
        "$.meter.configuration[0]: \"3100016\": has the wrong count of digits; allowed: 8 digits beside "
        "dashes and "
        "spaces");
}

TEST_CASE("scenario: a ratio that differs from the transformer's is a warning, not an error") {
  Scratch const scratch{"loader_ratio"};
  scratch.write("scenario.json", small_document("nanocrystalline_200_5", "nanocrystalline_50_5"));
  auto const scenario = load_scenario(scratch.path(), options());
  REQUIRE(scenario);
  REQUIRE((*scenario)->warnings.size() == 4);  // and 10 A behind 50/5 are above 6 A in each phase
  CHECK((*scenario)->warnings[0] == "the meter is configured for 200/5 A, the transformer is 50/5 A");
}

TEST_CASE("scenario: a missing register is refused with the nearest name") {
  CHECK(fault("\"register\": \"1.8.0\"", "\"register\": \"active_energy_imprt\"")
            .starts_with("$.expect[0].register: \"active_energy_imprt\": no such register; did you mean "
                         "\"active_energy_import\"?"));
}

TEST_CASE("scenario: a register may be named by display id, row or KMP number") {
  CHECK(fault("\"register\": \"1.8.0\"", "\"register\": \"active_energy_import\"") == "accepted");
  CHECK(fault("\"register\": \"1.8.0\"", "\"register\": 1") == "accepted");
}

TEST_CASE("scenario: the unit of an expectation must be the register's") {
  CHECK(fault("\"unit\": \"kWh\"", "\"unit\": \"Wh\"") ==
        "$.expect[0].unit: \"Wh\": not the register's unit; allowed: \"kWh\"");
}

TEST_CASE("scenario: an expectation after the end is refused") {
  CHECK(fault("\"at_s\": \"end\"", "\"at_s\": 61")
            .starts_with("$.expect[0].at_s: 61: is after the end of the scenario"));
}

TEST_CASE("scenario: a register that the energy type does not have is refused") {
  CHECK(fault("685-35-CC4-23-010", "685-35-CC1-23-010") == "accepted");
  Scratch const scratch{"loader_presence"};
  auto text = small_document("685-35-CC4-23-010", "685-35-CC1-23-010");
  text.replace(text.rfind("[\"1.8.0\"]"), 9, "[\"2.8.0\"]");
  scratch.write("scenario.json", text);
  auto const scenario = load_scenario(scratch.path(), options());
  REQUIRE_FALSE(scenario);
  CHECK(scenario.error().message.find("$.results.csv.registers[0]: \"2.8.0\": a meter of energy type 1") !=
        std::string::npos);
}

TEST_CASE("scenario: times finer than a millisecond are refused") {
  CHECK(fault("\"at_s\": 30", "\"at_s\": 30.0005") ==
        "$.actions[0].at_s: 30.0005: is no whole count of milliseconds; allowed: at most three decimals");
  CHECK(fault("\"at_s\": 30", "\"at_s\": 30.001") == "accepted");
}

TEST_CASE("scenario: a day that does not exist is refused") {
  CHECK(fault("2026-01-05T00:00:00", "2026-02-29T00:00:00")
            .starts_with("$.start: \"2026-02-29T00:00:00\": no such"));
}

TEST_CASE("scenario: an angle beside a power factor is refused") {
  CHECK(fault("\"current_a\": 100", "\"current_a\": 100, \"angle_deg\": 10, \"power_factor\": 1")
            .starts_with("$.source.constant.angle_deg: 10: stands beside power_factor"));
}

TEST_CASE("scenario: actions are kept in time order, equal times in the order of the list") {
  Scratch const scratch{"loader_actions"};
  scratch.write(
      "scenario.json",
      small_document("{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}",
                     "{\"at_s\": 30, \"power_off\": {}}, {\"at_s\": 5.5, \"set_voltage\": {\"phase\": "
                     "\"L1\", \"voltage_v\": 207}}, {\"at_s\": 30, \"power_on\": {}}"));
  auto const scenario = load_scenario(scratch.path(), options());
  REQUIRE(scenario);
  auto const& actions = (*scenario)->actions;
  REQUIRE(actions.size() == 3);
  CHECK(actions[0].key == "set_voltage");
  CHECK(actions[0].at.ns() == 5'500'000'000);
  CHECK(actions[0].body.text == "L1 207 V");
  CHECK(actions[1].key == "power_off");
  CHECK(actions[2].key == "power_on");
}

// 200/5 A: 800 A through the primary are 20 A, 820 A are 20.5 A behind it (by hand).

TEST_CASE("scenario: a constant current beyond the converters is refused in the interval tier") {
  CHECK(fault("\"current_a\": 100", "\"current_a\": [100, 820, 100]") ==
        "$.source.constant.current_a: L2 820 A is 20.5 A behind the transformer; allowed in the interval "
        "tier: up to 20 A");
  CHECK(fault("\"current_a\": 100", "\"current_a\": 800") == "accepted");
}

TEST_CASE("scenario: an action's current beyond the converters is refused in the interval tier") {
  CHECK(fault("\"current_a\": 50", "\"current_a\": 820")
            .starts_with("$.actions[0].set_load: L1 820 A is 20.5 A behind the transformer"));
}

TEST_CASE("scenario: a current beyond the converters is a warning in the waveform tier") {
  Scratch const scratch{"loader_clips"};
  auto text = small_document("\"current_a\": 100", "\"current_a\": 820");
  text.replace(text.find("\"interval\""), 10, "\"waveform\"");
  auto const file = scratch.write("scenario.json", text);
  auto const scenario = load_scenario(file, options());
  REQUIRE(scenario);
  REQUIRE((*scenario)->warnings.size() == 4);  // and each of the three phases is above 6 A
  CHECK((*scenario)->warnings[0] ==
        "$.source.constant.current_a: L1 820 A is 20.5 A behind the transformer; the "
        "converter clips at a peak of 20 A");
}

TEST_CASE("scenario: with the neutral lost the converters are judged by the currents that then flow") {
  // Loads as admittances, 820, 100 and 100 A at 230 V: 3.565 and twice 0.435 S. Millman puts the star point
  // at 230 V x (3.565 - 0.435) / 4.435 = 162.3 V towards L1, which keeps 67.6 V and 241.2 A, 6.03 A at the
  // meter; L2 and L3 have 341.5 V and 148.5 A, 3.71 A.
  Scratch const scratch{"loader_neutral"};
  auto const load = [&](std::string const& currents_a) {
    auto text = small_document("\"current_a\": 100", "\"current_a\": " + currents_a);
    text.replace(text.find("\"interval\""), 10, "\"waveform\"");
    text.insert(text.find("\"external_ct\""), "\"connection\": {\"supply_neutral\": \"lost\"}, ");
    auto const scenario = load_scenario(scratch.write("scenario.json", text), options());
    REQUIRE(scenario);
    std::string clips;
    for (auto const& warning : (*scenario)->warnings) {
      clips += warning.find("clips") != warning.npos ? warning + "\n" : "";
    }
    return clips;
  };
  CHECK(load("[820, 100, 100]").empty());
  // 500, 500 and 100 A leave L1 and L2 201.6 V and 438.3 A, 10.96 A at the meter; 700, 700 and 100 A 200.5 V
  // and 610.2 A, 15.26 A, above 20 A / sqrt 2. L3 has 3.4 and 3.5 A.
  CHECK(load("[500, 500, 100]").empty());
  CHECK_THAT(load("[700, 700, 100]"), Catch::StartsWith("L1 current is 15.256 A") &&
                                          Catch::Contains("\nL2 current is 15.256 A") &&
                                          !Catch::Contains("L3"));
}

TEST_CASE("scenario: a missing model is told with the place in the document") {
  CHECK(fault("nanocrystalline_200_5", "nothing").starts_with("$.external_ct: \"nothing\": "));
  CHECK(fault("685-35-CC4-23-010", "685-25-CB4-23-010")
            .starts_with("$.meter.type_number: \"685-25-CB4-23-010\": "));
}

TEST_CASE("scenario: an action after the end is refused") {
  CHECK(fault("\"at_s\": 30", "\"at_s\": 61") ==
        "$.actions[0].at_s: 61: is after the end of the scenario; allowed: up to duration_s");
  CHECK(fault("\"at_s\": 30", "\"at_s\": 60") == "accepted");
}

TEST_CASE("scenario: a folder without a document is invalid") {
  Scratch const scratch{"loader_empty"};
  auto const scenario = load_scenario(scratch.path(), options());
  REQUIRE_FALSE(scenario);
  CHECK(scenario.error().kind == ScenarioError::Kind::invalid);
  CHECK(scenario.error().message == scratch.path().string() + ": the folder has no scenario.json");
}

TEST_CASE("scenario: a start in the hour that spring leaves out is refused") {
  // PPP = 001: the clocks go forward at 02:00 on 29 March 2026 (zoneinfo, Europe/Copenhagen)
  CHECK(fault("2026-01-05T00:00:00", "2026-03-29T02:30:00") ==
        "$.start: \"2026-03-29T02:30:00\": does not exist: the clocks go forward over it; allowed: up to "
        "2026-03-29T01:59:59 or from 2026-03-29T03:00:00 on");
  CHECK(fault("2026-01-05T00:00:00", "2026-03-29T03:00:00") == "accepted");
}

TEST_CASE("scenario: an RF code without radio names both digits, their values and what is allowed") {
  CHECK(fault("00004011", "318-040-1-1") ==
        "$.meter.configuration[4]: \"318-040-1-1\": RRR (digit 1) 318 contradicts X6 (digit 9 of the type "
        "number) 2, a meter without radio; allowed: RRR 000, or X6 5 (X6: 2,5; RRR with X6 5: "
        "000,318,319,327,328,339,348,349,359,369)");
}

TEST_CASE("scenario: the start may be outside the operating limits, which is a warning") {
  Scratch const scratch{"loader_limits"};
  scratch.write("scenario.json",
                small_document("\"voltage_v\": 230", "\"voltage_v\": 230, \"frequency_hz\": 60"));
  auto const scenario = load_scenario(scratch.path(), options());
  REQUIRE(scenario);
  CHECK((*scenario)->warnings ==
        std::vector<std::string>{
            "outside the operating limits: frequency 60 Hz, allowed 49 to 51 Hz (50 Hz +-2 %); goes on"});
}

TEST_CASE("scenario: a shape is one of all phases") {
  CHECK(fault("\"set_load\": {\"current_a\": 50}",
              "\"set_load\": {\"phase\": \"L2\", \"current_a\": 50, \"shape\": \"burst\"}") ==
        "$.actions[0].set_load.shape: \"burst\": stands beside phase L2; allowed: with all phases only");
}
