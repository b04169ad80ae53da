#include <frontend/ct/ct_bank.hpp>

#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using blondel::Celsius;
using blondel::CtBank;
using blondel::CtLaw;
using blondel::CtModel;
using blondel::CtState;
using blondel::Lanes;
using blondel::Ohms;

namespace {

constexpr double interval_s = 125e-6;

CtLaw law_of(CtModel const& model) {
  return make_ct_law(model, Ohms{}, Celsius{23.0}, interval_s);
}

/// Four cycles of a sine of the given peak in every lane, starting at its zero crossing.
struct Sine {
  explicit Sine(double peak_a) {
    for (std::size_t n = 0; n < count; ++n) {
      auto const i_a = peak_a * std::sin(2 * 3.141592653589793 * static_cast<double>(n) / 160);
      at[n] = Lanes{i_a, i_a, i_a, 0.0};
    }
  }
  static constexpr std::size_t count = 640;
  Lanes at[count];
};

/// The largest amount by which a run misses the trapezoidal rule with the full law, relative to the drive.
/// @param skipped samples at the start: the prediction knows nothing of a step and needs three samples after
/// it
double worst_residual(CtModel const& model, double peak_a, int skipped = 3) {
  auto const law = law_of(model);
  CtBank bank;
  bank.set_laws({law, law, law});
  double worst = 0.0;
  auto before = bank.state();
  Sine const sine{peak_a};
  for (auto input : sine.at) {
    auto const j_a = input[0] * law.per_turn;
    Lanes output;
    bank.run(&input, &output, 1);
    auto const after = bank.state();
    auto const w_wb = law.drive_wb_per_a * (j_a - after.flux_wb[0] * law.conductance(after.flux_wb[0]));
    auto const flux_wb = before.flux_wb[0] + before.half_step_wb[0] + w_wb;
    if (skipped-- > 0) {
      before = after;
      continue;
    }
    worst =
        std::max(worst, std::abs(flux_wb - after.flux_wb[0]) / (law.drive_wb_per_a * peak_a * law.per_turn));
    before = after;
  }
  return worst;
}

}  // namespace

TEST_CASE("frontend: one Newton step a sample solves the trapezoidal rule far below a millionth") {
  CHECK(worst_residual(CtModel{}, 5e-3 * 1.4142) < 1e-8);
  CHECK(worst_residual(CtModel{}, 8.5) < 1e-8);
}

TEST_CASE("frontend: a step from rest costs less than two millionths of the current for three samples") {
  // The guess is 2 h^2 flux'' off: 5 uWb at 8.5 A; half of ie'' = 2 * 0.35 / (a0 L0) times its square is
  // 3e-10 A of 3.4 mA. At 400 A the guess is 0.25 mWb off, beyond the bend at a0, and ie bends by 0.35 a0 /
  // L0 = 0.2 uA of 0.16 A.
  CHECK(worst_residual(CtModel{}, 8.5, 0) < 1e-7);
  CHECK(worst_residual(CtModel{}, 400.0, 0) < 2e-6);
}

TEST_CASE("frontend: near and in deep saturation the residual stays below a millionth") {
  // From rest at a zero crossing the flux peaks at twice the steady amplitude: 2 * 140 ohm * I / 2500 / 314
  // rad/s. 8.5 A gives 3 mWb; as = 68.75 mWb is met at 193 A, so 130 A stays at two thirds of it and 400 A
  // goes through.
  CHECK(worst_residual(CtModel{}, 130.0) < 1e-6);
  CHECK(worst_residual(CtModel{}, 400.0) < 1e-6);
}

TEST_CASE("frontend: saturation bounds the flux and starves the secondary") {
  // 2000 A peak would need 2 * 356 mWb. Where all of 0.8 A excites, (flux / as)^15 = 0.8 / (as / L0 * r) with
  // r = 0.7413 (0.74 for a far above a0): 3698, so flux = 68.75 mWb * 1.7294 = 118.9 mWb
  auto const law = law_of(CtModel{});
  CtBank bank;
  bank.set_laws({law, law, law});
  double highest_wb = 0.0;
  double least_a = 1.0;
  Sine const sine{2000.0};
  for (auto input : sine.at) {
    auto const j_a = input[0] * law.per_turn;
    Lanes output;
    bank.run(&input, &output, 1);
    highest_wb = std::max(highest_wb, std::abs(bank.state().flux_wb[0]));
    if (j_a > 0.4) {  // near the peak of 0.8 A
      least_a = std::min(least_a, output[0] / j_a);
    }
  }
  CHECK(highest_wb == blondel::test::within(0.1189, 0.0002));
  CHECK(least_a < 0.2);
}

TEST_CASE("frontend: a saturating neighbour changes no bit of a transformer that does not") {
  auto small_core = CtModel{};
  small_core.core_area_m2 = 1e-6;
  CtBank alone;
  CtBank beside;
  alone.set_laws({law_of(CtModel{}), law_of(CtModel{}), law_of(CtModel{})});
  beside.set_laws({law_of(CtModel{}), law_of(CtModel{}), law_of(small_core)});
  Sine const input{5.0};  // from rest 1.8 mWb: below the 2.9 mWb at which the large core shows saturation,
                          // 0.65 of as of the small one
  Sine alone_a{0.0};
  Sine beside_a{0.0};
  alone.run(input.at, alone_a.at, 160);
  beside.run(input.at, beside_a.at, 160);
  std::size_t differing = 0;
  for (std::size_t n = 0; n < 160; ++n) {
    differing += alone_a.at[n][0] != beside_a.at[n][0] || alone_a.at[n][1] != beside_a.at[n][1] ? 1U : 0U;
  }
  CHECK(differing == 0);
  CHECK(alone_a.at[100][2] != beside_a.at[100][2]);
}

TEST_CASE("frontend: a transformer that is not present divides by its turns, for direct current too") {
  CtModel model;
  model.present = false;
  model.turns = 40.0;
  CtBank bank;
  bank.set_laws({law_of(model), law_of(model), law_of(model)});
  for (int n = 0; n < 1000; ++n) {
    Lanes input{200.0, -20.0, 0.0, 0.0};
    Lanes output;
    bank.run(&input, &output, 1);
    REQUIRE(output[0] == blondel::test::within(5.0, 1e-14));
    REQUIRE(output[1] == blondel::test::within(-0.5, 1e-14));
  }
}

TEST_CASE("frontend: direct flux decays with L0 over the loop resistance") {
  // rho = 0: L0 = 235.6194491475 H, R = 140 ohm parallel to 300 kohm = 139.9347; tau = 1.68378 s;
  // after 8000 samples of no current exp(-1 / 1.68378) = 0.552169
  CtModel model;
  model.low_field_rise = 0.0;
  auto const law = law_of(model);
  CtBank bank;
  bank.set_laws({law, law, law});
  CtState state;
  state.flux_wb = state.flux_before_wb = Lanes{1e-3, 1e-3, 1e-3, 0.0};
  auto const w_wb = -law.drive_wb_per_a * 1e-3 * law.conductance(1e-3);
  state.half_step_wb = state.half_step_before_wb = state.half_step_earlier_wb = Lanes{w_wb, w_wb, w_wb, 0.0};
  bank.set_state(state);
  for (int n = 0; n < 8000; ++n) {
    Lanes input{};
    Lanes output;
    bank.run(&input, &output, 1);
  }
  CHECK(bank.state().flux_wb[0] == blondel::test::within(0.552169e-3, 1e-9));
}
