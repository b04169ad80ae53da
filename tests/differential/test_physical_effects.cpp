#include <catch2/catch.hpp>

#include <cmath>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

/// Mean power over ten seconds of an otherwise ideal meter with one effect, uncalibrated. @units W or var
struct Effect {
  FrontEndModel model{test::ideal_front_end(1.0)};
  bool calibrated{};

  [[nodiscard]] double error(OperatingPoint const& point, double truth_w) const {
    auto config = test::twin_config(Tier::waveform, model);
    config.ct_ratio = 1.0;
    config.calibrated = calibrated;
    config.meter =
        test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
    auto twin = test::started_twin(config, point);
    auto const energy_j = [&] {
      return static_cast<double>(test::native(*twin, RegisterId::active_energy_import)) * 1e-3;
    };
    twin->step(test::at_s(1.001));
    auto const before_j = energy_j();
    twin->step(test::at_s(11.001));
    return (energy_j() - before_j) / 10.0 / truth_w - 1.0;
  }
};

}  // namespace

TEST_CASE("effects: what couples from the voltage adds 27 mW a phase, 0.23 % at 0.05 A") {
  // metrology.md 3.3: 1e-5 * 230 V / 991 = 2.32 uV over 50 ohm and 2500 turns are 0.116 mA: 26.7 mW
  Effect effect;
  for (std::size_t e = 0; e < element_count; ++e) {
    effect.model.crosstalk[e][e] = 1e-5;
  }
  CHECK(effect.error(test::balanced_point(230.0, 0.05, 0.0), 34.5) == Approx(2.3209e-3).margin(1e-5));
  // At half-inductive load the same milliwatts are twice as much of the power.
  CHECK(effect.error(test::balanced_point(230.0, 0.05, std::numbers::pi / 3.0), 17.25) ==
        Approx(4.6418e-3).margin(2e-5));
  // From the next phase they come at 120 degrees: minus half of it.
  Effect neighbour;
  neighbour.model.crosstalk[0][1] = neighbour.model.crosstalk[1][2] = neighbour.model.crosstalk[2][0] = 1e-5;
  CHECK(neighbour.error(test::balanced_point(230.0, 0.05, 0.0), 34.5) == Approx(-1.16045e-3).margin(1e-5));
}

TEST_CASE("effects: the modulator's filter takes 0.96 % of the fifth harmonic's power") {
  // metrology.md 2.1: 8000 S/s -0.96 %; with U5 = 10 % and I5 = 40 % that is 4 % of the power: -0.037 % in
  // all, against the droop of the fundamental, (1 - 0.0393^2 / 8)^2 = -0.0386 %
  Effect effect;
  for (auto& adc : effect.model.adc) {
    adc.sinc3 = true;
  }
  auto point = test::balanced_point(230.0, 3.0, 0.0);
  CHECK(effect.error(point, 2070.0) == Approx(-3.855e-4).margin(2e-6));
  point.harmonic[0] = {.order = 5, .u_ratio = 0.1, .i_ratio = 0.4};
  // sinc^6(250 / 8000) - 1 = -0.959 %
  CHECK(effect.error(point, 2070.0 * 1.04) == Approx((-3.855e-4 - 0.04 * 9.595e-3) / 1.04).margin(5e-6));
}

TEST_CASE("effects: a crystal that slows down by 135 ppm in the cold costs as much energy") {
  // metrology.md 3.3: -0.034 ppm/K^2 at -40 C, 63 K below: -134.9 ppm
  Effect effect;
  for (auto& adc : effect.model.adc) {
    adc.clock_per_k2 = -0.034e-6;
  }
  auto point = test::balanced_point(230.0, 5.0, 0.0);
  CHECK(std::abs(effect.error(point, 3450.0)) < 5e-6);
  point.temperature = Celsius{-40.0};
  // The readings end with whole cycles: one sample of 80 000 is open.
  CHECK(effect.error(point, 3450.0) == Approx(-1.349e-4).margin(1.3e-5));
}

TEST_CASE(
    "effects: a voltage transformer loses 0.1 % and leads by ten minutes of arc, and both depend on U") {
  // metrology.md 3.2: ratio -0.1 %, phase +10' = 2.909 mrad; at half-inductive load the lead of the voltage
  // adds its tangent: P falls by 2.909e-3 * 1.732 = 0.504 %
  Effect effect;
  for (auto& transformer : effect.model.voltage_transformer) {
    transformer.present = true;
    transformer.low_field_rise = 0.0;
  }
  auto const unity = effect.error(test::balanced_point(230.0, 5.0, 0.0), 3450.0);
  CHECK(unity == Approx(-1.0e-3).margin(3e-5));
  auto const half = effect.error(test::balanced_point(230.0, 5.0, std::numbers::pi / 3.0), 1725.0);
  CHECK(half - unity == Approx(-2.909e-3 * 1.7320508).margin(1.5e-4));
  // Towards saturation the magnetising current rises: the lead grows with the voltage, and with 1 / f.
  auto const low = effect.error(test::balanced_point(184.0, 5.0, std::numbers::pi / 3.0), 1380.0);
  auto const high = effect.error(test::balanced_point(276.0, 5.0, std::numbers::pi / 3.0), 2070.0);
  CHECK(high < half - 5e-5);
  CHECK(low > half);
  auto const slow = effect.error(test::balanced_point(230.0, 5.0, std::numbers::pi / 3.0, 47.0), 1725.0);
  CHECK(slow - half == Approx(-2.909e-3 * 1.7320508 * 3.0 / 47.0).epsilon(0.2));
  // Calibration takes both out at rated voltage.
  effect.calibrated = true;
  CHECK(std::abs(effect.error(test::balanced_point(230.0, 5.0, std::numbers::pi / 3.0), 1725.0)) < 2e-5);
}

}  // namespace blondel
