#pragma once
/// What the document says about voltages, currents and angles, and the sources made of it.

#include <array>
#include <memory>
#include <optional>

#include <blondel/frontend/source.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Current and angle of one phase. @units A rms, rad
struct PhaseLoad {
  double current_a{};
  double lag_rad{};
  std::optional<double> direct_current_a;
};

/// What a document says about the currents; what it leaves out stays as it is.
struct LoadSpec {
  std::array<PhaseLoad, 3> phase;
  std::optional<CurrentShape> shape;
};

/// One number or three. @param node a number or an array of three
[[nodiscard]] std::array<double, 3> three_numbers(Node const& node);

/// Reads current_a with power_factor and power_factor_kind, or angle_deg; shape and direct_current_a.
/// @errors invalid when both are given
[[nodiscard]] ScenarioResult<LoadSpec> load_phase_loads(Node const& spec);

/// Reads "source". @errors invalid, and those of the profile's files
[[nodiscard]] ScenarioResult<SourceSpec> load_source(Node const& source, SimDuration scenario_duration);

/// The source that plays what was read.
[[nodiscard]] std::unique_ptr<Source> make_source(SourceSpec const& spec);

}  // namespace blondel
