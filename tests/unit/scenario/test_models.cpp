#include <scenario/models.hpp>
#include <scenario/nameplates.hpp>

#include <catch2/catch.hpp>

#include <iterator>
#include <vector>

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

TEST_CASE("models: every class of the four-wire form has a model, with what couples over and drifts") {
  CHECK(find_meter_model(models_folder(), "685351C453010")->name == "k351c_four_wire_class_1");
  CHECK(find_meter_model(models_folder(), "685455C453010")->name == "k351c_four_wire_class_05");
  auto const model = find_meter_model(models_folder(), "68535BC453010");
  REQUIRE(model);
  CHECK(model->name == "k351c_four_wire_class_b");
  auto const& front_end = model->front_end;
  // into L2: -6 ppm from itself, -2 from L3, 6 from L1
  CHECK(front_end.crosstalk[1][1] == Approx(-6e-6));
  CHECK(front_end.crosstalk[1][2] == Approx(-2e-6));
  CHECK(front_end.crosstalk[1][0] == Approx(6e-6));
  CHECK(front_end.adc[2].sinc3);
  CHECK(front_end.adc[2].clock_per_k2 == Approx(-0.034e-6));
  CHECK_FALSE(front_end.voltage_transformer[0].present);
}

TEST_CASE("models: the data sheet chooses between dividers and voltage transformers") {
  auto const english = find_meter_model(models_folder(), "685355C423010", DataSheet::english);
  REQUIRE(english);
  CHECK(english->name == "k351c_four_wire_class_05");
  CHECK_FALSE(english->front_end.voltage_transformer[0].present);
  auto const russian = find_meter_model(models_folder(), "685355C423010", DataSheet::russian);
  REQUIRE(russian);
  CHECK(russian->name == "k351c_ru_four_wire_class_05");
  CHECK(russian->data_sheet == DataSheet::russian);
  auto const& found = russian->front_end.voltage_transformer[2];
  CHECK(found.present);
  CHECK(found.primary.value() == 3000.0);
  CHECK(found.primary_per_k == Approx(0.0039).margin(1e-12));
  CHECK(found.inductance_h == 2471.0);
  CHECK(found.saturation_exponent == 14);
  CHECK(found.loss.value() == 3e6);
  CHECK(russian->front_end.divider[1].per_v == Approx(-0.435e-6).margin(1e-12));
}

TEST_CASE("models: a sheet without a model for the type number is refused, never taken for the other") {
  auto const model = find_meter_model(models_folder(), "68535CC423010", DataSheet::russian);
  REQUIRE_FALSE(model);
  CHECK(model.error().message.find(
            "no model for the type number 68535CC423010 and the data sheet ru; there are: "
            "k351c_aron_class_05 (en: 685255C......), ") != std::string::npos);
}

TEST_CASE("models: a voltage path that contradicts the data sheet is refused with both named") {
  CHECK(meter_fault("\"data_sheet\": \"en\"", "\"data_sheet\": \"ru\"") ==
        "$.data_sheet: \"ru\": lacks $.front_end.voltage_transformer: the Russian sheet has voltage "
        "transformers; "
        "allowed: \"en\", or a voltage_transformer");
  Scratch const scratch{"models_sheet"};
  auto text = text_of(models_folder() / "meter" / "k351c_ru_aron_class_1.json");
  text.replace(text.find("\"data_sheet\": \"ru\""), 18, "\"data_sheet\": \"en\"");
  auto const model = load_meter_model(scratch.write("k351c_ru_aron_class_1.json", text));
  REQUIRE_FALSE(model);
  CHECK(
      model.error().message.ends_with("$.data_sheet: \"en\": contradicts $.front_end.voltage_transformer: "
                                      "the English sheet has voltage dividers; "
                                      "allowed: \"ru\", or no voltage_transformer"));
}

