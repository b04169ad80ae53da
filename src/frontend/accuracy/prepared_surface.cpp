#include <blondel/frontend/prepared_surface.hpp>

#include <cmath>
#include <complex>
#include <span>

namespace blondel {
namespace {

using Complex = std::complex<double>;
using Cubic = PreparedSurface::Cubic;

void put(Cubic& cubic, std::size_t power, Complex coefficient) {
  cubic.real[power] = coefficient.real();
  cubic.imaginary[power] = coefficient.imag();
}

/// Through each four neighbours at 0, 1, 2, 3: Newton's differences, multiplied out.
void set_rows(std::span<Complex const> y, Cubic* rows) {
  for (std::size_t n = 0; n + 4 <= y.size(); ++n) {
    auto const first = y[n + 1] - y[n];
    auto const second = (y[n + 2] - 2.0 * y[n + 1] + y[n]) / 2.0;
    auto const third = (y[n + 3] - 3.0 * y[n + 2] + 3.0 * y[n + 1] - y[n]) / 6.0;
    put(rows[n], 0, y[n]);
    put(rows[n], 1, first - second + 2.0 * third);
    put(rows[n], 2, second - 3.0 * third);
    put(rows[n], 3, third);
  }
}

void put(PreparedSurface::Fours& real, PreparedSurface::Fours& imaginary, std::size_t k, Complex value) {
  real[k] = value.real();
  imaginary[k] = value.imag();
}

}  // namespace

PreparedSurface::PreparedSurface(AccuracySurface const& surface)
    : voltage_from_v_{surface.element[0].voltage_v.from},
      voltage_steps_per_v_{1 / surface.element[0].voltage_v.step},
      fitted_voltage_v_{surface.fitted_voltage_v} {
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& element = surface.element[k];
    auto* const rows = &rows_[k * element_rows];
    set_rows(element.gain_error, rows);
    set_rows(element.voltage_v.at, rows + current_rows);
    for (std::size_t from = 0; from < element_count; ++from) {
      crosstalk_[from][k] = element.crosstalk[from];
    }
    put(slow_.rated_real, slow_.rated_imaginary, k, element.drift_error[0]);
    put(slow_.share_real, slow_.share_imaginary, k, element.share_direction());
  }
}

void PreparedSurface::set_conditions(AccuracySurface const& surface, Hertz frequency, Celsius temperature) {
  if (frequency == frequency_ && temperature == temperature_) {
    return;
  }
  frequency_ = frequency;
  temperature_ = temperature;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const drift = surface.element[k].drift_at(frequency, temperature);
    for (std::size_t n = 0; n < drift.size(); ++n) {
      put(slow_.drift_real[n], slow_.drift_imaginary[n], k, drift[n]);
    }
  }
}

}  // namespace blondel
