#pragma once
/// What tells one meter's hardware and order from another's.

#include <cstdint>

#include "twin/twin.hpp"

namespace blondel {

/// Over everything of a configuration that a running twin still asks: order, hardware, wiring, tier, seed.
/// What a meter only starts with is not in it.
[[nodiscard]] std::uint64_t config_hash(TwinConfig const& config);

}  // namespace blondel
