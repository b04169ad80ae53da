#include <algorithm>
#include <cmath>

#include <blondel/base/contract.hpp>
#include <blondel/frontend/front_end.hpp>

namespace blondel {
namespace {

using Complex = std::complex<double>;

/// Cubic through four neighbours at 0, 1, 2, 3, in Lagrange's form.
Complex cubic(Complex const* y, double x) {
  auto const a = x - 1;
  auto const b = x - 2;
  auto const c = x - 3;
  return y[0] * (-a * b * c / 6) + y[1] * (x * b * c / 2) + y[2] * (-x * a * c / 2) + y[3] * (x * a * b / 6);
}

}  // namespace

std::complex<double> AccuracySurface::gain(std::size_t k, double secondary_a, Signals const& signals) const {
  BLONDEL_EXPECTS(k < element_count);
  auto const& surface = element[k];

  // Outside the grid the end values hold: the transformer's law is flat at low flux, and the range ends far
  // above the largest current of the meter.
  auto const i_a = std::clamp(secondary_a, current_min_a, current_max_a);
  auto const octaves_per_step = std::log2(current_max_a / current_min_a) / (current_points - 1);
  auto const position = std::log2(i_a / current_min_a) / octaves_per_step;
  auto const first = std::clamp(static_cast<int>(position) - 1, 0, current_points - 4);
  auto const error = cubic(surface.gain_error.data() + first, position - first);

  return 1.0 + error + surface.per_k * (signals.temperature.value() - fitted_temperature_c) +
         surface.per_hz * (signals.frequency.value() - fitted_frequency_hz) +
         surface.per_v * (std::abs(signals.component[0].u_v[k]) - fitted_voltage_v);
}

}  // namespace blondel
