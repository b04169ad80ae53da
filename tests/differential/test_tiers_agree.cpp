#include <catch2/catch.hpp>

#include <cmath>

#include <blondel/base/rng.hpp>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

/// Secondary powers of element L1 after the front end has settled. @units W, var
struct Power {
  double p_w{};
  double q_var{};
};

Power measured(Tier tier, FrontEndModel const& model, OperatingPoint const& point) {
  auto config = test::twin_config(tier, model);
  config.ct_ratio = 1.0;
  config.meter =
      test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
  auto twin = test::started_twin(config, point);
  twin->step(test::at_s(3.0));
  auto const p = test::native(*twin, RegisterId::active_power_import_l1) -
                 test::native(*twin, RegisterId::active_power_export_l1);
  auto const q = test::native(*twin, RegisterId::reactive_power_import_l1) -
                 test::native(*twin, RegisterId::reactive_power_export_l1);
  return {static_cast<double>(p) * 1e-3, static_cast<double>(q) * 1e-3};
}

}  // namespace

TEST_CASE("tiers: waveform and interval agree with each other and with the closed form") {
  // metrology.md 4.3, E1 in small: random (I, phi) at Un, noise off; the whole of E1 to E6 belongs to the
  // laboratory.
  auto const model = test::physical_front_end(1.0);
  RandomStream random{20261121, 0, "differential.points"};
  for (int n = 0; n < 12; ++n) {
    auto const current_a = 0.05 * std::exp2(6.9 * random.uniform());
    auto const lag_rad = (random.uniform() - 0.5) * 3.0;
    CAPTURE(current_a, lag_rad);
    auto const point = test::balanced_point(230.0, current_a, lag_rad);
    auto const waveform = measured(Tier::waveform, model, point);
    auto const interval = measured(Tier::interval, model, point);
    auto const s_va = 230.0 * current_a;
    // 1e-5 of S (E1) and the reading's own step of 1 mW.
    auto const tolerance = 1e-5 * s_va + 1e-3;
    CHECK(std::abs(waveform.p_w - interval.p_w) < tolerance);
    CHECK(std::abs(waveform.q_var - interval.q_var) < tolerance);
    // The calibrated meter of class C: intrinsic error below 0.5 % of S at any angle here.
    CHECK(std::abs(waveform.p_w - s_va * std::cos(lag_rad)) < 5e-3 * s_va);
    CHECK(std::abs(waveform.q_var - s_va * std::sin(lag_rad)) < 5e-3 * s_va);
  }
}

}  // namespace blondel
