#pragma once
/// What a run's summary takes from the meter.

#include <report/summary.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// The meter's share of a summary that is read while it still runs: tier, time and state.
[[nodiscard]] SummarySheet twin_sheet(Scenario const& scenario, Twin const& twin);

/// Adds where the energy went and how many pulses came, to be called when the meter is shut down: the cycle
/// that was open is booked then, so nothing is under way.
/// @param was_powered before; of a meter that was off the two directions cannot be read
void add_shut_down(SummarySheet& sheet, Scenario const& scenario, Twin const& twin, bool was_powered);

}  // namespace blondel
