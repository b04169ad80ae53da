#pragma once
/// A document's "comtrade": which channels of a record stand at which conductors.

#include <blondel/base/time.hpp>
#include <scenario/document.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Reads the record's files and builds what is played.
/// @errors invalid, with the document's place or file and line: what is no COMTRADE, channels that are not
///         there or of the wrong kind, missing values, several sampling rates, less than a cycle
/// @cost reads both files
[[nodiscard]] ScenarioResult<SourceSpec> load_comtrade(Node const& spec, SimDuration scenario_duration);

/// Refuses what a recording cannot do: other tiers, line voltages on a four-wire meter, actions that set
/// voltages, currents or the frequency. Warns of peaks that clip. Needs all other parts; without a recording
/// it does nothing. @errors invalid
[[nodiscard]] ScenarioResult<void> check_recording(Scenario& scenario, Node const& root);

}  // namespace blondel
