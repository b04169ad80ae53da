#pragma once
/// Charts of measured errors over a quantity, as SVG for people. The same chart as numbers: `chart_table`.

#include <report/axis.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace blondel {

struct ChartPoint {
  double x{};
  double y{};
};

/// Points joined by straight lines in the order given.
struct ChartSeries {
  std::string name;
  std::vector<ChartPoint> points;
  std::optional<std::size_t> colour{};  ///< index of the palette; the series' own position when absent
  bool markers{true};                   ///< a lone point is always marked
  bool dashed{};
  double width_px{1.8};  ///< of the line; series that may coincide show side by side when drawn ever thinner
};

/// Between two places, values from -y to y are permissible.
struct LimitStep {
  double x_from{};
  double x_to{};
  double y{};
};

/// Maximum permissible errors: a staircase, symmetric about zero.
struct ChartLimit {
  std::string name;
  std::vector<LimitStep> steps;
  std::optional<std::size_t> colour{};  ///< of the palette, then without a band; muted, with one, when absent
  bool dotted{};                        ///< with a colour only, like the width
  double width_px{1.0};
};

/// A named place on the x axis, such as Itr.
struct ChartMark {
  double x{};
  std::string label;
};

struct Chart {
  std::string title;     ///< what is shown, of which type
  std::string subtitle;  ///< where it comes from: version, scenario, seed
  ChartAxis x;
  ChartAxis y;
  bool logarithmic_x{};
  std::vector<ChartSeries> series;
  std::vector<ChartLimit> limits;
  std::vector<ChartMark> marks;
};

/// Why a chart cannot be drawn: the place, what stands there and what is allowed. Empty when it can be.
[[nodiscard]] std::string fault_of(Chart const& chart);

/// The chart as one SVG document of 800 x 500 pixels, higher when its legend needs more. It has no scripts
/// and refers to nothing outside. Values outside given axes are arrows at the edge with their number, and are
/// counted below the chart. A chart with a fault becomes a drawing of that fault, never a wrong picture.
/// @cost allocates; the same chart gives the same octets
[[nodiscard]] std::string to_svg(Chart const& chart);
/// Charts that belong together, below each other in one document. @param panels at least one
[[nodiscard]] std::string to_svg(std::span<Chart const> panels);

}  // namespace blondel
