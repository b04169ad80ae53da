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

/// Where the currents of the grid stand in the cores' excitation, from 0 to 1.
std::array<double, AccuracySurface::drift_a.size()> shares_of(AccuracySurface::Element const& element) {
  auto const direction = std::conj(element.share_direction());
  std::array<double, AccuracySurface::drift_a.size()> share{};
  for (std::size_t n = 0; n < share.size(); ++n) {
    share[n] = product(element.drift_error[n] - element.drift_error[0], direction).real();
  }
  return share;
}

/// The cubic through four values. Where the excitation does not tell the currents apart, the line through the
/// first and the last; without any excitation the first.
Drift through(std::array<double, 4> const& x, Drift y) {
  constexpr double least_share = 0.01;
  bool is_rising = true;
  for (std::size_t n = 1; n < x.size(); ++n) {
    is_rising = is_rising && x[n] - x[n - 1] >= least_share;
  }
  if (!is_rising) {
    return {y[0], x[3] > 0 ? y[3] - y[0] : Complex{}};
  }
  // Newton's divided differences, then multiplied out from the last one on.
  for (std::size_t order = 1; order < y.size(); ++order) {
    for (auto n = y.size() - 1; n >= order; --n) {
      y[n] = (y[n] - y[n - 1]) / (x[n] - x[n - order]);
    }
  }
  Drift power{};
  for (auto n = y.size(); n-- > 0;) {
    for (auto k = power.size() - 1; k > 0; --k) {
      power[k] = power[k - 1] - x[n] * power[k];
    }
    power[0] = y[n] - x[n] * power[0];
  }
  return power;
}

}  // namespace

template<std::size_t Points>
Complex Influence<Points>::value(double x) const {
  auto const position = std::clamp((x - from) / step, 0.0, static_cast<double>(Points - 1));
  auto const first = std::clamp(static_cast<int>(position) - 1, 0, static_cast<int>(Points) - 4);
  return cubic(at.data() + first, position - first);
}
template struct Influence<10>;
template struct Influence<39>;

std::array<double, DriftAxis::points> DriftAxis::weights(double x) const {
  auto const position = std::clamp((x - from) / step, 0.0, static_cast<double>(points - 1));
  std::array<double, points> weight{};
  for (std::size_t n = 0; n < points; ++n) {
    weight[n] = 1.0;
    for (std::size_t m = 0; m < points; ++m) {
      if (m != n) {
        weight[n] *= (position - static_cast<double>(m)) / (static_cast<double>(n) - static_cast<double>(m));
      }
    }
  }
  return weight;
}

Complex AccuracySurface::Element::share_direction() const {
  auto const step = drift_error.back() - drift_error.front();
  auto const steps = std::norm(step);
  return steps > least_step ? step / steps : Complex{};
}

Drift AccuracySurface::Element::drift_at(Hertz frequency, Celsius temperature) const {
  auto const by_temperature = drift_c.weights(temperature.value());
  auto const by_frequency = drift_hz.weights(frequency.value());
  Drift at{};
  for (std::size_t t = 0; t < DriftAxis::points; ++t) {
    for (std::size_t f = 0; f < DriftAxis::points; ++f) {
      for (std::size_t n = 0; n < drift_a.size(); ++n) {
        at[n] += by_temperature[t] * by_frequency[f] * drift[t][f][n];
      }
    }
  }
  return through(shares_of(*this), at);
}

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
  return 1.0 + element[k].harmonic.value(order) + influence(k, element[k].drift_error[0], signals);
}

Complex AccuracySurface::influence(std::size_t k, Complex curve, Signals const& signals) const {
  auto const& surface = element[k];
  auto const u_v = std::sqrt(std::norm(signals.component[0].u_v[k]));
  auto const share = product(curve - surface.drift_error[0], std::conj(surface.share_direction())).real();
  auto const drift = surface.drift_at(signals.frequency, signals.temperature);
  auto sum = ((drift[3] * share + drift[2]) * share + drift[1]) * share + drift[0];
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
