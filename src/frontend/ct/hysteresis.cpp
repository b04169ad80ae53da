#include <algorithm>
#include <cmath>

#include <blondel/base/contract.hpp>
#include <frontend/ct/hysteresis.hpp>

namespace blondel {
namespace {

constexpr double mu_0 = 1.25663706212e-6;  ///< H/m. @source CODATA 2018
/// Share of a + |He| between two points of a walk: Man bends by less than 1e-4 of Ms in between.
constexpr double walk_share = 0.05;

/// exp(-x) for x >= 0 without a library function: within 1e-6 for the x of a walk's points where it matters,
/// and falling to zero beyond.
double decay(double x) {
  return 1 / (1 + x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5)))));
}

}  // namespace

double langevin(double x) {
  constexpr double straight_from = 20.0;  // coth x is 1 to the last bit
  if (std::abs(x) >= straight_from) {
    return std::copysign(1.0, x) - 1 / x;
  }
  // x / (3 + x^2 / (5 + x^2 / (7 + ...))): 30 terms reach the last bit below 20
  constexpr int terms = 30;
  double const square = x * x;
  double upper = 2 * terms + 1;
  double lower = 1.0;
  for (int n = terms - 1; n >= 1; --n) {
    double const next = (2 * n + 1) * upper + square * lower;
    lower = upper;
    upper = next;
  }
  return x * lower / upper;
}

HysteresisCore::HysteresisCore(HysteresisModel const& model) : model_{model} {
  BLONDEL_EXPECTS(model.saturation_a_per_m > 0 && model.shape_a_per_m > 0 && model.pinning_a_per_m > 0);
  BLONDEL_EXPECTS(model.reversibility >= 0 && model.reversibility <= 1);
  BLONDEL_EXPECTS(model.coupling >= 0 && model.coupling * model.saturation_a_per_m < 3 * model.shape_a_per_m);
}

double HysteresisCore::anhysteretic(double effective_a_per_m) const {
  return model_.saturation_a_per_m * langevin(effective_a_per_m / model_.shape_a_per_m);
}

double HysteresisCore::magnetisation(State const& state) const {
  return model_.reversibility * anhysteretic(state.effective_a_per_m) +
         (1 - model_.reversibility) * state.irreversible_a_per_m;
}

double HysteresisCore::field_a_per_m(State const& state) const {
  return state.effective_a_per_m - model_.coupling * magnetisation(state);
}

double HysteresisCore::flux_density_t(State const& state) const {
  return mu_0 * (state.effective_a_per_m + (1 - model_.coupling) * magnetisation(state));
}

double HysteresisCore::susceptibility(State const& state, double delta) const {
  auto const x = state.effective_a_per_m / model_.shape_a_per_m;
  auto const share = langevin(x);
  // 1/x^2 - 1/sinh^2 x, with coth^2 - 1/sinh^2 = 1; its limit at 0 is 1/3
  constexpr double small = 1e-4;
  auto const bend = std::abs(x) < small ? 1.0 / 3 : 1 - share * share - 2 * share / x;
  auto const lag = (model_.saturation_a_per_m * share - state.irreversible_a_per_m) * delta;
  return model_.reversibility * model_.saturation_a_per_m / model_.shape_a_per_m * bend +
         (1 - model_.reversibility) * std::max(0.0, lag) / model_.pinning_a_per_m;
}

HysteresisCore::State HysteresisCore::moved(State from, double effective_a_per_m) const {
  auto const delta = effective_a_per_m > from.effective_a_per_m ? 1.0 : -1.0;
  auto man = anhysteretic(from.effective_a_per_m);
  while (from.effective_a_per_m != effective_a_per_m) {
    auto const here = from.effective_a_per_m;
    auto const most = walk_share * (model_.shape_a_per_m + std::abs(here));
    auto const left = std::abs(effective_a_per_m - here);
    auto const length = std::min(left, most);
    auto const next = left <= most ? effective_a_per_m : here + delta * length;
    auto const man_next = anhysteretic(next);
    // Mirr follows a straight Man at the distance of slope times k.
    auto const lag = (man_next - man) / length * model_.pinning_a_per_m;
    auto const settled =
        man_next - lag + (from.irreversible_a_per_m - man + lag) * decay(length / model_.pinning_a_per_m);
    from.irreversible_a_per_m = delta > 0 ? std::max(from.irreversible_a_per_m, settled)
                                          : std::min(from.irreversible_a_per_m, settled);
    from.effective_a_per_m = next;
    man = man_next;
  }
  return from;
}

HysteresisCt::HysteresisCt(CtModel const& model) : core_{model.hysteresis} {
  auto const turns = model.turns * (1 - model.turns_correction);
  turns_area_m2_ = turns * model.core_area_m2;
  amps_per_field_ = model.core_length_m / turns;
  saturation_wb_ = turns_area_m2_ * mu_0 * model.hysteresis.saturation_a_per_m;
}

void HysteresisCt::start(double flux_wb, double half_step_wb) {
  state_ = {};
  flux_wb_ = std::clamp(flux_wb, -saturation_wb_, saturation_wb_);
  half_step_wb_ = half_step_wb;
  state_ = at_target(flux_wb_, 0.0);
}

double HysteresisCt::step(double primary_a) {
  auto const j_a = primary_a * law_.per_turn;
  auto const base_wb = flux_wb_ + half_step_wb_;
  state_ = at_target(base_wb + law_.drive_wb_per_a * j_a, law_.drive_wb_per_a);
  auto const left_a = j_a - excitation_a();
  half_step_wb_ = law_.drive_wb_per_a * left_a;
  flux_wb_ = base_wb + half_step_wb_;
  return law_.shunt * left_a;
}

/// The point of the core where flux + drive ie = target, by Newton between bounds: both rise with He.
HysteresisCore::State HysteresisCt::at_target(double target_wb, double drive_wb_per_a) const {
  auto const excess_wb = [&](HysteresisCore::State const& state) {
    return turns_area_m2_ * core_.flux_density_t(state) +
           drive_wb_per_a * amps_per_field_ * core_.field_a_per_m(state) - target_wb;
  };
  auto const start_excess_wb = excess_wb(state_);
  auto const delta = start_excess_wb < 0 ? 1.0 : -1.0;
  auto const enough_wb = 1e-14 * saturation_wb_;
  constexpr int steps_max = 200;

  auto const start = state_.effective_a_per_m;
  // Without any magnetisation the field alone would have to close the gap.
  auto far = start - start_excess_wb / (turns_area_m2_ * mu_0);
  auto near = start;
  auto state = state_;
  auto miss_wb = start_excess_wb;
  for (int n = 0; n < steps_max && std::abs(miss_wb) > enough_wb; ++n) {
    auto const chi = core_.susceptibility(state, delta);
    auto const slope_wb = turns_area_m2_ * mu_0 * (1 + (1 - core_.coupling()) * chi) +
                          drive_wb_per_a * amps_per_field_ * (1 - core_.coupling() * chi);
    auto next = state.effective_a_per_m - miss_wb / slope_wb;
    if (!((next - near) * delta > 0 && (far - next) * delta > 0)) {
      next = 0.5 * (near + far);
    }
    if (next == near || next == far) {
      break;
    }
    state = core_.moved(state_, next);
    miss_wb = excess_wb(state);
    (miss_wb * delta < 0 ? near : far) = next;
  }
  return state;
}

}  // namespace blondel
