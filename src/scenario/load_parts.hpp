#pragma once
/// The parts of a scenario document, each read into its share of the Scenario.

#include <filesystem>

#include <scenario/scenario_data.hpp>

namespace blondel {

struct ExternalCt;
struct MeterModel;
/// What a model says of the meter's behaviour.
void apply_model(MeterConfig& config, MeterModel const& model);

/// Reads "meter" and "external_ct" and finds their models.
/// @errors invalid; a digit that is not allowed is named with its letters and what is allowed
[[nodiscard]] ScenarioResult<void> load_meter(Scenario& scenario, Node const& root,
                                              std::filesystem::path const& models);

/// Codes that the chosen sheet does not list though the other does, and what it says of a radio beside a
/// module. @source device.md 2: accept all, warn
[[nodiscard]] std::vector<std::string> sheet_warnings(MeterConfig const& meter);

/// Energies of a meter that was in service before. @param readings none: all of them 0
/// @errors invalid: no energy register of that name, more than one holds
[[nodiscard]] ScenarioResult<void> load_start_readings(Nameplate& nameplate,
                                                       std::optional<Node> const& readings);

/// Reads "external_ct": a name, or name, ratio and burden. @param own consumption of the meter's current
/// circuit
/// @errors invalid: unknown model; a ratio where the model has one, none where it has none; a burden below
///         what the meter itself takes
[[nodiscard]] ScenarioResult<ExternalCt> load_external_ct(Scenario& scenario, Node const& node,
                                                          std::filesystem::path const& models, Ohms own);

/// What the models folder says about a name of the document, led by the document's own place.
[[nodiscard]] tl::unexpected<ScenarioError> missing_model(Node const& node,
                                                          std::filesystem::path const& folder,
                                                          ScenarioError const& error);

/// Reads "expect" and "results". Needs the meter's configuration.
/// @errors invalid: unknown register, a row the meter does not have, a unit that is not the row's
[[nodiscard]] ScenarioResult<void> load_expectations(Scenario& scenario, Node const& root);
[[nodiscard]] ScenarioResult<void> load_results(Scenario& scenario, Node const& root);

/// The row that a document names by display id, name or KMP number, whatever the energy type. @errors invalid
[[nodiscard]] ScenarioResult<RegisterRequest> find_register(Node const& node);

/// Display lists that a document gives in place of others; what it leaves out stays.
struct DisplayChange {
  std::optional<DisplayList<16>> automatic;
  std::optional<DisplayList<30>> manual;
  std::optional<DisplayList<8>> backup;
  std::optional<bool> leading_zeroes;
  [[nodiscard]] DisplaySetup applied_to(DisplaySetup setup) const;
};
/// @errors invalid: unknown register, a fixed value beside an automatic list
[[nodiscard]] ScenarioResult<DisplayChange> load_display_change(Node const& node);

/// Finds the display lists of digits FFF and takes from "display" of "meter" what stands there. Needs the
/// order codes. An FFF without a model gets the lists of 000, with a warning.
/// @errors invalid: unknown register, historical data in the automatic list, a legal reading left out
[[nodiscard]] ScenarioResult<void> load_display(Scenario& scenario, Node const& meter,
                                                std::filesystem::path const& models);

/// Compares every current of the source and the actions with what the converters take. Needs all other parts.
/// The tiers without clipping refuse, unless they are hybrid; the waveform tier clips, as the converter does,
/// and warns.
/// @errors invalid in the phasor and the interval tier: place or file, row, phase and value
/// @cost reads every row of the profile
[[nodiscard]] ScenarioResult<void> check_load_limits(Scenario& scenario, Node const& root);

}  // namespace blondel
