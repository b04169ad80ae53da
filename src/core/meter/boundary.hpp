#pragma once
/// Boundaries of the meter's clock: ends of integration periods and whatever else falls due at whole minutes.
/// All energy up to a boundary is booked before it is closed.

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Finds the next boundary after s.booked_until. To be called after everything that moves one: power-up, a
/// clock set, another rate of the clock, another configuration.
void plan_boundary(MeterState& s, MeterConfig const& config);

/// Does what falls due at s.boundary_normal, in rank order, and plans the next boundary. @errors nv_io
/// @source architecture.md 7: close demand, capture profile, debiting snapshot, switch tariff
Result<void> close_boundary(MeterState& s, MeterConfig const& config, NvStore& nv);

}  // namespace blondel
