#include <blondel/frontend/accuracy_surface.hpp>

#include <algorithm>
#include <cmath>

#include <blondel/base/contract.hpp>
#include <frontend/accuracy/binary_logarithm.hpp>
#include <frontend/complex_product.hpp>

namespace blondel {
namespace {

using Complex = std::complex<double>;

/// Cubic through four neighbours at 0, 1, 2, 3, in Lagrange's form.
inline Complex cubic(Complex const* y, double x) {
  auto const a = x - 1;
  auto const b = x - 2;
  auto const c = x - 3;
  constexpr double sixth = 1.0 / 6;
  auto const bc = b * c;
  auto const xa = x * a;
  return y[0] * (-a * bc * sixth) + y[1] * (x * bc * 0.5) + y[2] * (-xa * c * 0.5) + y[3] * (xa * b * sixth);
}

constexpr double first_octave = binary_logarithm(AccuracySurface::current_min_a);
constexpr double steps_per_octave =
    (AccuracySurface::current_points - 1) / (binary_logarithm(AccuracySurface::current_max_a) - first_octave);

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
template struct Influence<39>;

Complex AccuracySurface::gain(std::size_t k, double secondary_a, Signals const& signals) const {
  BLONDEL_EXPECTS(k < element_count);
  // Outside the grid the end values hold: the transformer's law is flat at low flux, and the range ends far
  // above the largest current of the meter.
  auto const i_a = std::clamp(secondary_a, current_min_a, current_max_a);
  constexpr double last = current_points - 1;
  auto const position = std::clamp((binary_logarithm(i_a) - first_octave) * steps_per_octave, 0.0, last);
  auto const first = std::clamp(static_cast<int>(position) - 1, 0, static_cast<int>(current_points) - 4);
  auto const curve = cubic(element[k].gain_error.data() + first, position - first);
  return 1.0 + curve + influence(k, curve, signals);
}

Complex AccuracySurface::harmonic_gain(std::size_t k, double order, Signals const& signals) const {
  BLONDEL_EXPECTS(k < element_count);
  return 1.0 + element[k].harmonic.value(order) + influence(k, element[k].rated_error, signals);
}

Complex AccuracySurface::influence(std::size_t k, Complex curve, Signals const& signals) const {
  auto const& surface = element[k];
  auto const temperature_c = signals.temperature.value();
  auto const frequency_hz = signals.frequency.value();
  auto const u_v = std::sqrt(std::norm(signals.component[0].u_v[k]));
  bool const is_warm = is_off(temperature_c, fitted_temperature_c);
  bool const is_fast = is_off(frequency_hz, fitted_frequency_hz);
  Complex sum{};
  if (is_warm || is_fast) {
    // 0 at rated, 1 at low current: the share of the core's excitation in between.
    auto const steps = std::norm(surface.low_step);
    auto const share = steps > least_step
                           ? product(curve - surface.rated_error, std::conj(surface.low_step)).real() / steps
                           : 0.0;
    if (is_warm) {
      sum +=
          surface.temperature_c.value(temperature_c) + share * surface.temperature_low_c.value(temperature_c);
    }
    if (is_fast) {
      sum += surface.frequency_hz.value(frequency_hz) + share * surface.frequency_low_hz.value(frequency_hz);
    }
  }
  if (is_off(u_v, fitted_voltage_v)) {
    sum += surface.voltage_v.value(u_v);
  }
  return sum;
}

Complex AccuracySurface::crosstalk_a(std::size_t channel, Signals const& signals) const {
  auto const& u_v = signals.component[0].u_v;
  auto const& share = element[channel].crosstalk;
  return share[0] * u_v[0] + share[1] * u_v[1] + share[2] * u_v[2];
}

}  // namespace blondel
