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
