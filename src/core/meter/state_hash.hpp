#pragma once
/// One number for a whole meter: equal states, equal hashes.

#include <cstdint>

#include "core/meter/meter_state.hpp"
#include "core/metrology/measuring_state.hpp"

namespace blondel {

/// Over every field of the state (core/meter/meter_fields.hpp); padding does not count.
[[nodiscard]] std::uint64_t state_hash(MeterState const& state, std::uint64_t start);
[[nodiscard]] std::uint64_t state_hash(MeasuringState const& state, std::uint64_t start);

}  // namespace blondel
