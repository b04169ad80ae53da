#include <blondel/frontend/front_end.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

using blondel::AccuracySurface;
using blondel::Celsius;
using blondel::DriftAxis;
using blondel::Hertz;
using blondel::test::balanced;
using blondel::test::within;

namespace {

using Complex = std::complex<double>;

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
  // Grid: 0.002 * 6000^(n / 31); half way between n = 15 and 16 is sqrt(0.002 * 12) = 0.15491933384829668 A:
  // x = 15.5 gives 0.0155 + 0.024025 and -0.003723875
  auto const gain = cubic_surface().gain(1, 0.15491933384829668, blondel::line_signals(balanced(1.0)));
  CHECK(gain.real() == within(1.039525, 1e-14));
  CHECK(gain.imag() == within(-0.003723875, 1e-14));
}

TEST_CASE("frontend: the accuracy surface meets its grid points and holds its ends") {
  auto const surface = cubic_surface();
  CHECK(surface.gain(1, 0.002, blondel::line_signals(balanced(1.0))).real() == within(1.0, rounding));
  CHECK(surface.gain(1, 1e-6, blondel::line_signals(balanced(1.0))).real() == within(1.0, rounding));
  // n = 31: 0.031 + 0.0961
  CHECK(surface.gain(1, 12.0, blondel::line_signals(balanced(1.0))).real() == within(1.1271, 1e-14));
  CHECK(surface.gain(1, 100.0, blondel::line_signals(balanced(1.0))).real() == within(1.1271, 1e-14));
}

TEST_CASE("frontend: temperature, frequency and voltage move the gain from where it was fitted") {
  AccuracySurface surface;
  // Straight lines through the fitted point: -2e-5 + 1e-6 j per K, 3e-5 j per Hz, 5e-7 per V.
  auto const set = [](auto& influence, double fitted, std::complex<double> slope) {
    for (std::size_t n = 0; n < influence.at.size(); ++n) {
      influence.at[n] = slope * (influence.point(n) - fitted);
    }
  };
  for (std::size_t t = 0; t < DriftAxis::points; ++t) {
    for (std::size_t f = 0; f < DriftAxis::points; ++f) {
      surface.element[0].drift[t][f].fill((AccuracySurface::drift_c.point(t) - 23.0) * Complex{-2e-5, 1e-6} +
                                          (AccuracySurface::drift_hz.point(f) - 50.0) * Complex{0.0, 3e-5});
    }
  }
  set(surface.element[0].voltage_v, 230.0, {5e-7, 0.0});
  auto point = balanced(5.0, 0.0, 250.0);
  point.temperature = Celsius{-40.0};
  point.frequency = Hertz{51.0};
  // 1 + 63 * 2e-5 + 20 * 5e-7 = 1.00127; j (-63e-6 + 3e-5) = -3.3e-5 j
  auto const gain = surface.gain(0, 5.0, blondel::line_signals(point));
  CHECK(gain.real() == within(1.00127, rounding));
  CHECK(gain.imag() == within(-3.3e-5, rounding));
}

TEST_CASE("frontend: temperature and frequency act by the excitation of the cores, and on each other") {
  // At -50 C and 45 Hz 1e-3 x^3 of the share x of the excitation, elsewhere nothing. The currents of the grid
  // stand at 0, 1/4, 1/2 and 1 of a way of 4e-3 of error; an error of 3e-3 is at 3/4: 0.421875e-3 more.
  AccuracySurface surface;
  auto& element = surface.element[2];
  element.gain_error.fill({3e-3, 0.0});
  element.drift_error = {0.0, 1e-3, 2e-3, 4e-3};
  element.drift[0][0] = {0.0, 1.5625e-5, 1.25e-4, 1e-3};
  auto point = balanced(1.0);
  point.temperature = Celsius{-50.0};
  point.frequency = Hertz{45.0};
  CHECK(surface.gain(2, 1.0, blondel::line_signals(point)).real() == within(1.003421875, rounding));
  point.frequency = Hertz{50.0};
  CHECK(surface.gain(2, 1.0, blondel::line_signals(point)).real() == within(1.003, rounding));
}

TEST_CASE("frontend: where the excitation does not tell the currents apart, drift is a line along it") {
  // The second current stands behind the first: the line is 1e-4 + 4e-4 x, at 3/4 of the way 4e-4.
  AccuracySurface surface;
  auto& element = surface.element[2];
  element.gain_error.fill({3e-3, 0.0});
  element.drift_error = {0.0, -1e-3, 2e-3, 4e-3};
  element.drift[4][1] = {1e-4, 7e-3, -8e-3, 5e-4};
  auto point = balanced(1.0);
  point.temperature = Celsius{96.0};
  CHECK(surface.gain(2, 1.0, blondel::line_signals(point)).real() == within(1.0034, rounding));
}
