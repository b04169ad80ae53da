#include <scenario/document.hpp>
#include <scenario/schema.hpp>

#include <catch2/catch.hpp>

#include <iterator>

#include "scratch.hpp"

using namespace blondel;

// Every message is the literal text a person must get: file, JSON path, value, what is allowed.

namespace {

std::string fault(std::string const& from, std::string const& to) {
  auto const document = Document::parse(small_document(from, to), "s.json", DocumentKind::scenario);
  return document ? "accepted" : document.error().message;
}

}  // namespace

TEST_CASE("scenario: the small document passes its schema") {
  CHECK(fault("", "") == "accepted");
}

TEST_CASE("scenario: a misspelt key is refused with its place and the nearest key") {
  CHECK(fault("\"voltage_v\"", "\"voltage_V\"") ==
        "s.json: $.source.constant: unknown key \"voltage_V\", did you mean \"voltage_v\"?; allowed: "
        "angle_deg, current_a, direct_current_a, frequency_hz, harmonics, power_factor, power_factor_kind, "
        "shape, temperature_c, voltage_v");
}

TEST_CASE("scenario: a key that is like no other is refused without a guess") {
  CHECK(fault("\"seed\": 1", "\"seed\": 1, \"qqqqqqqqqqqq\": 1")
            .starts_with("s.json: $: unknown key \"qqqqqqqqqqqq\"; allowed: $schema, actions"));
}

TEST_CASE("scenario: a misspelt action is refused inside the list") {
  CHECK(fault("\"set_load\"", "\"set_laod\"")
            .starts_with("s.json: $.actions[0]: unknown key \"set_laod\", did you mean \"set_load\"?"));
}

TEST_CASE("scenario: a negative frequency is refused with value and limits") {
  CHECK(fault("\"voltage_v\": 230", "\"voltage_v\": 230, \"frequency_hz\": -50") ==
        "s.json: $.source.constant.frequency_hz: -50 is not allowed; allowed: a number from 40 to 70 (in Hz; "
        "default 50)");
}

TEST_CASE("scenario: what a number or a list may be is said in words") {
  constexpr auto allowed =
      " is not allowed; allowed: a number from -1 to 1 or a list of 3 (negative exports; one number or "
      "three; "
      "default 1)";
  CHECK(fault("\"voltage_v\": 230", "\"voltage_v\": 230, \"power_factor\": 1.2") ==
        std::string{"s.json: $.source.constant.power_factor: 1.2"} + allowed);
  CHECK(fault("\"voltage_v\": 230", "\"voltage_v\": 230, \"power_factor\": [1, 0.5]") ==
        std::string{"s.json: $.source.constant.power_factor: [1,0.5]"} + allowed);
}

TEST_CASE("scenario: a value outside an enumeration is refused with the list") {
  CHECK(fault("\"interval\",", "\"intervall\",") ==
        "s.json: $.tier: \"intervall\" is not allowed; allowed: \"waveform\", \"phasor\", \"interval\" "
        "(samples at 8 kHz; closed forms, handed over cycle by cycle; closed forms over constant spans)");
}

TEST_CASE("scenario: a missing key is named with what it takes") {
  CHECK(fault("\"seed\": 1,", "") ==
        "s.json: $: the key \"seed\" is missing; allowed: a whole number of at least 0 (of every random "
        "stream)");
}

TEST_CASE("scenario: two actions in one entry are refused") {
  CHECK(fault("\"set_load\"", "\"power_off\": {}, \"set_load\"").starts_with("s.json: $.actions[0]: "));
}

TEST_CASE("scenario: a value of the wrong type is refused") {
  CHECK(fault("\"duration_s\": 60", "\"duration_s\": \"60\"") ==
        "s.json: $.duration_s: \"60\" is not allowed; allowed: a number above 0 and up to 3200000000 "
        "(simulated time, "
        "whole "
        "milliseconds)");
}

// Columns counted by hand in small_document(): "seed" begins at column 61 of line 2, and 11 columns later
// once more.

TEST_CASE("scenario: a key that stands twice is refused with the place of the second") {
  CHECK(fault("\"seed\": 1", "\"seed\": 1, \"seed\": 2") ==
        "s.json: line 2, column 72: the key \"seed\" stands twice; allowed: once in an object");
  CHECK(fault("{\n", "{\"a\\\\\": {\"b\\\"\": 1,\n \"b\\\"\": 2},\n") ==
        "s.json: line 2, column 2: the key \"b\\\"\" stands twice; allowed: once in an object");
}

