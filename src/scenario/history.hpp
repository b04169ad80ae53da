#pragma once
/// A meter's past: run through before the instant 0, so that its registers and logs are those of a meter that
/// has been in service.

#include <blondel/meter/nv_store.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// @param begin of the past
/// @errors invalid when it lies before 2000, or the document's source cannot be run in the interval tier;
/// runtime when the memory holds a meter, which has a past of its own
[[nodiscard]] ScenarioResult<void> check_history(Scenario const& scenario, NvStore const& nv,
                                                 CivilSeconds begin);

/// What the twin is built from instead: it starts `history` earlier, in the interval tier.
/// @param utc_start of the run, which is the instant 0
[[nodiscard]] TwinConfig with_history(TwinConfig config, LocalZone const& zone, CivilSeconds utc_start,
                                      SimDuration history);

/// Runs the past of a started twin and goes on in the tier of the document.
/// @cost about 10 ms a simulated day with one-minute loads
void run_history(Twin& twin, TwinConfig const& document);

}  // namespace blondel
