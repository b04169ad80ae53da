#pragma once
/// The limits of the standards, row by row, for the classes the meter is sold in.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <blondel/frontend/ratings.hpp>

#include "lab/test_plan.hpp"

namespace blondel::type_test {

/// Currents of the tables, as multiples of the rated current.
/// @source kamstrup_351c_derived_figures.json: In 5 A, Imax 6 A, Itr 0.25 A, Imin 0.05 A
inline constexpr double i_min = 0.01;
inline constexpr double i_tr = 0.05;
inline constexpr double i_max = 1.2;
/// Imin, Itr and In: where lots, calibrations and sensitivities look. @units A
inline constexpr std::array main_currents_a{i_min * rated_i_a, i_tr* rated_i_a, rated_i_a};

/// Whether a range of currents holds its upper end.
enum class Upper : std::uint8_t { excluded, included };
enum class Angle : std::uint8_t { inductive, capacitive };
enum class Loaded : std::uint8_t { all, one_phase };

/// Percentage error allowed over a range of currents.
struct ErrorRow {
  double from;
  double to;
  Upper upper;
  double factor;
  Angle angle;
  Loaded loaded;
  double limit;
  LimitGrade grade;
  char const* note = "";
};

/// Composite error allowed over a range of currents, one limit for each band of temperature.
struct CompositeRow {
  double from;
  double to;
  Upper upper;
  Loaded loaded;
  std::array<double, 4> limit;
  LimitGrade grade;
  char const* note = "";
};

enum class Influence : std::uint8_t {
  temperature,
  voltage,
  voltage_extended,
  frequency,
  reversed_sequence,
  unbalance,
  fifth_harmonic,
  half_wave,
  phase_fired,
  burst,
  overcurrent
};

/// What one influence quantity may change; a limit of 0 is recorded only.
struct InfluenceRow {
  Influence what;
  double from;
  double to;  ///< equal to `from`: one current
  double factor;
  double limit;
  LimitGrade grade;
  char const* note = "";
};

struct LeftOut {
  char const* clause;
  char const* reason;
};

/// One standard for one class.
struct Tables {
  char const* standard;
  char const* class_name;
  double class_index;  ///< percent
  std::span<ErrorRow const> error;
  std::span<CompositeRow const> composite;
  double difference;  ///< one phase less balanced, at In and factor 1; 0: no such row
  LimitGrade difference_grade;
  std::span<InfluenceRow const> influence;
  std::span<LeftOut const> left_out;
  double starting;  ///< multiple of In
  LimitGrade starting_grade;
  double no_load_numerator;  ///< C of the formula of 2003; 0: the formula with the starting current
};

/// The tables for active energy.
[[nodiscard]] Tables const& active_tables(AccuracyClass accuracy);
/// The tables for reactive energy, class 2.
[[nodiscard]] Tables const& reactive_tables();

/// The words of a clause.
[[nodiscard]] char const* clause_of(Influence what);
/// `base` under each condition of an influence quantity.
[[nodiscard]] std::vector<TestPoint> under(Influence what, TestPoint const& base, Phases phases);

}  // namespace blondel::type_test
