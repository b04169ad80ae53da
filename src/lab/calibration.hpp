#pragma once
/// Calibration as a laboratory does it: the LED tells, service commands correct, nothing else is seen.

#include <cstdint>
#include <functional>
#include <vector>

#include <lab/bench.hpp>

namespace blondel {

/// How good the calibrating bench is.
struct CalibrationSettings {
  bool uncertain{};  ///< its own deviations are drawn: sigma 0.02 % of gain, 0.1 mrad of phase, each phase
  std::uint64_t seed{1};  ///< of these: streams "lab.gain.<n>" and "lab.phase.<n>"
};

enum class CalibrationKind : std::uint8_t {
  gain,   ///< at In, cos 1: relative power
  phase,  ///< at In, cos 0.5 ind: angle of the current, rad, leading positive
  offset  ///< at Imin, cos 1: power, W
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
  CalibrationSet before;
  CalibrationSet after;
  std::vector<CalibrationStep> steps;
  std::vector<CalibrationCheck> checks;  ///< as an ideal bench sees them
  double procedure_s{};                  ///< simulated time of the corrections, without the checks
};

/// Takes a meter with nominal constants through gain, phase and offset, element by element with current in
/// one phase only; the readings after it are those of a second round of the same measurements.
/// @param meter four-wire; made anew, unsealed and not calibrated
/// @errors contradiction for a three-wire meter: one element cannot be loaded alone; of Bench::mount;
///         out_of_range when the LED gives no pulses
/// @source metrology.md 2.6 (order and points)
[[nodiscard]] Result<CalibrationReport> calibrate_on_bench(TwinConfig meter,
                                                           CalibrationSettings const& settings);

}  // namespace blondel
