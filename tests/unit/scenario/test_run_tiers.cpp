#include <blondel/scenario/scenario.hpp>

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <vector>

#include "scratch.hpp"

using namespace blondel;

namespace {

/// What the small document says of its tier, the events on the way and the summary.
struct Told {
  std::vector<std::string> tiers;  ///< transcript lines "tier ...", from their time of day on
  std::vector<std::string> warnings;
  std::string summary;
};

Told told_of(std::string const& tier, std::string const& action) {
  Scratch const scratch{"run_tiers"};
  auto document = small_document("\"tier\": \"interval\"", tier);
  std::string const old = "\"set_load\": {\"current_a\": 50}";
  document.replace(document.find(old), old.size(), action);
  document.replace(document.find("\"tolerance\": 0.001"), 18, "\"tolerance\": 1");
  scratch.write("scenario.json", document);
  Told told;
  RunOptions options;
  options.models = models_folder();
  options.output = scratch.path() / "out";
  options.on_transcript = [&told](std::string const& line) {
    if (auto const at = line.find(" 35100001 tier "); at != std::string::npos) {
      told.tiers.push_back(line.substr(11, 12) + line.substr(at + 9));
    }
  };
  auto const scenario = load_scenario(scratch.path(), options);
  INFO((scenario ? std::string{} : scenario.error().message));
  REQUIRE(scenario);
  auto const run = ScenarioRun::create(*scenario, options);
  REQUIRE(run);
  REQUIRE((*run)->step((*run)->end()));
  REQUIRE((*run)->finish(false));
  told.warnings = (*run)->warnings();
  std::ifstream file{*options.output / "summary.json"};
  told.summary = {std::istreambuf_iterator<char>{file}, {}};
  return told;
}

std::string refusal(std::string const& tier) {
  Scratch const scratch{"run_tiers_refused"};
  RunOptions options;
  options.models = models_folder();
  auto const file = scratch.write("scenario.json", small_document("\"tier\": \"interval\"", tier));
  auto const scenario = load_scenario(file, options);
  REQUIRE_FALSE(scenario);
  return scenario.error().message.substr(file.string().size() + 2);
}

}  // namespace

TEST_CASE("run: a hybrid run tells each change of tier and its time in each") {
  auto const told =
      told_of(R"("tier": "phasor", "hybrid": {"window_s": 4})", R"("lose_phase": {"phase": "L2"})");
  CHECK(told.tiers ==
        std::vector<std::string>{"00:00:00.000 tier phasor, hybrid 4 s",
                                 "00:00:00.000 tier waveform: start-up", "00:00:04.000 tier phasor",
                                 "00:00:30.000 tier waveform: voltage change", "00:00:34.000 tier phasor"});
  CHECK(told.summary.find("\"tier_times_s\": {\n    \"waveform\": 8.0,\n    \"phasor\": 52.0\n  }") !=
        std::string::npos);
}

TEST_CASE("run: a hybrid run keeps half waves in the waveform tier") {
  auto const told = told_of(R"("tier": "interval", "hybrid": {"window_s": 4})",
                            R"("set_load": {"current_a": 50, "shape": "half_wave"})");
  REQUIRE(told.tiers.size() == 4);
  CHECK(told.tiers[3] == "00:00:30.000 tier waveform: current shape");
  CHECK(told.warnings.empty());
}

TEST_CASE("run: a cheap tier that is not hybrid warns of the direct current it ignores") {
  auto const told =
      told_of(R"("tier": "interval")", R"("set_load": {"current_a": 50, "direct_current_a": 1})");
  CHECK(told.tiers == std::vector<std::string>{"00:00:00.000 tier interval"});
  REQUIRE(told.warnings.size() == 1);
  CHECK(
      told.warnings[0] ==
      "at 30 s: the interval tier ignores the direct current and what it does to the transformers; a hybrid "
      "run does not");
  CHECK(told.summary.find("tier_times_s") == std::string::npos);
}

TEST_CASE("run: a cheap tier that is not hybrid warns where its accuracy surface ends, once a cause") {
  // 200/5: 600 A are 15 A behind the transformer. Fitted up to 12 A, 45 to 65 Hz, -50 to 96 C, 92 to 506 V.
  struct Row {
    std::string action, text;
  };
  auto const row = GENERATE(Row{R"("set_load": {"phase": "L2", "current_a": 600})",
                                "as at 12 A: L2 secondary current 15 A is outside the fitted 0 to 12 A"},
                            Row{R"("set_voltage": {"phase": "L3", "voltage_v": 60})",
                                "as at 92 V: L3 voltage 60 V is outside the fitted 92 to 506 V"},
                            Row{R"("set_frequency": {"frequency_hz": 42})",
                                "as at 45 Hz: frequency 42 Hz is outside the fitted 45 to 65 Hz"});
  CAPTURE(row.action);
  auto const told = told_of(R"("tier": "phasor")", row.action);
  std::vector<std::string> found;
  for (auto const& warning : told.warnings) {
    if (warning.find(" tier ") != std::string::npos) {
      found.push_back(warning);
    }
  }
  CHECK(found == std::vector<std::string>{"at 30 s: the phasor tier measures " + row.text +
                                          "; a hybrid run goes beyond"});
  for (auto const& warning : told_of(R"("tier": "waveform")", row.action).warnings) {
    CHECK(warning.find(" tier ") == std::string::npos);
  }
}

TEST_CASE("run: hybrid is refused where it has no meaning") {
  CHECK(refusal(R"("tier": "waveform", "hybrid": {"window_s": 4})").starts_with("$.hybrid: "));
  CHECK(refusal(R"("tier": "waveform", "hybrid": {"window_s": 4})")
            .ends_with("allowed with tier \"phasor\" or \"interval\""));
  CHECK(refusal(R"("tier": "interval", "hybrid": {"window_s": 0.5})").starts_with("$.hybrid.window_s"));
}
