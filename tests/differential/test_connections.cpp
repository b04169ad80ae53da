#include <catch2/catch.hpp>

#include <cmath>
#include <complex>

#include <blondel/frontend/signals.hpp>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

/// A meter without external transformer, in either tier, after ten seconds.
std::unique_ptr<Twin> after_ten_seconds(TwinConfig config, OperatingPoint const& point, Tier tier) {
  config.tier = tier;
  auto twin = test::started_twin(config, point);
  twin->step(test::at_s(10.001));
  return twin;
}

TwinConfig directly(char const* type_number, FrontEndModel const& model) {
  auto config = test::twin_config(Tier::waveform, model);
  config.ct_ratio = 1.0;
  config.meter =
      test::class_c_200_5(type_number, {"11000162", "42301011", "00001100", "00000101", "00000111"});
  return config;
}

TwinConfig aron(FrontEndModel const& model) {
  auto config = directly("68525CC453010", model);
  config.meter.phase_sum = PhaseSum::algebraic;
  return config;
}

double watts(Twin& twin, RegisterId id) {
  return static_cast<double>(test::native(twin, id)) * 1e-3;
}

}  // namespace

TEST_CASE("connections: two elements register what three wires carry, at any angle") {
  // Blondel: P = sqrt3 * 230 V * 5 A * cos phi, Q likewise with sin; at 60 degrees the first element's active
  // power is zero. 1991.858429 VA.
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto const lag_rad = GENERATE(0.0, 0.5, std::numbers::pi / 3.0, 1.4, -0.8, 2.5);
  CAPTURE(static_cast<int>(tier), lag_rad);
  auto const point = test::balanced_point(230.0 / std::numbers::sqrt3, 5.0, lag_rad);
  auto const twin = after_ten_seconds(aron(test::ideal_front_end(1.0)), point, tier);
  constexpr double s_va = 1991.858429;
  auto const p_w =
      watts(*twin, RegisterId::active_power_import) - watts(*twin, RegisterId::active_power_export);
  auto const q_var =
      watts(*twin, RegisterId::reactive_power_import) - watts(*twin, RegisterId::reactive_power_export);
  CHECK(std::abs(p_w - s_va * std::cos(lag_rad)) < 4e-6 * s_va);
  CHECK(std::abs(q_var - s_va * std::sin(lag_rad)) < 1e-5 * s_va);
  CHECK(watts(*twin, RegisterId::voltage_l1) == Approx(230.0).margin(0.02));
  CHECK(test::native(*twin, RegisterId::current_l2) == 0);
}

TEST_CASE("connections: an unbalanced load without neutral is exact on two elements too") {
  // i1 + i2 + i3 = 0 with i1 = 4 A at -20 deg, i3 = 3 A at 100 deg; the sum over the lines of U I* is the
  // truth.
  auto point = test::balanced_point(132.790561913613, 0.0, 0.0);
  auto const angle_rad = [](double degrees) { return degrees * std::numbers::pi / 180.0; };
  auto const i1 = std::polar(4.0, angle_rad(-20.0));
  auto const i3 = std::polar(3.0, angle_rad(100.0));
  auto const currents = std::array{i1, -(i1 + i3), i3};
  std::complex<double> truth_va;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto& phase = point.phase[k];
    phase.i = Amps{std::abs(currents[k])};
    phase.lag = Radians{phase.u_angle.value() - std::arg(currents[k])};
    truth_va += std::polar(phase.u.value(), phase.u_angle.value()) * std::conj(currents[k]);
  }
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto const twin = after_ten_seconds(aron(test::ideal_front_end(1.0)), point, tier);
  CHECK(std::abs(watts(*twin, RegisterId::active_power_import) - truth_va.real()) <
        1e-5 * std::abs(truth_va));
  auto const q_var =
      watts(*twin, RegisterId::reactive_power_import) - watts(*twin, RegisterId::reactive_power_export);
  CHECK(std::abs(q_var - truth_va.imag()) < 2e-5 * std::abs(truth_va));
}

