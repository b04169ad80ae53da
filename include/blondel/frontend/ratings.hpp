#pragma once
/// What every meter of the series is rated for; currents are secondary.

#include <blondel/meter/config.hpp>

namespace blondel {

/// Un: against the neutral; of three wires between two of them. @source data sheet, Technical data
inline constexpr double nominal_u_v = 230.0;
/// In, the rated current of 0.05 - 5(6) A. @source data sheet, Technical data
inline constexpr double rated_i_a = 5.0;

/// fn, by the first digit that tells the connection. @units Hz
[[nodiscard]] constexpr double nominal_frequency(Phases phases) {
  return phases == Phases::four_wire_60hz ? 60.0 : 50.0;
}

}  // namespace blondel
