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

template<std::size_t Points>
Complex Influence<Points>::value(double x) const {
  auto const position = std::clamp((x - from) / step, 0.0, static_cast<double>(Points - 1));
  auto const first = std::clamp(static_cast<int>(position) - 1, 0, static_cast<int>(Points) - 4);
  return cubic(at.data() + first, position - first);
}
template struct Influence<8>;
template struct Influence<9>;
template struct Influence<10>;

Complex AccuracySurface::gain(std::size_t k, double secondary_a, Signals const& signals) const {
  BLONDEL_EXPECTS(k < element_count);
  auto const& surface = element[k];

  // Outside the grid the end values hold: the transformer's law is flat at low flux, and the range ends far
  // above the largest current of the meter.
  auto const i_a = std::clamp(secondary_a, current_min_a, current_max_a);
  auto const octaves_per_step = std::log2(current_max_a / current_min_a) / (current_points - 1);
  auto const position = std::log2(i_a / current_min_a) / octaves_per_step;
  auto const first = std::clamp(static_cast<int>(position) - 1, 0, static_cast<int>(current_points) - 4);
  auto gain = 1.0 + cubic(surface.gain_error.data() + first, position - first);

  auto const temperature_c = signals.temperature.value();
  auto const frequency_hz = signals.frequency.value();
  auto const u_v = std::abs(signals.component[0].u_v[k]);
  // Most points are where the surface was fitted; a rounding off it moves the gain by less than 1e-12.
  auto const moved = [](double value, double fitted) { return std::abs(value - fitted) > 1e-8 * fitted; };
  if (moved(temperature_c, fitted_temperature_c)) {
    gain += surface.temperature_c.value(temperature_c);
  }
  if (moved(frequency_hz, fitted_frequency_hz)) {
    gain += surface.frequency_hz.value(frequency_hz);
  }
  if (moved(u_v, fitted_voltage_v)) {
    gain += surface.voltage_v.value(u_v);
  }
  return gain;
}

Complex AccuracySurface::crosstalk_a(std::size_t channel, Signals const& signals) const {
  auto const& u_v = signals.component[0].u_v;
  auto const& share = element[channel].crosstalk;
  return share[0] * u_v[0] + share[1] * u_v[1] + share[2] * u_v[2];
}

}  // namespace blondel
