#include <scenario/models.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>

#include "scratch.hpp"

using namespace blondel;

namespace {

std::string text_of(std::filesystem::path const& file) {
  std::ifstream stream{file};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string const meter_file = "k351c_four_wire_class_c";

/// What the meter model says with one of its texts replaced: the message from "$" on, or "accepted".
std::string meter_fault(std::string const& from, std::string const& to) {
  Scratch const scratch{"models_meter"};
  auto text = text_of(models_folder() / "meter" / (meter_file + ".json"));
  text.replace(text.find(from), from.size(), to);
  scratch.write("meter/" + meter_file + ".json", text);
  auto const model = find_meter_model(scratch.path(), "68535CC423010");
  return model ? "accepted" : model.error().message.substr(model.error().message.find("$."));
}

}  // namespace

TEST_CASE("models: the four-wire class C meter is found by its type number") {
  auto const model = find_meter_model(models_folder(), "68535CC423010");
  REQUIRE(model);
  CHECK(model->name == meter_file);
  CHECK(model->no_load_threshold_mw == 600);
  CHECK(model->phase_sum == PhaseSum::per_phase);
  CHECK(model->software == "H1");
  // metrology.md 3.1 and walk.md step 4
  CHECK(model->front_end.internal_ct[2].turns == 2500.0);
  CHECK(model->front_end.internal_ct[0].core_area_m2 == Approx(25e-6).margin(1e-12));
  CHECK(model->front_end.internal_ct[0].permeability_per_k == Approx(-0.0015).margin(1e-9));
  CHECK(model->front_end.divider[1].ratio == 991.0);
  CHECK(model->front_end.adc[0].i_full_scale_a == 20.0);
  CHECK(model->front_end.adc[2].u_filter_tau_s == Approx(32.8e-6).margin(1e-12));
  CHECK(model->front_end.terminal_burden.value() == Approx(0.8e-3).margin(1e-12));
}

TEST_CASE("models: the nameplate holds what the sheet states") {
  auto const model = find_meter_model(models_folder(), "68535CC423010");
  REQUIRE(model);
  auto const& lines = model->nameplate;
  auto const weight =
      std::find_if(lines.begin(), lines.end(), [](auto const& line) { return line.what == "weight"; });
  REQUIRE(weight != lines.end());
  CHECK(weight->value == "0.90 kg");
}

TEST_CASE("models: a type number without a model lists what exists") {
  auto const model = find_meter_model(models_folder(), "68525CB423010");
  REQUIRE_FALSE(model);
  CHECK(model.error().kind == ScenarioError::Kind::invalid);
  CHECK(model.error().message.find(
            "no model for the type number 68525CB423010; there are: "
            "k351c_aron_class_c (68525CC......), k351c_four_wire_class_c (68535CC...... 68545CC......)") !=
        std::string::npos);
}

TEST_CASE("models: two models for one type number are refused") {
  Scratch const scratch{"models_two"};
  auto const text = text_of(models_folder() / "meter" / (meter_file + ".json"));
  scratch.write("meter/" + meter_file + ".json", text);
  auto other = text;
  other.replace(other.find("\"name\": \"k351c"), 14, "\"name\": \"x351c");
  scratch.write("meter/x351c_four_wire_class_c.json", other);
  auto const model = find_meter_model(scratch.path(), "68535CC423010");
  REQUIRE_FALSE(model);
  CHECK(model.error().message.find("more than one model for the type number 68535CC423010") !=
        std::string::npos);
}

TEST_CASE("models: an unknown key in a model is refused with its place") {
  Scratch const scratch{"models_key"};
  auto text = text_of(models_folder() / "meter" / (meter_file + ".json"));
  text.replace(text.find("\"burden_ohm\""), 12, "\"burden_0hm\"");
  scratch.write("meter/" + meter_file + ".json", text);
  auto const model = find_meter_model(scratch.path(), "68535CC423010");
  REQUIRE_FALSE(model);
  CHECK(model.error().message.find("$.front_end.internal_ct: unknown key \"burden_0hm\", did you mean "
                                   "\"burden_ohm\"?") != std::string::npos);
}

TEST_CASE("models: a parameter without a source is refused") {
  Scratch const scratch{"models_source"};
  auto text = text_of(models_folder() / "ct" / "nanocrystalline_200_5.json");
  auto const from = text.find("\"source\"", text.find("\"winding_ohm\""));
  text.erase(from, text.find("\"basis\"", from) - from);
  scratch.write("ct/nanocrystalline_200_5.json", text);
  auto const ct = find_external_ct(scratch.path(), "nanocrystalline_200_5");
  REQUIRE_FALSE(ct);
  CHECK(ct.error().message.find("$.winding_ohm: the key \"source\" is missing") != std::string::npos);
}

TEST_CASE("models: a model that is named differently from its file is refused") {
  Scratch const scratch{"models_name"};
  scratch.write("ct/other.json", text_of(models_folder() / "ct" / "nanocrystalline_200_5.json"));
  auto const ct = find_external_ct(scratch.path(), "other");
  REQUIRE_FALSE(ct);
  CHECK(ct.error().message.find("$.name: \"nanocrystalline_200_5\": differs from the file's name") !=
        std::string::npos);
}

TEST_CASE("models: a missing transformer names the nearest and all that exist") {
  auto const ct = find_external_ct(models_folder(), "nanocrystaline_200_5");
  REQUIRE_FALSE(ct);
  CHECK(ct.error().message.find(
            "no model \"nanocrystaline_200_5\", did you mean \"nanocrystalline_200_5\"?; there "
            "are: nanocrystalline_200_5, nanocrystalline_3000_5, nanocrystalline_50_5, "
            "nanocrystalline_5_5") != std::string::npos);
}

TEST_CASE("models: a missing folder is named and the message says how to give another") {
  auto const ct = find_external_ct("/nowhere", "x");
  REQUIRE_FALSE(ct);
  CHECK(ct.error().kind == ScenarioError::Kind::invalid);
  CHECK(ct.error().message ==
        "/nowhere/ct: No such file or directory; --models names the folder of the models");
}

TEST_CASE("models: a primary of several turns becomes the equivalent core under one turn") {
  // 5/5 A with 40 turns on either side: 980 mm2 * 40 = 0.0392 m2 and 250 mm / 40 = 6.25 mm, by hand; the
  // inductance mu0 mu N^2 A / l then is that of 40 turns on 980 mm2 and 250 mm.
  auto const ct = find_external_ct(models_folder(), "nanocrystalline_5_5");
  REQUIRE(ct);
  CHECK(ct->model.turns == 1.0);
  CHECK(ct->model.core_area_m2 == Approx(0.0392).margin(1e-9));
  CHECK(ct->model.core_length_m == Approx(0.00625).margin(1e-9));
}

TEST_CASE("models: every transformer in the folder loads and has the rating in its name") {
  for (auto const& [name, ratio] :
       {std::pair{"nanocrystalline_5_5", 1.0}, std::pair{"nanocrystalline_50_5", 10.0},
        std::pair{"nanocrystalline_200_5", 40.0}, std::pair{"nanocrystalline_3000_5", 600.0}}) {
    INFO(name);
    auto const ct = find_external_ct(models_folder(), name);
    REQUIRE(ct);
    CHECK(ct->model.turns == ratio);
  }
}

TEST_CASE("models: a sample rate that no converter gives is refused with the list") {
  CHECK(meter_fault("{\"value\": 8000", "{\"value\": 8001") ==
        "$.front_end.adc.sample_rate_hz.value: 8001 is not allowed; allowed: 4096, 6400, 8000, 16000");
  CHECK(meter_fault("{\"value\": 8000", "{\"value\": 6400") == "accepted");
}

TEST_CASE("models: a clock error beyond 1000 ppm is refused") {
  CHECK(meter_fault("\"clock_error_ppm\": {\"value\": 8", "\"clock_error_ppm\": {\"value\": -1001") ==
        "$.front_end.adc.clock_error_ppm.value: -1001 is not allowed; allowed: number, >= -1000, <= 1000");
}

TEST_CASE("models: noise is never negative and at most 1 % of full scale") {
  CHECK(meter_fault("{\"value\": 220", "{\"value\": -1")
            .starts_with("$.front_end.adc.i_noise_ua.value: -1 is not allowed"));
  // 1 % of 20 A is 0.2 A (by hand)
  CHECK(meter_fault("{\"value\": 220", "{\"value\": 200001") ==
        "$.front_end.adc.i_noise_ua.value: 200001: allowed: up to 200000, 1 % of full scale");
}
