#pragma once
/// How the error of a meter answers to each part of its analogue side: measured by finite differences through
/// the waveform tier, and beside it the closed form.

#include <functional>
#include <string>
#include <vector>

#include <lab/bench.hpp>

namespace blondel {

/// When the part changes.
enum class ChangeTime : std::uint8_t {
  after_factory,  ///< drift: the constants are those of the unchanged meter
  before_factory  ///< spread: the changed meter is calibrated, only what calibration cannot reach is left
};

/// One part, one point. @units changes of the error for one step of the part, percent
struct SensitivityLine {
  std::string part;  ///< "initial permeability"
  std::string step;  ///< "12 %"
  ChangeTime when{};
  TestPoint point;
  double measured_pct{};
  double closed_form_pct{};
  bool agrees{};
  std::string not_applicable{};  ///< why the closed form does not hold: measured and not judged
};

/// Measured and closed form may differ by 1 % of the closed form, and by 5e-5 %: at Imin a code of the
/// converter is 0.003 % of the current's amplitude, and rounding to codes averages out to a sixtieth of that.
inline constexpr double sensitivity_relative_bound = 0.01;
inline constexpr double sensitivity_absolute_bound_pct = 5e-5;

/// Every part at Imin, Itr and In, cos 1 and 0.5 ind (three wires 0.8 ind), changed by one step up and one
/// down in all elements; half the difference of the errors is the answer. Temperature coefficients are seen
/// at 70 C, the voltage coefficient at 1.1 Un, the others under reference conditions. Noise is off.
/// @errors of Bench::mount
/// @return less lines than sensitivity_line_count when it was stopped
[[nodiscard]] Result<std::vector<SensitivityLine>> measure_sensitivity(TwinConfig const& meter, unsigned jobs,
                                                                       std::function<bool()> const& go_on);

/// Lines of a whole measurement.
[[nodiscard]] std::size_t sensitivity_line_count();

}  // namespace blondel
