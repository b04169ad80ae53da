// Runs every scenario of scenarios/ and compares its transcript with expected.txt, octet for octet; lines
// that begin with # name the program's version and are no part of the comparison. The literal expectations
// inside the documents were worked out by hand or by the Python lines in each scenario's README.

#include <blondel/scenario/scenario.hpp>

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

using namespace blondel;

namespace {

namespace fs = std::filesystem;

fs::path const scenarios_folder = fs::path{BLONDEL_SOURCE_DIR} / "scenarios";

std::string content(fs::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// What the transcript says besides its head.
std::string body_of(std::string const& transcript) {
  std::string body;
  for (std::size_t from = 0; from < transcript.size();) {
    auto const end = transcript.find('\n', from);
    auto const next = end == std::string::npos ? transcript.size() : end + 1;
    if (transcript[from] != '#') {
      body += transcript.substr(from, next - from);
    }
    from = next;
  }
  return body;
}

/// False, with a printed reason, where the recordings are absent; on a build machine that is a failure.
/// @param kind which of them: "load", "comtrade"
bool have_recordings(std::string const& kind) {
  auto const folder = fs::path{BLONDEL_SOURCE_DIR} / ".." / "shared" / "data" / kind;
  if (fs::exists(folder)) {
    return true;
  }
  auto const* const ci = std::getenv("CI");
  if (ci != nullptr && std::string_view{ci} == "true") {
    FAIL("the recordings are absent: " << folder.lexically_normal().string());
  }
  std::puts("skipped: the recordings are absent");
  return false;
}

void run_and_compare(std::string const& name) {
  RunOptions options;
  options.models = fs::path{BLONDEL_SOURCE_DIR} / "models";
  options.output = fs::path{BLONDEL_GOLDEN_OUTPUT} / name;
  auto const scenario = load_scenario(scenarios_folder / name, options);
  INFO((scenario ? std::string{} : scenario.error().message));
  REQUIRE(scenario);
  auto const run = ScenarioRun::create(*scenario, options);
  REQUIRE(run);
  REQUIRE((*run)->step((*run)->end()));
  auto const summary = (*run)->finish(false);
  REQUIRE(summary);
  CHECK_FALSE(summary->expectations.empty());
  for (auto const& outcome : summary->expectations) {
    INFO(outcome.what << ": expected " << outcome.expected << ", found " << outcome.found);
    CHECK(outcome.passed);
  }
  CHECK(content(*options.output / "summary.json").find("\"difference_uj\": 0,") != std::string::npos);
  CHECK(body_of(content(*options.output / "transcript.txt")) ==
        content(scenarios_folder / name / "expected.txt"));
}

}  // namespace

TEST_CASE("golden: first_kilowatt_hour", "[SIM-01]") {
  run_and_compare("first_kilowatt_hour");
}
TEST_CASE("golden: four_quadrants") {
  run_and_compare("four_quadrants");
}
TEST_CASE("golden: power_cut", "[SIM-01]") {
  run_and_compare("power_cut");
}

TEST_CASE("golden: tariff_week", "[CLK-03][CLK-02]") {
  run_and_compare("tariff_week");
}
TEST_CASE("golden: phase_loss") {
  run_and_compare("phase_loss");
}
TEST_CASE("golden: hybrid_dip") {
  run_and_compare("hybrid_dip");
}
TEST_CASE("golden: wiring_mistakes", "[FE-11]") {
  run_and_compare("wiring_mistakes");
}
TEST_CASE("golden: wiring_mistakes_aron", "[FE-11]") {
  run_and_compare("wiring_mistakes_aron");
}

TEST_CASE("golden: billing_year", "[CLK-03][LOG-02][REG-04]") {
  run_and_compare("billing_year");
}
TEST_CASE("golden: gas_meter", "[IO-02]") {
  run_and_compare("gas_meter");
}
TEST_CASE("golden: tamper", "[LOG-07]") {
  run_and_compare("tamper");
}
TEST_CASE("golden: voltage_week", "[LOG-06]") {
  run_and_compare("voltage_week");
}
TEST_CASE("golden: ratio_change", "[REG-06]") {
  run_and_compare("ratio_change");
}

TEST_CASE("golden: ct_remanence", "[FE-01]") {
  run_and_compare("ct_remanence");
}

TEST_CASE("golden: household_day") {
  if (have_recordings("load")) {
    run_and_compare("household_day");
  }
}

TEST_CASE("golden: industrial_year") {
  if (have_recordings("load")) {
    run_and_compare("industrial_year");
  }
}

TEST_CASE("golden: relay_fault") {
  if (have_recordings("comtrade")) {
    run_and_compare("relay_fault");
  }
}

TEST_CASE("golden: aron_coasting", "[FE-04]") {
  if (have_recordings("comtrade")) {
    run_and_compare("aron_coasting");
  }
}
