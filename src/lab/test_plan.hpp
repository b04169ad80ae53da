#pragma once
/// What a type test measures: points, limits and where each limit comes from.

#include <cstdint>
#include <string>
#include <vector>

#include <blondel/frontend/operating_point.hpp>
#include <blondel/frontend/ratings.hpp>
#include <blondel/meter/config.hpp>

namespace blondel {

/// What the test output follows.
enum class TestQuantity : std::uint8_t { active_import, active_export, reactive_import, reactive_export };

/// Which elements carry current. One element of a three-wire meter alone is given current by an amplifier of
/// its own, and its angle is against the voltage between the lines that it measures; no row of a standard
/// does so, calibration does.
enum class TestLoad : std::uint8_t { balanced, only_l1, only_l2, only_l3 };

/// How a result is judged.
enum class TestKind : std::uint8_t {
  intrinsic,   ///< percentage error against its limit
  variation,   ///< change of error against the reference conditions of the same current and angle
  per_kelvin,  ///< mean temperature coefficient between `temperature_c` and `other_temperature_c`
  /// root of the squares of the intrinsic error and of the changes by temperature, by U at 0.9 and 1.1 Un and
  /// by f at 0.98 and 1.02 fn (MID, MPE)
  composite,
  load_difference,  ///< error of one phase alone less the error of the balanced load
  starting,         ///< registers and goes on: at least `limit` pulses in `duration_s`
  no_load,          ///< at most one pulse in `duration_s` without current
  constant,         ///< register against pulses: relative difference
  interruption      ///< change of the register over voltage interruptions against the critical change value
};

/// How sure a limit is. @source metrology.md: A two public sources, B one and knowledge, C knowledge only
enum class LimitGrade : char { a = 'A', b = 'B', c = 'C' };

/// One line of a type test.
struct TestPoint {
  std::string standard{};  ///< "EN 50470-3", "IEC 62053-21" ...
  std::string clause{};    ///< what of it: "intrinsic error", "voltage variation" ...
  std::string note{};      ///< of the table's row, empty mostly
  TestKind kind{TestKind::intrinsic};
  TestQuantity quantity{TestQuantity::active_import};
  TestLoad load{TestLoad::balanced};
  /// secondary; with a `shape` the rms value of the sine that is cut, as PhasePoint::i; 0: open circuit
  double current_a{rated_i_a};
  /// cos phi, for reactive quantities sin phi. The current lags by acos or asin of it; active_export turns it
  /// by half a circle
  double factor{1.0};
  bool capacitive{};  ///< leading instead of lagging; always so with reactive_export, where A+ comes with R-
  double u_ratio{1.0};  ///< of Un
  double f_ratio{1.0};  ///< of fn
  double temperature_c{23.0};
  double other_temperature_c{23.0};  ///< per_kelvin: the second temperature
  bool reversed_sequence{};
  double u5_ratio{};  ///< fifth harmonic in phase at the zero crossing, of the fundamental
  double i5_ratio{};
  CurrentShape shape{};
  std::uint8_t lost_phases{};    ///< bit per phase without voltage
  double overcurrent_a{};        ///< carried for 0.5 s before the measurement
  double duration_s{};           ///< no_load, starting, constant; of one interruption
  std::uint8_t interruptions{};  ///< of voltage, all phases at once, down to `u_ratio`
  double gap_s{};                ///< full voltage between two of them
  double limit{};                ///< percent, percent per K, pulses or kWh, as `kind` says; 0: recorded only
  LimitGrade grade{LimitGrade::c};
  std::string not_applicable{};  ///< why the limit does not apply: the line is measured and not judged
};

/// The type test of one meter: every line that can be simulated, in the order of the tables.
struct TestPlan {
  std::string title;  ///< "EN 50470-3 class C, reactive IEC 62053-23 class 2"
  std::vector<TestPoint> points;
  std::vector<std::string> left_out;  ///< rows of the tables that no simulation reaches, with the reason
};

/// @source standards/*.json (EN 50470-3, IEC 62053-21, -22, -23, IEC 62052-11); docs/type-test.md lists the
/// result
[[nodiscard]] TestPlan type_test_plan(TypeNumber const& type);

}  // namespace blondel
