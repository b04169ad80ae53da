#pragma once
/// The parts of a scenario document, each read into its share of the Scenario.

#include <filesystem>

#include <scenario/scenario_data.hpp>

namespace blondel {

/// Reads "meter" and "external_ct" and finds their models.
/// @errors invalid; a digit that is not allowed is named with its letters and what is allowed
[[nodiscard]] ScenarioResult<void> load_meter(Scenario& scenario, Node const& root,
                                              std::filesystem::path const& models);

/// Reads "expect" and "results". Needs the meter's configuration.
/// @errors invalid: unknown register, a row the meter does not have, a unit that is not the row's
[[nodiscard]] ScenarioResult<void> load_expectations(Scenario& scenario, Node const& root);
[[nodiscard]] ScenarioResult<void> load_results(Scenario& scenario, Node const& root);

}  // namespace blondel
