#include <cmath>
#include <numbers>

#include <blondel/base/contract.hpp>
#include <frontend/source/harmonic_sums.hpp>

namespace blondel {

HarmonicSums harmonic_sums(OperatingPoint const& point, int phase) {
  auto const lag = point.phase[static_cast<std::size_t>(phase)].lag.value();
  HarmonicSums sums;
  for (auto const& a : point.harmonic) {
    for (auto const& b : point.harmonic) {
      if (a.order == 0 || a.order != b.order) {
        continue;
      }
      auto const angle = a.u_angle.value() - b.i_angle.value() + a.order * lag;
      auto const product = a.u_ratio * b.i_ratio;
      sums.active += product * std::cos(angle);
      sums.reactive += product * std::sin(angle);
      sums.quadrature += product * std::cos(angle - a.order * (std::numbers::pi / 2));
      sums.u_square += a.u_ratio * b.u_ratio * std::cos(a.u_angle.value() - b.u_angle.value());
      sums.i_square += a.i_ratio * b.i_ratio * std::cos(a.i_angle.value() - b.i_angle.value());
    }
  }
  return sums;
}

PhasePower closed_form_power(OperatingPoint const& point, int phase) {
  BLONDEL_EXPECTS(phase >= 0 && phase < element_count);
  auto const& at = point.phase[static_cast<std::size_t>(phase)];
  auto const sums = harmonic_sums(point, phase);
  auto const fundamental_va = at.u.value() * at.i.value();
  return {
      .active = Watts{fundamental_va * (std::cos(at.lag.value()) + sums.active)},
      .reactive = Vars{fundamental_va * (std::sin(at.lag.value()) + sums.reactive)},
      .apparent = VoltAmps{std::abs(fundamental_va) * std::sqrt((1 + sums.u_square) * (1 + sums.i_square))}};
}

}  // namespace blondel
