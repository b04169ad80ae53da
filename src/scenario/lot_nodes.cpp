#include <scenario/lot_nodes.hpp>

#include <scenario/model_nodes.hpp>
#include <scenario/texts.hpp>

#include <cmath>

namespace blondel {

std::optional<ScenarioError> contradictory_filter(Node const& root) {
  auto const lot = root.find("lot");
  if (!lot) {
    return std::nullopt;
  }
  constexpr double most_sigma = 6.0;  // of a sum of twelve uniform numbers: see draw_meter
  auto const design_us = parameter(*lot, "filter_tau_us");
  auto const most_us = most_sigma * parameter(*lot, "filter_mismatch_percent") * 1e-2 * design_us;
  auto const adc = root.at("front_end").at("adc");
  for (auto const* key : {"u_filter_tau_us", "i_filter_tau_us"}) {
    for (double const tau_us : parameter_per_phase(adc, key)) {
      if (std::abs(tau_us - design_us) > most_us) {
        return lot->at("filter_tau_us")
            .at("value")
            .refuse(std::string{"contradicts $.front_end.adc."} + key + ": " + plain_number(tau_us) +
                    ": the file's own meter is one of the lot; allowed: a value within 6 times "
                    "$.lot.filter_mismatch_percent of it")
            .value();
      }
    }
  }
  return std::nullopt;
}

LotSpread lot_of(Node const& lot) {
  constexpr double percent = 1e-2;
  constexpr double ppm = 1e-6;
  return {.permeability = parameter(lot, "permeability_percent") * percent,
          .low_field = parameter(lot, "low_field_percent") * percent,
          .winding = parameter(lot, "winding_percent") * percent,
          .burden = parameter(lot, "burden_percent") * percent,
          .burden_per_k = parameter(lot, "burden_ppm_per_k") * ppm,
          .loss = parameter(lot, "loss_percent") * percent,
          .divider_ratio = parameter(lot, "divider_ratio_percent") * percent,
          .divider_per_k = parameter(lot, "divider_ppm_per_k") * ppm,
          .filter_tau_s = parameter(lot, "filter_tau_us") * 1e-6,
          .filter_mismatch = parameter(lot, "filter_mismatch_percent") * percent,
          .reference_per_k = parameter(lot, "reference_ppm_per_k") * ppm,
          .clock = parameter(lot, "clock_ppm") * ppm,
          .rtc_crystal = parameter(lot, "rtc_crystal_ppm") * ppm,
          .crosstalk_own = parameter(lot, "crosstalk_own_ppm") * ppm,
          .crosstalk_other = parameter(lot, "crosstalk_other_ppm") * ppm,
          .transformer_inductance = parameter(lot, "transformer_inductance_percent") * percent,
          .transformer_winding = parameter(lot, "transformer_winding_percent") * percent,
          .transformer_loss = parameter(lot, "transformer_loss_percent") * percent};
}

}  // namespace blondel
