#include <blondel/frontend/signals.hpp>

#include <cmath>
#include <numbers>

#include <blondel/base/contract.hpp>
#include <frontend/source/current_shape.hpp>

namespace blondel {
namespace {

using Complex = std::complex<double>;

/// The component of an order, made when it is not there yet.
SignalComponent& component_of(Signals& signals, int quarters) {
  for (std::size_t n = 0; n < signals.count; ++n) {
    if (signals.component[n].quarters == quarters) {
      return signals.component[n];
    }
  }
  BLONDEL_EXPECTS(signals.count < signal_components);
  auto& made = signals.component[signals.count++];
  made = {.quarters = quarters};
  return made;
}

double order_of(SignalComponent const& component) {
  return component.quarters / static_cast<double>(fundamental_quarters);
}

void add_harmonic(Signals& lines, OperatingPoint const& point, Harmonic const& harmonic) {
  BLONDEL_EXPECTS(harmonic.order >= 2 && harmonic.order <= 40);
  auto& component = component_of(lines, harmonic.order * fundamental_quarters);
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& phase = point.phase[k];
    auto const u_angle = harmonic.order * phase.u_angle.value() + harmonic.u_angle.value();
    auto const i_angle =
        harmonic.order * (phase.u_angle.value() - phase.lag.value()) + harmonic.i_angle.value();
    component.u_v[k] += std::polar(1.0, u_angle) * (phase.u.value() * harmonic.u_ratio);
    component.i_a[k] += std::polar(1.0, i_angle) * (phase.i.value() * harmonic.i_ratio);
  }
}

/// Replaces the sine of the currents by its shape.
void shape_currents(Signals& lines, OperatingPoint const& point) {
  lines.component[0].i_a = {};
  for (int quarters = 0; quarters <= shape_quarters_max; ++quarters) {
    auto const coefficient = shape_coefficient(point.shape, quarters);
    if (coefficient == Complex{}) {
      continue;
    }
    auto& component = component_of(lines, quarters);
    for (std::size_t k = 0; k < element_count; ++k) {
      auto const& phase = point.phase[k];
      auto const angle = order_of(component) * (phase.u_angle.value() - phase.lag.value());
      auto const full_scale = quarters == 0 ? std::numbers::sqrt2 : 1.0;  // a direct current is its own peak
      component.i_a[k] += std::polar(full_scale, angle) * phase.i.value() * coefficient;
    }
  }
}

}  // namespace

Signals line_signals(OperatingPoint const& point) {
  Signals lines;
  lines.frequency = point.frequency;
  lines.temperature = point.temperature;
  lines.count = 1;
  auto& fundamental = lines.component[0];
  fundamental.quarters = fundamental_quarters;
  bool has_direct_current = false;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& phase = point.phase[k];
    auto const turn = std::polar(1.0, phase.u_angle.value());
    fundamental.u_v[k] = turn * phase.u.value();
    fundamental.i_a[k] = turn * std::polar(1.0, -phase.lag.value()) * phase.i.value();
    has_direct_current = has_direct_current || phase.i_dc.value() != 0;
  }
  if (point.shape != CurrentShape::sine) {
    shape_currents(lines, point);
  }
  for (auto const& harmonic : point.harmonic) {
    if (harmonic.order != 0) {
      add_harmonic(lines, point, harmonic);
    }
  }
  if (has_direct_current) {
    auto& direct = component_of(lines, 0);
    for (std::size_t k = 0; k < element_count; ++k) {
      direct.i_a[k] += Complex{0.0, point.phase[k].i_dc.value()};
    }
  }
  return lines;
}

ChannelPower component_power(SignalComponent const& component, std::size_t channel,
                             std::complex<double> gain) {
  auto const u_v = component.u_v[channel];
  auto const i_a = component.i_a[channel];
  if (component.quarters == 0) {
    return {.active_w = u_v.imag() * i_a.imag(),
            .quadrature_var = u_v.imag() * i_a.imag(),
            .u_square_v2 = u_v.imag() * u_v.imag(),
            .i_square_a2 = i_a.imag() * i_a.imag()};
  }
  auto const power_va = u_v * std::conj(i_a) * gain;
  auto const square_gain = std::sqrt(std::norm(gain));  // the same bits with every library
  auto const delay = component.quarters * (std::numbers::pi / (2 * fundamental_quarters));
  return {.active_w = power_va.real(),
          .reactive_var = power_va.imag(),
          .quadrature_var = component.quarters == fundamental_quarters
                                ? power_va.imag()
                                : power_va.real() * std::cos(delay) + power_va.imag() * std::sin(delay),
          .u_square_v2 = std::norm(u_v) * square_gain,
          .i_square_a2 = std::norm(i_a) * square_gain};
}

ChannelPower channel_power(Signals const& signals, std::size_t channel) {
  ChannelPower sum;
  for (std::size_t n = 0; n < signals.count; ++n) {
    auto const part = component_power(signals.component[n], channel);
    sum.active_w += part.active_w;
    sum.reactive_var += part.reactive_var;
    sum.quadrature_var += part.quadrature_var;
    sum.u_square_v2 += part.u_square_v2;
    sum.i_square_a2 += part.i_square_a2;
  }
  return sum;
}

}  // namespace blondel
