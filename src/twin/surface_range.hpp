#pragma once
/// Where an operating point leaves what the accuracy surface was fitted over.

#include <cmath>
#include <complex>
#include <cstddef>

#include <blondel/frontend/accuracy_surface.hpp>

#include "twin/twin.hpp"

namespace blondel {

/// What rounding leaves between two wires of one conductor. @units V
inline constexpr double rounding_v = 1e-6;

/// A quantity outside the fitted range; of an element where it has one.
struct SurfaceCrossing {
  TierReason why{};
  std::size_t element{};
  double value{};
  double from{};
  double to{};
  [[nodiscard]] bool is_outside() const { return value < from || value > to; }
};

/// Calls `found` for each quantity outside, frequency and temperature first. An element without voltage is
/// inside: nothing flows there; and so is the smallest current, where the law of the cores is flat.
/// @param ct_ratio of the external transformer
template<class Found>
void for_each_beyond_surface(Signals const& elements, double ct_ratio, Found found) {
  auto const judge = [&found](SurfaceCrossing const& crossing) {
    if (crossing.is_outside()) {
      found(crossing);
    }
  };
  auto const& hz = AccuracySurface::drift_hz;
  auto const& celsius = AccuracySurface::drift_c;
  judge({TierReason::frequency_range, 0, elements.frequency.value(), hz.from, hz.last()});
  judge({TierReason::temperature_range, 0, elements.temperature.value(), celsius.from, celsius.last()});
  auto const volts = AccuracySurface::Element{}.voltage_v;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const u_v = std::abs(elements.component[0].u_v[k]);
    if (u_v > rounding_v) {
      judge({TierReason::voltage_range, k, u_v, volts.from, volts.last()});
    }
    auto const i_a = std::sqrt(channel_power(elements, k).i_square_a2) / ct_ratio;
    judge({TierReason::current_range, k, i_a, 0.0, AccuracySurface::current_max_a});
  }
}

}  // namespace blondel
