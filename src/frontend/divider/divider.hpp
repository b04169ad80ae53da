#pragma once
/// The resistive voltage divider.

#include <blondel/frontend/front_end_model.hpp>

namespace blondel {

/// Output over that of a perfect divider of the same nominal ratio.
/// @source metrology.md 3.2; the voltage coefficient acts on the rms value: inferred, the resistors' film
///         warms slower than a cycle
[[nodiscard]] constexpr double divider_gain(DividerModel const& model, Volts u_rms, Celsius temperature) {
  constexpr double reference_c = 23.0;
  constexpr double reference_v = 230.0;
  return 1 + model.ratio_error + model.per_k * (temperature.value() - reference_c) +
         model.per_v * (u_rms.value() - reference_v);
}

}  // namespace blondel
