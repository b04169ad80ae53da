#include <scenario/connection.hpp>
#include <scenario/scenario_data.hpp>

#include <catch2/catch.hpp>

#include "scratch.hpp"

using namespace blondel;

// Terminals as in device.md 15: 2, 5, 8 voltage, 11 neutral, 1-3, 4-6, 7-9 current; Aron without 11 and 4-6.

namespace {

/// The small document with this connection, of the four-wire or of the three-wire form.
ScenarioResult<std::shared_ptr<Scenario const>> load(std::string const& connection,
                                                     std::string const& type = "685-35-CC4-23-010") {
  Scratch const scratch{"connection"};
  auto text = small_document("\"seed\": 1", "\"seed\": 1, \"connection\": " + connection);
  text.replace(text.find("685-35-CC4-23-010"), 17, type);
  RunOptions options;
  options.models = models_folder();
  return load_scenario(scratch.write("scenario.json", text), options);
}

std::string fault(std::string const& connection, std::string const& type = "685-35-CC4-23-010") {
  auto const scenario = load(connection, type);
  return scenario ? "accepted" : scenario.error().message.substr(scenario.error().message.find("$."));
}

std::string const aron = "685-25-CC4-23-010";

}  // namespace

TEST_CASE("connection: what is left out is connected right") {
  auto const scenario = load("{}");
  REQUIRE(scenario);
  CHECK((*scenario)->connection_text == "2 L1, 5 L2, 8 L3, 11 N, 1-3 L1, 4-6 L2, 7-9 L3");
  auto const& wiring = (*scenario)->twin.wiring;
  CHECK(wiring.voltage == std::array{Conductor::l1, Conductor::l2, Conductor::l3});
  CHECK(wiring.neutral == Conductor::n);
  CHECK(wiring.current[2].line == 2);
  CHECK(wiring.current[2].share == 1.0);
  CHECK_FALSE(wiring.neutral_lost);
}

TEST_CASE("connection: each terminal takes what the document says") {
  auto const scenario = load(
      R"({"terminals": {"2": "N", "5": "open", "8": "fuse_blown", "11": "L1"}, "transformers": {
        "1-3": {"line": "L3", "reversed": true, "share": 0.25}, "4-6": {"secondary": "open"},
        "7-9": {"line": "L2", "secondary": "shorted"}}, "supply_neutral": "lost"})");
  REQUIRE(scenario);
  CHECK((*scenario)->connection_text ==
        "2 N, 5 open, 8 fuse_blown, 11 L1, 1-3 L3 reversed share 0.25, 4-6 L2 open, 7-9 L2 shorted, supply "
        "neutral lost");
  auto const& wiring = (*scenario)->twin.wiring;
  CHECK(wiring.voltage == std::array{Conductor::n, Conductor::none, Conductor::none});
  CHECK(wiring.neutral == Conductor::l1);
  CHECK(wiring.current[0].line == 2);
  CHECK(wiring.current[0].share == -0.25);
  CHECK(wiring.current[1].share == 0.0);
  CHECK(wiring.current[2].line == 1);
  CHECK(wiring.current[2].share == 0.0);
  CHECK(wiring.neutral_lost);
}

TEST_CASE("connection: a three-wire meter has neither neutral nor the terminals 4 and 6") {
  CHECK(fault(R"({"terminals": {"2": "L3"}, "transformers": {"7-9": {"reversed": true}}})", aron) ==
        "accepted");
  CHECK(fault(R"({"terminals": {"11": "N"}})", aron) ==
        "$.connection.terminals.11: \"N\": a three-wire (Aron) meter has no terminal 11; allowed: 2, 5, 8");
  CHECK(fault(R"({"terminals": {"5": "N"}})", aron) ==
        "$.connection.terminals.5: \"N\": a three-wire (Aron) meter stands in a supply without neutral; "
        "allowed: \"L1\", \"L2\", \"L3\", \"open\", \"fuse_blown\"");
  CHECK(
      fault(R"({"transformers": {"4-6": {"reversed": true}}})", aron) ==
      "$.connection.transformers.4-6: {\"reversed\":true}: a three-wire (Aron) meter has no terminals 4 and "
      "6; allowed: 1-3, 7-9");
  CHECK(
      fault(R"({"supply_neutral": "lost"})", aron) ==
      "$.connection.supply_neutral: \"lost\": a three-wire (Aron) meter stands in a supply without neutral; "
      "allowed: left out");
}

TEST_CASE("connection: an open or shorted secondary has neither direction nor share") {
  CHECK(fault(R"({"transformers": {"1-3": {"secondary": "open", "reversed": true}}})") ==
        "$.connection.transformers.1-3.reversed: true: no current comes from a secondary that is open; "
        "allowed: "
        "left out beside it");
}

TEST_CASE("connection: a terminal that does not exist and a word nobody knows are refused with the list") {
  CHECK(fault(R"({"terminals": {"3": "L1"}})") ==
        "$.connection.terminals: unknown key \"3\", did you mean \"2\"?; allowed: 11, 2, 20, 21, 5, 8");
  CHECK(fault(R"({"terminals": {"11": "fuse_blown"}})") ==
        "$.connection.terminals.11: \"fuse_blown\" is not allowed; allowed: \"N\", \"L1\", \"L2\", \"L3\", "
        "\"open\" (neutral terminal, which has no fuse; default N)");
}

TEST_CASE("connection: an action knows the form of the meter") {
  Scratch const scratch{"connection_action"};
  auto text = small_document("\"set_load\": {\"current_a\": 50}",
                             "\"set_connection\": {\"terminals\": {\"11\": \"open\"}}");
  RunOptions options;
  options.models = models_folder();
  auto const four_wire = load_scenario(scratch.write("scenario.json", text), options);
  REQUIRE(four_wire);
  CHECK((*four_wire)->actions[0].body.text == "2 L1, 5 L2, 8 L3, 11 open, 1-3 L1, 4-6 L2, 7-9 L3");
  text.replace(text.find("685-35-CC4-23-010"), 17, aron);
  auto const three_wire = load_scenario(scratch.write("scenario.json", text), options);
  REQUIRE_FALSE(three_wire);
  CHECK(three_wire.error().message.find("$.actions[0].set_connection.terminals.11: \"open\": a three-wire") !=
        std::string::npos);
}