TEST_CASE("models: the nameplate of each sheet names the class of its type number") {
  // digit X3 of the type number, both sheets: B, C, 1, 5
  auto const [type, sheet, words] = GENERATE(table<char const*, DataSheet, char const*>(
      {{"68525CC453010", DataSheet::english, "class C (MID); reactive energy class 2 (IEC)"},
       {"68525BC453010", DataSheet::english, "class B (MID); reactive energy class 2 (IEC)"},
       {"685251C453010", DataSheet::english, "class 1 (IEC); reactive energy class 2 (IEC)"},
       {"685255C453010", DataSheet::english, "class 0.5 (IEC); reactive energy class 2 (IEC)"},
       {"68535CC453010", DataSheet::english, "class C (MID); reactive energy class 2 (IEC)"},
       {"68535BC453010", DataSheet::english, "class B (MID); reactive energy class 2 (IEC)"},
       {"685351C453010", DataSheet::english, "class 1 (IEC); reactive energy class 2 (IEC)"},
       {"685355C453010", DataSheet::english, "class 0.5 (IEC); reactive energy class 2 (IEC)"},
       {"685251C453010", DataSheet::russian, "1.0 (GOST/IEC); reactive energy 2.0 (GOST/IEC)"},
       {"685255C453010", DataSheet::russian, "0.5 (GOST/IEC); reactive energy 2.0 (GOST/IEC)"},
       {"685351C453010", DataSheet::russian, "1.0 (GOST/IEC); reactive energy 2.0 (GOST/IEC)"},
       {"685355C453010", DataSheet::russian, "0.5 (GOST/IEC); reactive energy 2.0 (GOST/IEC)"}}));
  CAPTURE(type);
  auto const lines = load_nameplate(models_folder(), type, sheet);
  REQUIRE(lines);
  std::vector<std::string> found;
  for (auto const& line : *lines) {
    if (line.what == "accuracy class") {
      found.push_back(line.value);
    }
  }
  CHECK(found == std::vector<std::string>{words});
}

TEST_CASE("models: a type number without a model lists what exists") {
  auto const model = find_meter_model(models_folder(), "68525CB423010");
  REQUIRE_FALSE(model);
  CHECK(model.error().kind == ScenarioError::Kind::invalid);
  CHECK(model.error().message.find("no model for the type number 68525CB423010 and the data sheet en; there "
                                   "are: k351c_aron_class_05 (en: 685255C......), "
                                   "k351c_aron_class_1 (en: 685251C......), "
                                   "k351c_aron_class_b (en: 68525BC......), "
                                   "k351c_aron_class_c (en: 68525CC......), "
                                   "k351c_four_wire_class_05 (en: 685355C...... 685455C......), "
                                   "k351c_four_wire_class_1 (en: 685351C...... 685451C......), "
                                   "k351c_four_wire_class_b (en: 68535BC...... 68545BC......), "
                                   "k351c_four_wire_class_c (en: 68535CC...... 68545CC......), "
                                   "k351c_ru_aron_class_05 (ru: 685255C......), "
                                   "k351c_ru_aron_class_1 (ru: 685251C......), "
                                   "k351c_ru_four_wire_class_05 (ru: 685355C...... 685455C......), "
                                   "k351c_ru_four_wire_class_1 (ru: 685351C...... 685451C......)") !=
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

TEST_CASE("models: a broken file beside the right one is left out with a warning that names it") {
  Scratch const scratch{"models_broken"};
  auto const broken = scratch.write("meter/a_broken.json", "{\n \"name\" 1}");
  scratch.write("meter/" + meter_file + ".json", text_of(models_folder() / "meter" / (meter_file + ".json")));
  auto const model = find_meter_model(scratch.path(), "68535CC423010");
  REQUIRE(model);
  CHECK(model->name == meter_file);
  REQUIRE(model->warnings.size() == 1);
  CHECK(model->warnings[0] ==
        "left out: " + broken.string() + ": line 2, column 9: no JSON: not what JSON allows here");
}

TEST_CASE("models: a type number without a model names the files that cannot be used") {
  Scratch const scratch{"models_unusable"};
  auto const broken = scratch.write("meter/broken.json", "{\n \"name\" 1}");
  auto const model = find_meter_model(scratch.path(), "68535CC423010");
  REQUIRE_FALSE(model);
  CHECK(model.error().message ==
        (scratch.path() / "meter").string() +
            ": no model for the type number 68535CC423010 and the data sheet en; there are: none; not "
            "usable: " +
            broken.string() + ": line 2, column 9: no JSON: not what JSON allows here");
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
            "are: class_01, class_02, class_02s, class_05, class_05s, class_1, class_3, class_5, "
            "nanocrystalline_200_5, nanocrystalline_3000_5, nanocrystalline_50_5, nanocrystalline_5_5, "
            "steel_remanence_200_5") != std::string::npos);
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
        "$.front_end.adc.clock_error_ppm.value: -1001 is not allowed; allowed: a number from -1000 to 1000");
}

