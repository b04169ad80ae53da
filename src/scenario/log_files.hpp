#pragma once
/// The meter's logs as files at the end of a run: what a client that reads them all would have.

#include <filesystem>
#include <string>
#include <vector>

#include <scenario/output_file.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// The name of a log in documents and file names: "load_profile".
[[nodiscard]] std::string name_of(LogId log);

/// Writes log_<name>.csv for each log asked for, oldest record first. A meter without supply tells nothing:
/// then there is a head only. @param run names version, scenario and seed in every row @errors runtime
[[nodiscard]] ScenarioResult<std::vector<KeptFile>> write_logs(std::filesystem::path const& directory,
                                                               Scenario const& scenario, Twin& twin,
                                                               std::string const& run);

}  // namespace blondel
