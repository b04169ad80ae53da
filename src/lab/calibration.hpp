#pragma once
/// Calibration as a laboratory does it: the LED and the service measurement tell, service commands correct,
/// nothing else is seen.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <lab/bench.hpp>

namespace blondel {

/// How good the calibrating bench is.
struct CalibrationSettings {
  /// its own deviations are drawn: sigma 0.02 % of gain, 0.1 mrad of phase, each phase; none of rms values,
  /// which no limit judges
  bool uncertain{};
  std::uint64_t seed{1};  ///< of these: streams "lab.gain.<n>" and "lab.phase.<n>"
};

enum class CalibrationKind : std::uint8_t {
  gain,     ///< at In, cos 1: relative power
  phase,    ///< at In, cos 0.5 ind: angle of the current, rad, leading positive
  offset,   ///< at Imin, cos 1: power, W
  voltage,  ///< at In, cos 1: relative, rms
  current,  ///< at In, cos 1: relative, rms
  noise     ///< open current circuits: rms, A
};

/// One correction of one element.
struct CalibrationStep {
  CalibrationKind kind{};
  std::size_t element{};
  double seen{};   ///< what the bench read before the correction
  double left{};   ///< what it reads after all corrections
  double bench{};  ///< by how much the bench itself was off
};

/// The error at one point before and after.
struct CalibrationCheck {
  TestPoint point;
  double before_pct{};
  double after_pct{};
};

struct CalibrationReport {
  std::vector<std::size_t> elements;  ///< that the meter has: 0, 1, 2; Aron 0 and 2
  CalibrationSet before;
  CalibrationSet after;
  std::vector<CalibrationStep> steps;
  std::vector<CalibrationCheck> checks;  ///< as an ideal bench sees them
  double procedure_s{};                  ///< simulated time of the corrections, without the checks
};

/// Takes a meter with nominal constants through gain, phase and offset by pulses, element by element with
/// current in one only, then through voltage, current and noise by the service measurement of all elements;
/// the readings after it are those of a second round of the same measurements.
/// @param meter made anew, unsealed and not calibrated
/// @param go_on asked before each measurement; false stops
/// @return nothing when it was stopped
/// @errors of Bench::mount; out_of_range when the LED gives no pulses
/// @source metrology.md 2.6 (order and points)
[[nodiscard]] Result<std::optional<CalibrationReport>> calibrate_on_bench(TwinConfig meter,
                                                                          CalibrationSettings const& settings,
                                                                          std::function<bool()> const& go_on);

}  // namespace blondel