TEST_CASE("models: noise is never negative and at most 1 % of full scale") {
  CHECK(meter_fault("{\"value\": 220", "{\"value\": -1")
            .starts_with("$.front_end.adc.i_noise_ua.value: -1 is not allowed"));
  // 1 % of 20 A is 0.2 A (by hand)
  CHECK(meter_fault("{\"value\": 220", "{\"value\": 200001") ==
        "$.front_end.adc.i_noise_ua.value: 200001: allowed: up to 200000, 1 % of full scale");
}

TEST_CASE("models: the three-wire meter is found and sums as two elements can") {
  auto const model = find_meter_model(models_folder(), "68525CC423010");
  REQUIRE(model);
  CHECK(model->phase_sum == PhaseSum::algebraic);
  CHECK(model->apparent_sum == ApparentSum::vector);
}

TEST_CASE("models: the sum of the apparent powers is arithmetic unless the model says otherwise") {
  auto const model = find_meter_model(models_folder(), "68535CC423010");
  REQUIRE(model);
  CHECK(model->apparent_sum == ApparentSum::arithmetic);
  std::string const effective =
      R"("apparent_sum": {"value": "effective", "source": "a test", "basis": "inferred"}, "software")";
  Scratch const scratch{"models_sum"};
  auto text = text_of(models_folder() / "meter" / (meter_file + ".json"));
  text.replace(text.find("\"software\""), 10, effective);
  scratch.write("meter/" + meter_file + ".json", text);
  auto const other = find_meter_model(scratch.path(), "68535CC423010");
  REQUIRE(other);
  CHECK(other->apparent_sum == ApparentSum::effective);
}

TEST_CASE("models: an effective apparent power without a neutral is refused") {
  Scratch const scratch{"models_effective"};
  auto text = text_of(models_folder() / "meter" / "k351c_aron_class_c.json");
  text.replace(text.find("\"vector\""), 8, "\"effective\"");
  scratch.write("meter/k351c_aron_class_c.json", text);
  auto const model = find_meter_model(scratch.path(), "68525CC423010");
  REQUIRE_FALSE(model);
  CHECK(
      model.error().message.ends_with("$.metering.apparent_sum.value: \"effective\": a three-wire (Aron) "
                                      "meter, 68525CC......, has no neutral "
                                      "current; allowed: \"arithmetic\", \"vector\""));
}

TEST_CASE("models: a transformer is of one ratio or for any") {
  Scratch const scratch{"models_ratio"};
  auto const fault = [&scratch](std::string const& name, std::string const& from, std::string const& to) {
    auto text = text_of(models_folder() / "ct" / (name + ".json"));
    text.replace(text.find(from), from.size(), to);
    scratch.write("ct/" + name + ".json", text);
    auto const ct = find_external_ct(scratch.path(), name);
    return ct ? "accepted" : ct.error().message.substr(ct.error().message.find("$"));
  };
  CHECK(
      fault("class_1", "\"secondary_a\"", "\"primary_a\": 200, \"secondary_a\"")
          .ends_with("has secondary_turns beside primary_a; allowed: secondary_turns alone, or primary_a and "
                     "primary_turns"));
  CHECK(fault("nanocrystalline_5_5", "\"primary_a\": 5,", "")
            .ends_with("lacks primary_a; allowed: primary_a and primary_turns, or secondary_turns alone"));
}

TEST_CASE("models: hysteresis is read, and a coupling that its curve does not bear is refused") {
  auto const ct = find_external_ct(models_folder(), "steel_remanence_200_5");
  REQUIRE(ct);
  auto const& core = ct->model.hysteresis;
  CHECK(core.present);
  CHECK(core.saturation_a_per_m == 1.4e6);
  CHECK(core.shape_a_per_m == 15.0);
  CHECK(core.pinning_a_per_m == 25.0);
  CHECK(core.reversibility == 0.15);
  CHECK(core.coupling == Approx(20e-6).margin(1e-12));
  Scratch const scratch{"models_hysteresis"};
  auto text = text_of(models_folder() / "ct" / "steel_remanence_200_5.json");
  text.replace(text.find("\"coupling_ppm\": {\"value\": 20"), 28, "\"coupling_ppm\": {\"value\": 33");
  scratch.write("ct/steel_remanence_200_5.json", text);
  auto const other = find_external_ct(scratch.path(), "steel_remanence_200_5");
  REQUIRE_FALSE(other);
  // 3 * 15 / 1.4e6 = 32.14e-6, by hand
  CHECK(other.error().message.find(
            "$.hysteresis.coupling_ppm.value: 33: makes the curve fall back; allowed: below "
            "3 shape / saturation, 32.14") != std::string::npos);
}
