#include <blondel/scenario/scenario.hpp>
#include <scenario/scenario_data.hpp>

#include <catch2/catch.hpp>

#include <string>

#include "scratch.hpp"

using namespace blondel;

namespace {

std::shared_ptr<Scenario const> loaded(std::string const& external_ct, std::string& message) {
  Scratch const scratch{"external_ct"};
  RunOptions options;
  options.models = models_folder();
  auto const scenario = load_scenario(
      scratch.write("scenario.json", small_document("\"nanocrystalline_200_5\"", external_ct)), options);
  message = scenario ? "accepted" : scenario.error().message.substr(scenario.error().message.find("$."));
  return scenario ? *scenario : nullptr;
}

std::string fault(std::string const& external_ct) {
  std::string message;
  (void)loaded(external_ct, message);
  return message;
}

}  // namespace

TEST_CASE("scenario: a transformer of a class takes ratio and burden from the scenario") {
  std::string message;
  auto const scenario = loaded(R"({"model": "class_05s", "primary_a": 200, "burden_va": 1.25})", message);
  REQUIRE(message == "accepted");
  auto const& ct = scenario->twin.front_end.external_ct;
  CHECK(ct.turns == 40.0);
  // 60 secondary turns: 1.5 primary turns, 300 mm2 * 1.5 and 220 mm / 1.5 under a single one, by hand
  CHECK(ct.core_area_m2 == Approx(450e-6).margin(1e-12));
  CHECK(ct.core_length_m == Approx(0.14666667).margin(1e-8));
  CHECK(ct.loss_follows_permeability);
  // 1.25 VA / 25 A2 = 50 mohm, 0.8 of them the meter's own
  CHECK(ct.burden.value() == Approx(49.2e-3).margin(1e-9));
  CHECK(scenario->twin.front_end.terminal_burden.value() == Approx(0.8e-3).margin(1e-9));
  CHECK(scenario->twin.ct_ratio == 40.0);
  CHECK(scenario->ct_text == "200/5 A, model class_05s, class 0.5S, burden 1.25 VA");
  CHECK(scenario->warnings.empty());
}

TEST_CASE("scenario: without a burden the model's own holds") {
  std::string message;
  auto const scenario = loaded(R"({"model": "nanocrystalline_200_5"})", message);
  REQUIRE(message == "accepted");
  CHECK(scenario->twin.front_end.external_ct.burden.value() == 0.2);
  CHECK(scenario->ct_text == "200/5 A, model nanocrystalline_200_5");
}

TEST_CASE("scenario: a burden below the meter's own consumption is refused") {
  CHECK(fault(R"({"model": "nanocrystalline_200_5", "burden_va": 0.02})") == "accepted");
  CHECK(fault(R"({"model": "nanocrystalline_200_5", "burden_va": 0.019})") ==
        "$.external_ct.burden_va: 0.019: is below what the meter's current circuit takes itself; allowed: "
        "from 0.02");
}

TEST_CASE("scenario: a burden that the class does not cover is a warning") {
  std::string message;
  auto const over = loaded(R"({"model": "class_05s", "primary_a": 200, "burden_va": 10})", message);
  REQUIRE(over);
  REQUIRE(over->warnings.size() == 1);
  CHECK(over->warnings[0] == "the transformer carries 10 VA; its class 0.5S holds from 0.625 to 2.5 VA");
  auto const light = loaded(R"({"model": "class_5", "primary_a": 200, "burden_va": 1.2})", message);
  REQUIRE(light);
  REQUIRE(light->warnings.size() == 1);
  CHECK(light->warnings[0] == "the transformer carries 1.2 VA; its class 5 holds from 1.25 to 2.5 VA");
}

TEST_CASE("scenario: the ratio is stated once, by the model or by the scenario") {
  CHECK(fault("\"class_05s\"")
            .starts_with("$.external_ct: \"class_05s\": the model is for any ratio and primary_a is missing; "
                         "allowed: "));
  CHECK(fault(R"({"model": "nanocrystalline_200_5", "primary_a": 200})") ==
        "$.external_ct.primary_a: 200: stands beside a model of 200/5 A; allowed: with a model for any "
        "ratio only");
  CHECK(fault(R"({"model": "class_05s", "primary_a": 7})")
            .starts_with("$.external_ct.primary_a: 7 is not allowed; allowed: "));
  CHECK(fault(R"({"model": "class_05s", "primary_a": 200, "burden": 1})")
            .starts_with("$.external_ct: unknown key \"burden\", did you mean \"burden_va\"?"));
  CHECK(fault(R"({"model": "class_05t", "primary_a": 200})")
            .starts_with("$.external_ct.model: \"class_05t\": "));
}

TEST_CASE("scenario: the interval tier refuses a core that remembers") {
  CHECK(fault("\"steel_remanence_200_5\"") ==
        "$.external_ct: \"steel_remanence_200_5\": its core has hysteresis, which only the waveform tier "
        "follows; "
        "allowed: \"tier\": \"waveform\"");
}
