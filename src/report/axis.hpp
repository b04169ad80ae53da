#pragma once
/// Axes: which range is drawn, where numbers stand on it, and where a value lies on the paper.

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace blondel {

/// Values beyond this magnitude, and on a logarithmic axis below its inverse, are no measurement results and
/// are not drawn.
inline constexpr double axis_magnitude_max = 1e12;

/// An axis as the caller wants it.
struct ChartAxis {
  std::string label;            ///< with its unit: "I [A]"
  std::optional<double> min{};  ///< chosen from what is drawn when absent
  std::optional<double> max{};
  std::vector<double> ticks{};  ///< where numbers stand; chosen when empty
};

/// A value with its place in the drawing: linear or logarithmic between two ends.
struct AxisScale {
  double min{};
  double max{1.0};
  bool logarithmic{};
  double min_px{};
  double max_px{};

  [[nodiscard]] double px(double value) const;
  [[nodiscard]] bool holds(double value) const { return value >= min && value <= max; }
};

/// A place on an axis with its number; without one when there is no room for it.
struct AxisTick {
  double value{};
  std::string label;
};

/// What is wrong with a value on an axis, in words that start with `place`; empty when it can be drawn.
[[nodiscard]] std::string fault_of_value(double value, bool logarithmic, std::string const& place);

/// What is wrong with an axis, in words that start with `place`; empty when it can be drawn.
[[nodiscard]] std::string fault_of(ChartAxis const& axis, bool logarithmic, std::string const& place);

/// The largest of 1, 2, 5 times a power of ten that cuts the span into at least `pieces_min` pieces.
[[nodiscard]] double round_step(double span, double pieces_min);

/// A range around all values with a margin. Given ends are taken as they are.
[[nodiscard]] AxisScale range_around(std::span<double const> values, ChartAxis const& axis, bool logarithmic);

/// The range widened to whole steps wherever an end was not given.
[[nodiscard]] AxisScale rounded_out(AxisScale scale, ChartAxis const& axis);

/// Multiples of a round step; or the caller's places inside the range.
[[nodiscard]] std::vector<AxisTick> linear_ticks(AxisScale const& scale, ChartAxis const& axis);

/// 1, 2, 5 in each decade, or the decades alone when there are many; or the caller's places inside the range.
[[nodiscard]] std::vector<AxisTick> logarithmic_ticks(AxisScale const& scale, ChartAxis const& axis);

/// 1 to 9 in each decade: for faint lines.
[[nodiscard]] std::vector<double> decade_lines(AxisScale const& scale);

}  // namespace blondel
