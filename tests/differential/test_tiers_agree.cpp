#include <catch2/catch.hpp>

#include <cmath>

#include <blondel/base/rng.hpp>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

/// Mean powers over 20 s of registers, after the front end has settled. @units W, var, all elements
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
  auto energy_mj = [&](RegisterId import, RegisterId export_) {
    return static_cast<double>(test::native(*twin, import) - test::native(*twin, export_));
  };
  auto active_mj = [&] {
    return energy_mj(RegisterId::active_energy_import, RegisterId::active_energy_export);
  };
  auto reactive_mj = [&] {
    return energy_mj(RegisterId::reactive_energy_import, RegisterId::reactive_energy_export);
  };
  twin->step(test::at_s(1.001));
  auto const active_before = active_mj();
  auto const reactive_before = reactive_mj();
  twin->step(test::at_s(21.001));
  return {(active_mj() - active_before) / 20e3, (reactive_mj() - reactive_before) / 20e3};
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
    auto const s_va = 3.0 * 230.0 * current_a;
    auto const tolerance = 1e-5 * s_va;
    CHECK(std::abs(waveform.p_w - interval.p_w) < tolerance);
    CHECK(std::abs(waveform.q_var - interval.q_var) < tolerance);
    // The calibrated meter of class C: intrinsic error below 0.5 % of S at any angle here.
    CHECK(std::abs(waveform.p_w - s_va * std::cos(lag_rad)) < 5e-3 * s_va);
    CHECK(std::abs(waveform.q_var - s_va * std::sin(lag_rad)) < 5e-3 * s_va);
  }
}

TEST_CASE("tiers: they agree off the nominal frequency, voltage and temperature") {
  // metrology.md 4.3, E2: 2e-5 of S with the terms for U, f and T, over the whole range of the meter.
  auto model = test::physical_front_end(1.0);
  for (auto& adc : model.adc) {
    adc.reference_per_k = 10e-6;
    adc.reference_per_k2 = 0.02e-6;
    adc.clock_per_k2 = -0.034e-6;
    adc.sinc3 = true;
  }
  for (std::size_t into = 0; into < element_count; ++into) {
    for (std::size_t from = 0; from < element_count; ++from) {
      model.crosstalk[into][from] = into == from ? 1e-5 : 3e-6;
    }
  }
  struct Row {
    double frequency_hz, u_v, temperature_c;
  };
  auto const row = GENERATE(Row{49.0, 230.0, 23.0}, Row{51.0, 230.0, 23.0}, Row{45.0, 230.0, 23.0},
                            Row{63.7, 230.0, 23.0}, Row{50.0, 184.0, 23.0}, Row{50.0, 264.5, 23.0},
                            Row{50.0, 165.0, 23.0}, Row{50.0, 480.0, 23.0}, Row{50.0, 230.0, -40.0},
                            Row{50.0, 230.0, -10.0}, Row{50.0, 230.0, 55.0}, Row{50.0, 230.0, 70.0});
  CAPTURE(row.frequency_hz, row.u_v, row.temperature_c);
  auto point = test::balanced_point(row.u_v, 5.0, std::numbers::pi / 3.0, row.frequency_hz);
  point.temperature = Celsius{row.temperature_c};
  auto const waveform = measured(Tier::waveform, model, point);
  auto const interval = measured(Tier::interval, model, point);
  auto const tolerance = 2e-5 * 3.0 * 5.0 * row.u_v;
  CHECK(std::abs(waveform.p_w - interval.p_w) < tolerance);
  CHECK(std::abs(waveform.q_var - interval.q_var) < tolerance);
}

TEST_CASE("tiers: what the voltages couple over acts alike at any angle and on unequal voltages") {
  auto model = test::physical_front_end(1.0);
  model.crosstalk = {{{1e-5, 3e-6, -3e-6}, {-2e-6, -1e-5, 4e-6}, {3e-6, 1e-6, 2e-5}}};
  auto const lag_rad = GENERATE(0.0, 1.2, -2.0);
  auto point = test::balanced_point(230.0, 0.05, lag_rad);
  point.phase[1].u = Volts{200.0};
  auto const waveform = measured(Tier::waveform, model, point);
  auto const interval = measured(Tier::interval, model, point);
  CHECK(std::abs(waveform.p_w - interval.p_w) < 1e-5 * 33.0);
  CHECK(std::abs(waveform.q_var - interval.q_var) < 1e-5 * 33.0);
}

TEST_CASE("tiers: they agree on the reactive power of harmonics of every kind of order") {
  // A quarter of the fundamental's period turns order h by h times 90 degrees: with 10 % of voltage and 30 %
  // of current in phase it registers nothing, with the current 90 degrees behind +3 % of S for orders 5, 9,
  // 13 and -3 % for 3, 7, 11; an even order in phase gives -3 % (2, 6) or +3 % (4, 8).
  auto const model = test::physical_front_end(1.0);
  struct Row {
    int order;
    double i_angle_rad, expected;
  };
  constexpr double behind = -std::numbers::pi / 2.0;
  auto const row = GENERATE(Row{3, behind, -0.03}, Row{5, behind, 0.03}, Row{5, 0.0, 0.0},
                            Row{7, behind, -0.03}, Row{2, 0.0, -0.03}, Row{4, 0.0, 0.03});
  CAPTURE(row.order, row.i_angle_rad);
  auto point = test::balanced_point(230.0, 5.0, 0.0);
  point.harmonic[0] =
      Harmonic{.order = row.order, .u_ratio = 0.1, .i_ratio = 0.3, .i_angle = Radians{row.i_angle_rad}};
  auto const s_va = 3.0 * 230.0 * 5.0;
  auto const waveform = measured(Tier::waveform, model, point);
  auto const interval = measured(Tier::interval, model, point);
  // The anti-alias filters turn both channels alike and take of order h's power what 33 us take at 50 h Hz:
  // 0.52 % of order 7.
  auto const rc = [](double frequency_hz) {
    auto const angle = 2.0 * std::numbers::pi * frequency_hz * 33e-6;
    return 1.0 / (1.0 + angle * angle);
  };
  auto const expected = row.expected * rc(50.0 * row.order) / rc(50.0);
  CHECK(std::abs(interval.q_var / s_va - expected) < 1e-4);
  CHECK(std::abs(waveform.q_var / s_va - expected) < 1e-4);
  CHECK(std::abs(waveform.q_var - interval.q_var) < 2e-5 * s_va);
  CHECK(std::abs(waveform.p_w - interval.p_w) < 2e-5 * s_va);
}

}  // namespace blondel
