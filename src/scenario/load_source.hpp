#pragma once
/// What the document says about voltages, currents and angles, and the sources made of it.

#include <array>
#include <memory>

#include <blondel/frontend/source.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Current and angle of one phase. @units A rms, rad
struct PhaseLoad {
  double current_a{};
  double lag_rad{};
};

/// One number or three. @param node a number or an array of three
[[nodiscard]] std::array<double, 3> three_numbers(Node const& node);

/// Reads current_a with power_factor and power_factor_kind, or angle_deg.
/// @errors invalid when both are given
[[nodiscard]] ScenarioResult<std::array<PhaseLoad, 3>> load_phase_loads(Node const& spec);

/// Reads "source". @errors invalid, and those of the profile's files
[[nodiscard]] ScenarioResult<SourceSpec> load_source(Node const& source, SimDuration scenario_duration);

/// The source that plays what was read.
[[nodiscard]] std::unique_ptr<Source> make_source(SourceSpec const& spec);

}  // namespace blondel
