#pragma once
/// The voltage angles of a symmetrical supply.

#include <array>
#include <numbers>

#include <blondel/frontend/operating_point.hpp>

namespace blondel {

/// L1, L2, L3 in positive sequence.
inline constexpr std::array<Radians, element_count> positive_sequence_angle{
    Radians{0.0}, Radians{-2 * std::numbers::pi / 3}, Radians{2 * std::numbers::pi / 3}};

}  // namespace blondel
