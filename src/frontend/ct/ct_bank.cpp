#include <bit>
#include <limits>

#include <frontend/ct/ct_bank.hpp>

namespace blondel {

void CtBank::set_laws(std::array<CtLaw, element_count> const& laws) {
  laws_ = laws;
  for (std::size_t k = 0; k < lane_count; ++k) {
    CtLaw idle;  // an ideal transformer without current
    idle.plain_wb = idle.newton_wb = std::numeric_limits<double>::infinity();
    auto const& law = k < element_count ? laws[k] : idle;
    per_turn_[k] = law.per_turn;
    drive_wb_per_a_[k] = law.drive_wb_per_a;
    shunt_[k] = law.shunt;
    per_l0_[k] = law.per_l0;
    low_field_wb_[k] = law.low_field_wb;
    rise_1_[k] = 1 + law.rise;
    rise_field_[k] = law.rise * law.low_field_wb;
    per_saturation_[k] = law.per_saturation;
    exponent_[k] = law.exponent;
    plain_wb_[k] = law.plain_wb;
    newton_wb_[k] = law.newton_wb;
    magnitude_[k] = std::numeric_limits<std::int64_t>::max();
    for (std::size_t b = 0; b < exponent_bits; ++b) {
      auto const is_set = (law.exponent >> b & 1) != 0;
      bit_[b][k] = is_set ? -1 : 0;
      one_[b][k] = is_set ? 0 : std::bit_cast<std::int64_t>(1.0);
    }
  }
}

/// Redoes the lanes whose flux is deep in saturation with the full iteration.
void CtBank::iterate(CtState const& before, Lanes const& input_a, LaneBits const& deep, CtState& state,
                     Lanes& output_a) const {
  for (std::size_t k = 0; k < element_count; ++k) {
    if (deep[k] >= 0) {
      continue;
    }
    auto const& law = laws_[k];
    auto const j_a = input_a[k] * law.per_turn;
    auto const base_wb = before.flux_wb[k] + before.half_step_wb[k];
    auto const flux_wb = law.solve(base_wb + law.drive_wb_per_a * j_a);
    auto const left_a = j_a - flux_wb * law.conductance(flux_wb);
    output_a[k] = law.shunt * left_a;
    state.half_step_wb[k] = law.drive_wb_per_a * left_a;
    state.flux_wb[k] = base_wb + state.half_step_wb[k];
  }
}

}  // namespace blondel
