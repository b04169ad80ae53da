#include <scenario/model_nodes.hpp>

#include <scenario/load_source.hpp>
#include <scenario/texts.hpp>

namespace blondel {

double parameter(Node const& parent, std::string_view key) {
  return parent.at(key).at("value").number();
}

std::array<double, 3> parameter_per_phase(Node const& parent, std::string_view key) {
  return three_numbers(parent.at(key).at("value"));
}

namespace {

HysteresisModel hysteresis_of(Node const& node) {
  return {.present = true,
          .saturation_a_per_m = parameter(node, "saturation_ka_per_m") * 1e3,
          .shape_a_per_m = parameter(node, "shape_a_per_m"),
          .pinning_a_per_m = parameter(node, "pinning_a_per_m"),
          .reversibility = parameter(node, "reversibility"),
          .coupling = parameter(node, "coupling_ppm") * 1e-6};
}

}  // namespace

std::optional<ScenarioError> unstable_hysteresis(Node const& parent) {
  auto const node = parent.find("hysteresis");
  if (!node) {
    return std::nullopt;
  }
  auto const model = hysteresis_of(*node);
  double const most_ppm = 3 * model.shape_a_per_m / model.saturation_a_per_m * 1e6;
  if (parameter(*node, "coupling_ppm") < most_ppm) {
    return std::nullopt;
  }
  return node->at("coupling_ppm")
      .at("value")
      .refuse("makes the curve fall back; allowed: below 3 shape / saturation, " + plain_number(most_ppm))
      .value();
}

CtModel core_and_winding(Node const& parent, std::size_t element) {
  CtModel ct;
  ct.turns_correction = parameter_per_phase(parent, "turns_correction_percent")[element] * 1e-2;
  ct.core_area_m2 = parameter(parent, "core_area_mm2") * 1e-6;
  ct.core_length_m = parameter(parent, "core_length_mm") * 1e-3;
  ct.initial_permeability = parameter(parent, "initial_permeability");
  ct.low_field_rise = parameter(parent, "low_field_rise");
  ct.low_field_b_t = parameter(parent, "low_field_b_mt") * 1e-3;
  ct.saturation_b_t = parameter(parent, "saturation_b_t");
  ct.saturation_exponent = static_cast<int>(parameter(parent, "saturation_exponent"));
  ct.winding = Ohms{parameter(parent, "winding_ohm")};
  ct.burden = Ohms{parameter(parent, "burden_ohm")};
  ct.loss = Ohms{parameter(parent, "loss_ohm")};
  ct.permeability_per_k = parameter(parent, "permeability_percent_per_k") * 1e-2;
  ct.winding_per_k = parameter(parent, "winding_percent_per_k") * 1e-2;
  ct.burden_per_k = parameter(parent, "burden_ppm_per_k") * 1e-6;
  if (auto const hysteresis = parent.find("hysteresis")) {
    ct.hysteresis = hysteresis_of(*hysteresis);
  }
  return ct;
}

}  // namespace blondel
