#pragma once
/// Boundaries of the meter's clock: ends of integration periods and whatever else falls due at whole minutes.
/// All energy up to a boundary is booked before it is closed.

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Clock adjustments up to here count as drift. @source device.md B4
inline constexpr std::int64_t adjustment_max_s = 7;

/// Finds the next boundary after s.booked_until. To be called after everything that moves one.
void plan_boundary(MeterState& s, MeterConfig const& config);

/// Does what falls due at s.boundary_normal, in rank order, and plans the next boundary. @errors nv_io
/// @source architecture.md 7: close demand, capture profile, debiting snapshot, switch tariff
Result<void> close_boundary(MeterState& s, MeterConfig const& config, NvStore& nv);

/// The running period has no nominal length: its energy gives an average, no peak; nor does what is left of
/// the period that the clock shows now. plan_boundary has to follow.
void interrupt_period(MeterState& s);

/// The clock has been set. A set by up to 7 s moves the end of the period under way and nothing else; a
/// greater one leaves a period whose length is not nominal. @param old_normal what the clock showed before
/// @source device.md B4: "adjustments < 7 s are not logged"; what becomes of the period is inferred
void clock_was_set(MeterState& s, MeterConfig const& config, CivilSeconds old_normal);

/// The supply is back: periods that ended without it are closed, the tariff is that of now. @source inferred:
/// the energy of a period with an outage in it is divided by its nominal length, as that of any other
void resume_periods(MeterState& s, MeterConfig const& config);

}  // namespace blondel