TEST_CASE("scenario: a key may stand in two objects") {
  CHECK(
      fault("{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}",
            "{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}, {\"at_s\": 31, \"set_load\": {\"current_a\": "
            "50}}") == "accepted");
}

TEST_CASE("scenario: a number that no double holds is refused with line and column") {
  CHECK(fault("\"seed\": 1", "\"seed\": 1e999") ==
        "s.json: line 2, column 69: 1e999 is more than a number can hold; allowed: up to 1.79e308");
  CHECK(fault("\"duration_s\": 60", "\"duration_s\":\n-1e400") ==
        "s.json: line 4, column 1: -1e400 is more than a number can hold; allowed: up to 1.79e308");
  auto const alone = Document::parse("1e999", "s.json", DocumentKind::scenario);
  REQUIRE_FALSE(alone);
  CHECK(alone.error().message ==
        "s.json: line 1, column 1: 1e999 is more than a number can hold; allowed: up to 1.79e308");
}

TEST_CASE("scenario: a text nested without end is refused, not followed") {
  auto const deep = Document::parse(std::string(1'000'000, '['), "s.json", DocumentKind::scenario);
  REQUIRE_FALSE(deep);
  CHECK(deep.error().message == "s.json: line 1, column 33: nested too deep; allowed: 32 levels");
}

TEST_CASE("scenario: control characters of a key do not reach the terminal") {
  CHECK(fault("\"seed\": 1", "\"seed\": 1, \"\\u001b[2J\": 1")
            .starts_with("s.json: $: unknown key \"\\u001b[2J\"; allowed: "));
}

TEST_CASE("scenario: text that is no JSON is refused with line and column") {
  auto const document = Document::parse("{\n  \"version\" 1\n}", "s.json", DocumentKind::scenario);
  REQUIRE_FALSE(document);
  CHECK(document.error().kind == ScenarioError::Kind::invalid);
  CHECK(document.error().message == "s.json: line 2, column 13: no JSON: not what JSON allows here");
}

TEST_CASE("scenario: a missing file is a run-time error that names it") {
  auto const document = Document::load("/nowhere/scenario.json", DocumentKind::scenario);
  REQUIRE_FALSE(document);
  CHECK(document.error().kind == ScenarioError::Kind::runtime);
  CHECK(document.error().message == "/nowhere/scenario.json: cannot be read (missing or no permission)");
}

TEST_CASE("scenario: the nearest name needs to be near") {
  CHECK(nearest_name("currnt_a", {"current_a", "voltage_v"}) == "current_a");
  CHECK(nearest_name("zzz", {"current_a", "voltage_v"}).empty());
}

TEST_CASE("scenario: the published schema holds every action") {
  auto const schema = scenario_schema();
  for (auto const* action : {"set_load", "set_voltage", "set_frequency", "set_temperature", "set_connection",
                             "lose_phase", "restore_phase", "power_off", "power_on", "set_clock"}) {
    INFO(action);
    CHECK(schema.find("\"" + std::string{action} + "\": {") != std::string::npos);
  }
  CHECK(schema.find("http://json-schema.org/draft-07/schema#") != std::string::npos);
}

TEST_CASE("scenario: the schema beside the scenarios is the published one") {
  std::ifstream stream{std::filesystem::path{BLONDEL_SOURCE_DIR} / "scenarios" / "scenario.schema.json"};
  std::string const file{std::istreambuf_iterator<char>{stream}, {}};
  CHECK(file == scenario_schema());
}

TEST_CASE("scenario: a document that is a device or too large is refused before it is read") {
  auto const device = Document::load("/dev/zero", DocumentKind::scenario);
  REQUIRE_FALSE(device);
  CHECK(device.error().message == "/dev/zero: is a pipe, a device or a socket; allowed: a regular file");
  Scratch const scratch{"document_large"};
  auto const file = scratch.write("large.json", "{}");
  std::filesystem::resize_file(file, 67'108'865);  // sparse
  auto const large = Document::load(file, DocumentKind::meter_model);
  REQUIRE_FALSE(large);
  CHECK(large.error().message == file.string() + ": has 67108865 octets; allowed: up to 67108864");
}
