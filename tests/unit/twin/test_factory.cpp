#include <catch2/catch.hpp>

#include <cmath>

#include "support/twin_fixture.hpp"
#include "twin/factory.hpp"

namespace blondel {

TEST_CASE("factory: nominal constants follow from the converter's full scales") {
  // 1000 V, 20 A, 8 kS/s: worked out by hand in meter_fixture.hpp
  auto const set = nominal_calibration(test::ideal_front_end());
  CHECK(set[0].power_gain == 320'000'000);
  CHECK(set[1].u_gain == 64'000'000);
  CHECK(set[2].i_gain == 640'000'000);
}

TEST_CASE("factory: a calibrated meter is right where an uncalibrated one is half a percent off") {
  auto config = test::twin_config(Tier::waveform, test::physical_front_end());
  auto const point = test::balanced_point(230.0, 200.0, std::numbers::pi / 3.0);
  auto power_of = [&](bool calibrated) {
    config.calibrated = calibrated;
    auto twin = test::started_twin(config, point);
    twin->step(test::at_s(3.0));
    return static_cast<double>(test::native(*twin, RegisterId::active_power_import_l1)) * 1e-3;
  };
  // 230 V x 200 A x cos 60 deg = 23000 W
  CHECK(std::abs(power_of(false) / 23'000.0 - 1.0) > 3e-3);
  CHECK(std::abs(power_of(true) / 23'000.0 - 1.0) < 2e-5);
}

TEST_CASE("factory: an error of the sample clock is calibrated out") {
  // 200 ppm: without correction 60 s of 138 kW would be 1656 J short.
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto model = test::physical_front_end();
  for (auto& adc : model.adc) {
    adc.clock_error = 200e-6;
  }
  auto twin = test::started_twin(test::twin_config(tier, model), test::balanced_point(230.0, 200.0, 0.0));
  twin->step(test::at_s(1.001));
  auto const first_mj = test::native(*twin, RegisterId::active_energy_import);
  twin->step(test::at_s(61.001));
  auto const grown_j =
      static_cast<double>(test::native(*twin, RegisterId::active_energy_import) - first_mj) / 1e3;
  // At the rated current, where the meter was calibrated: 3 x 230 V x 200 A x 60 s = 8 280 000 J within 1e-5.
  // The waveform tier hands over whole cycles of 2760 J; 12 ms of 60 s are open at either reading.
  CHECK(grown_j == Approx(8'280'000.0).margin(82.8 + (tier == Tier::waveform ? 2.0 : 0.0)));
}

TEST_CASE("factory: calibration takes the converter's noise out of the current") {
  auto model = test::physical_front_end();
  for (auto& adc : model.adc) {
    adc.i_noise_a = 0.9e-3;  // metrology.md 2.3: the raw 5 mA reading is 1.6 % high
  }
  auto twin =
      test::started_twin(test::twin_config(Tier::waveform, model), test::balanced_point(230.0, 0.2, 0.0));
  twin->step(test::at_s(3.0));
  // 0.2 A primary = 5 mA secondary, shown as primary; one cycle of 160 samples leaves 0.02 % of noise power.
  CHECK(test::native(*twin, RegisterId::current_l1) == Approx(200'000).margin(1'500));
}

}  // namespace blondel
