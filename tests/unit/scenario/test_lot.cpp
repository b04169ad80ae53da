#include <scenario/load_parts.hpp>
#include <scenario/models.hpp>

#include <catch2/catch.hpp>

#include <iterator>

#include "scratch.hpp"

using namespace blondel;

namespace {

std::string const meter_file = "k351c_four_wire_class_c";

std::string model_text() {
  std::ifstream stream{models_folder() / "meter" / (meter_file + ".json")};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

RunOptions options() {
  RunOptions options;
  options.models = models_folder();
  return options;
}

}  // namespace

TEST_CASE("models: the lot of every model scatters as metrology.md 3 says") {
  auto const type =
      GENERATE("68535CC423010", "68535BC423010", "685351C453010", "685455C453010", "68525CC423010");
  INFO(type);
  auto const model = find_meter_model(models_folder(), type);
  REQUIRE(model);
  REQUIRE(model->lot.has_value());
  auto const& lot = *model->lot;
  CHECK(lot.permeability == Approx(0.12).margin(1e-12));
  CHECK(lot.low_field == Approx(0.2).margin(1e-12));
  CHECK(lot.winding == Approx(0.03).margin(1e-12));
  CHECK(lot.burden == Approx(0.001).margin(1e-12));
  CHECK(lot.burden_per_k == Approx(12e-6).margin(1e-15));
  CHECK(lot.loss == Approx(0.1).margin(1e-12));
  CHECK(lot.divider_per_k == Approx(10e-6).margin(1e-15));
  CHECK(lot.filter_tau_s == Approx(33e-6).margin(1e-15));
  CHECK(lot.filter_mismatch == Approx(0.04).margin(1e-12));
  CHECK(lot.reference_per_k == Approx(10e-6).margin(1e-15));
  CHECK(lot.clock == Approx(20e-6).margin(1e-15));
  CHECK(lot.crosstalk_own == Approx(1e-5).margin(1e-15));
  CHECK(lot.crosstalk_other == Approx(3e-6).margin(1e-15));
  CHECK(lot.transformer_inductance == Approx(0.12).margin(1e-12));
}

TEST_CASE("models: from a lot whose design has another filter than the file's own meter none is drawn") {
  // 33 us of 4 %, 1 sigma: 6 sigma are 7.92 us, 40.92 us at most
  auto const [tau, is_allowed] =
      GENERATE(table<char const*, bool>({{"40.9", true}, {"41.0", false}, {"0", false}}));
  CAPTURE(tau);
  Scratch const scratch{"lot_filter"};
  auto text = model_text();
  auto const key = text.find("u_filter_tau_us");
  auto const begin = text.find('[', key);
  text.replace(begin, text.find(']', key) - begin, std::string{"[33.0, 33.4, "} + tau);
  auto const model = load_meter_model(scratch.write(meter_file + ".json", text));
  REQUIRE(model.has_value());
  CHECK(model->lot_fault.has_value() != is_allowed);
  if (!is_allowed) {
    REQUIRE(model->lot_fault.has_value());
    CHECK(model->lot_fault->message.find(std::string{"$.lot.filter_tau_us.value: 33: contradicts "
                                                     "$.front_end.adc.u_filter_tau_us: "} +
                                         (tau == std::string{"0"} ? "0" : "41") + ": ") != std::string::npos);
  }
}

TEST_CASE("scenario: a meter of a lot is the one its number draws") {
  Scratch const scratch{"lot_meter"};
  std::string const lot = R"("lot": {"seed": 4, "number": 17}, "serial_number")";
  auto const file = scratch.write("scenario.json", small_document("\"serial_number\"", lot));
  auto const scenario = load_scenario(file, options());
  REQUIRE(scenario);
  auto const model = find_meter_model(models_folder(), "68535CC423010");
  auto const drawn = draw_meter(model->front_end, *model->lot, 4, 17);
  auto const& front_end = (*scenario)->twin.front_end;
  CHECK(front_end.internal_ct[0].initial_permeability == drawn.internal_ct[0].initial_permeability);
  CHECK(front_end.adc[2].i_filter_tau_s == drawn.adc[2].i_filter_tau_s);
  CHECK(front_end.internal_ct[0].initial_permeability !=
        model->front_end.internal_ct[0].initial_permeability);
  CHECK(front_end.external_ct.turns == 40.0);
}

TEST_CASE("scenario: a meter of a lot whose model has none is refused") {
  Scratch const scratch{"lot_none"};
  auto text = model_text();
  text.erase(text.find(",\n  \"lot\": {"));  // it stands last
  text += "\n}\n";
  scratch.write("meter/" + meter_file + ".json", text);
  std::filesystem::copy(models_folder() / "ct", scratch.path() / "ct");
  auto const file = scratch.write(
      "scenario.json",
      small_document("\"serial_number\"", R"("lot": {"seed": 4, "number": 17}, "serial_number")"));
  RunOptions at;
  at.models = scratch.path();
  auto const scenario = load_scenario(file, at);
  REQUIRE_FALSE(scenario);
  CHECK(scenario.error().message.find("$.meter.lot: ") != std::string::npos);
  CHECK(scenario.error().message.ends_with(
      "the model k351c_four_wire_class_c has no lot; allowed: a model with a lot, or no lot here"));
}