TEST_CASE("connections: three definitions of the total apparent power") {
  // metrology.md 2.4. One resistor L1-N at 5 A: 1150 / 1150 / 2817 VA (vector / arithmetic / effective); one
  // transformer reversed, 5 A everywhere: 1150 / 3450 / 5270 VA.
  struct Row {
    ApparentSum method;
    double one_resistor_va, reversed_va;
  };
  auto const row =
      GENERATE(Row{ApparentSum::vector, 1150.0, 1150.0}, Row{ApparentSum::arithmetic, 1150.0, 3450.0},
               Row{ApparentSum::effective, 2816.9131, 5269.9});
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  CAPTURE(static_cast<int>(row.method), static_cast<int>(tier));
  auto config = directly("68535CC453010", test::ideal_front_end(1.0));
  config.meter.apparent_sum = row.method;
  config.meter.phase_sum = PhaseSum::algebraic;
  auto one = test::balanced_point(230.0, 0.0, 0.0);
  one.phase[0].i = Amps{5.0};
  auto const resistor = after_ten_seconds(config, one, tier);
  CHECK(watts(*resistor, RegisterId::apparent_power_import) == Approx(row.one_resistor_va).epsilon(1e-5));
  config.wiring.current[0].share = -1.0;
  auto const reversed = after_ten_seconds(config, test::balanced_point(230.0, 5.0, 0.0), tier);
  CHECK(watts(*reversed, RegisterId::apparent_power_import) == Approx(row.reversed_va).epsilon(2e-5));
}

TEST_CASE("connections: reactive energy is right from 45 to 65 Hz") {
  // A fixed quarter of 20 ms would be off by 15 % of S at 45 Hz and sin 0.5.
  auto const frequency_hz = GENERATE(45.0, 47.5, 49.0, 51.0, 55.0, 60.0, 65.0);
  auto const lag_rad = GENERATE(std::numbers::pi / 2.0, std::numbers::pi / 6.0, -0.2526802551420786);
  CAPTURE(frequency_hz, lag_rad);
  auto const point = test::balanced_point(230.0, 5.0, lag_rad, frequency_hz);
  auto const twin =
      after_ten_seconds(directly("68535CC453010", test::ideal_front_end(1.0)), point, Tier::waveform);
  auto const q_var =
      watts(*twin, RegisterId::reactive_power_import) - watts(*twin, RegisterId::reactive_power_export);
  CHECK(std::abs(q_var - 3450.0 * std::sin(lag_rad)) < 2e-5 * 3450.0);
}

TEST_CASE("connections: a reversed phase sequence costs neither three elements nor two any power") {
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto const is_aron = GENERATE(false, true);
  CAPTURE(static_cast<int>(tier), is_aron);
  // L2 and L3 of voltage and current exchanged: what a Q of the wrong sign or a P of zero would betray.
  auto config =
      is_aron ? aron(test::ideal_front_end(1.0)) : directly("68535CC453010", test::ideal_front_end(1.0));
  std::swap(config.wiring.voltage[1], config.wiring.voltage[2]);
  std::swap(config.wiring.current[1], config.wiring.current[2]);
  auto const lag_rad = 0.4;
  auto const point = test::balanced_point(is_aron ? 230.0 / std::numbers::sqrt3 : 230.0, 5.0, lag_rad);
  auto const twin = after_ten_seconds(config, point, tier);
  auto const s_va = is_aron ? 1991.858429 : 3450.0;
  CHECK(watts(*twin, RegisterId::active_power_import) == Approx(s_va * std::cos(lag_rad)).epsilon(1e-5));
  CHECK(watts(*twin, RegisterId::reactive_power_import) == Approx(s_va * std::sin(lag_rad)).epsilon(3e-5));
}

}  // namespace blondel
