#pragma once
/// What a transcript says at the head and at the end of a run.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <report/summary.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Event and value of each line.
using TranscriptLines = std::vector<std::pair<std::string, std::string>>;

/// Which meter, how it is connected and what a person should know beforehand.
[[nodiscard]] TranscriptLines head_lines(Scenario const& scenario, std::vector<std::string> const& warnings);

/// The transcript's registers as the meter shows them now.
[[nodiscard]] TranscriptLines register_lines(Scenario const& scenario, Twin& twin);

/// How the run ended, where the energy went and what came of the expectations.
[[nodiscard]] TranscriptLines closing_lines(bool interrupted, std::optional<std::string> const& fault,
                                            SummarySheet const& sheet);

}  // namespace blondel
