#include <blondel/frontend/front_end.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

using blondel::AccuracySurface;
using blondel::Celsius;
using blondel::Hertz;
using blondel::test::balanced;
using blondel::test::within;

namespace {

constexpr double rounding = 1e-15;

/// Element 1's error is 1e-3 x + 1e-4 x^2 - 1e-6 j x^3 of the grid index x.
AccuracySurface cubic_surface() {
  AccuracySurface surface;
  for (std::size_t n = 0; n < AccuracySurface::current_points; ++n) {
    auto const x = static_cast<double>(n);
    surface.element[1].gain_error[n] = {1e-3 * x + 1e-4 * x * x, -1e-6 * x * x * x};
  }
  return surface;
}

}  // namespace

TEST_CASE("frontend: the accuracy surface interpolates cubically in the logarithm of the current") {
  // Grid: 0.002 * 6000^(n / 23); half way between n = 11 and 12 is sqrt(0.002 * 12) = 0.15491933384829668 A:
  // x = 11.5 gives 0.0115 + 0.013225 and -0.001520875
  auto const gain = cubic_surface().gain(1, 0.15491933384829668, blondel::line_signals(balanced(1.0)));
  CHECK(gain.real() == within(1.024725, 1e-14));
  CHECK(gain.imag() == within(-0.001520875, 1e-14));
}

TEST_CASE("frontend: the accuracy surface meets its grid points and holds its ends") {
  auto const surface = cubic_surface();
  CHECK(surface.gain(1, 0.002, blondel::line_signals(balanced(1.0))).real() == within(1.0, rounding));
  CHECK(surface.gain(1, 1e-6, blondel::line_signals(balanced(1.0))).real() == within(1.0, rounding));
  // n = 23: 0.023 + 0.0529
  CHECK(surface.gain(1, 12.0, blondel::line_signals(balanced(1.0))).real() == within(1.0759, 1e-14));
  CHECK(surface.gain(1, 100.0, blondel::line_signals(balanced(1.0))).real() == within(1.0759, 1e-14));
}

TEST_CASE("frontend: temperature, frequency and voltage move the gain from where it was fitted") {
  AccuracySurface surface;
  // Straight lines through the fitted point: -2e-5 + 1e-6 j per K, 3e-5 j per Hz, 5e-7 per V.
  auto const set = [](auto& influence, double fitted, std::complex<double> slope) {
    for (std::size_t n = 0; n < influence.at.size(); ++n) {
      influence.at[n] = slope * (influence.point(n) - fitted);
    }
  };
  set(surface.element[0].temperature_c, 23.0, {-2e-5, 1e-6});
  set(surface.element[0].frequency_hz, 50.0, {0.0, 3e-5});
  set(surface.element[0].voltage_v, 230.0, {5e-7, 0.0});
  auto point = balanced(5.0, 0.0, 250.0);
  point.temperature = Celsius{-40.0};
  point.frequency = Hertz{51.0};
  // 1 + 63 * 2e-5 + 20 * 5e-7 = 1.00127; j (-63e-6 + 3e-5) = -3.3e-5 j
  auto const gain = surface.gain(0, 5.0, blondel::line_signals(point));
  CHECK(gain.real() == within(1.00127, rounding));
  CHECK(gain.imag() == within(-3.3e-5, rounding));
}
