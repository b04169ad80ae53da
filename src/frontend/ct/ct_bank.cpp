#include <bit>
#include <limits>

#include <frontend/ct/ct_bank.hpp>

namespace blondel {
namespace {

/// An ideal transformer has no flux; any unit will do.
double unit_of(CtLaw const& law) {
  return law.drive_wb_per_a > 0 ? law.drive_wb_per_a / law.shunt : 1.0;
}

void scale(CtState& state, Lanes const& factor) {
  for (auto* part : {&state.flux_wb, &state.half_step_wb, &state.flux_before_wb, &state.half_step_before_wb,
                     &state.half_step_earlier_wb}) {
    *part = *part * factor;
  }
}

}  // namespace

void CtBank::set_laws(std::array<CtLaw, element_count> const& laws) {
  auto const flux = state();
  bool has_new_unit = false;
  laws_ = laws;
  is_ideal_ = true;
  for (std::size_t k = 0; k < lane_count; ++k) {
    CtLaw idle;  // an ideal transformer without current
    idle.plain_wb = idle.newton_wb = std::numeric_limits<double>::infinity();
    auto const& law = k < element_count ? laws[k] : idle;
    auto const unit_wb = unit_of(law);
    has_new_unit = has_new_unit || unit_wb != unit_wb_[k];
    is_ideal_ = is_ideal_ && law.per_l0 == 0;
    unit_wb_[k] = unit_wb;
    step_.gain[k] = law.per_turn * law.shunt;
    step_.g[k] = law.drive_wb_per_a * law.per_l0;
    step_.low_field[k] = law.low_field_wb / unit_wb;
    step_.rise_1[k] = 1 + law.rise;
    step_.rise_field[k] = law.rise * step_.low_field[k];
    step_.per_saturation[k] = law.per_saturation * unit_wb;
    step_.exponent[k] = law.exponent;
    step_.plain[k] = law.plain_wb / unit_wb;
    step_.newton[k] = law.newton_wb / unit_wb;
    step_.magnitude[k] = std::numeric_limits<std::int64_t>::max();
    for (std::size_t b = 0; b < CtStep<Single>::exponent_bits; ++b) {
      auto const is_set = (law.exponent >> b & 1) != 0;
      step_.bit[b][k] = is_set ? -1 : 0;
      step_.one[b][k] = is_set ? 0 : std::bit_cast<std::int64_t>(1.0);
    }
  }
  if (has_new_unit) {
    set_state(flux);
  }
}

void CtBank::set_state(CtState const& state) {
  auto scaled = state;
  scale(scaled, 1.0 / unit_wb_);
  state_ = {.flux = scaled.flux_wb,
            .half_step = scaled.half_step_wb,
            .flux_before = scaled.flux_before_wb,
            .half_step_before = scaled.half_step_before_wb,
            .half_step_earlier = scaled.half_step_earlier_wb};
}

CtState CtBank::state() const {
  CtState state{.flux_wb = state_.flux,
                .half_step_wb = state_.half_step,
                .flux_before_wb = state_.flux_before,
                .half_step_before_wb = state_.half_step_before,
                .half_step_earlier_wb = state_.half_step_earlier};
  scale(state, unit_wb_);
  return state;
}

/// Redoes the lanes whose flux is deep in saturation with the full iteration.
void CtBank::iterate(CtFlux<Single> const& before, Lanes const& input_a, LaneBits const& deep,
                     CtFlux<Single>& state, Lanes& output_a) const {
  for (std::size_t k = 0; k < element_count; ++k) {
    if (deep[k] >= 0) {
      continue;
    }
    auto const& law = laws_[k];
    auto const j_a = input_a[k] * law.per_turn;
    auto const base = before.flux[k] + before.half_step[k];
    auto const flux_wb = law.solve(base * unit_wb_[k] + law.drive_wb_per_a * j_a);
    state.half_step[k] = law.shunt * (j_a - flux_wb * law.conductance(flux_wb));
    state.flux[k] = base + state.half_step[k];
    output_a[k] = state.half_step[k];
  }
}

}  // namespace blondel
