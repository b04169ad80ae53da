#pragma once
/// How the errors of a lot are spread, as SVG for people.

#include <report/axis.hpp>
#include <report/chart.hpp>

#include <optional>
#include <string>
#include <vector>

namespace blondel {

struct Histogram {
  std::string title;
  std::string subtitle;
  ChartAxis x;
  std::string y_label;
  std::vector<double> values;         ///< one a member of the lot
  std::optional<double> bin_width{};  ///< chosen from the values when absent
  std::vector<ChartMark> limits;      ///< vertical lines, each side by itself
};

/// From its lower edge, which belongs to it, to its upper one, which does not.
struct HistogramBin {
  double from{};
  double to{};
  std::size_t count{};
};

/// More bins than this cannot be told apart.
inline constexpr std::size_t histogram_bins_max = 200;

/// Why a histogram cannot be drawn: the place, what stands there and what is allowed. Empty when it can be.
[[nodiscard]] std::string fault_of(Histogram const& histogram);

/// Bins on multiples of their width, from the one of the least value to the one of the greatest, as many as
/// the root of the number of values asks for. None without values or with a fault.
[[nodiscard]] std::vector<HistogramBin> bins_of(Histogram const& histogram);

/// The histogram as one SVG document, with the value farthest from zero marked as the worst, and count, mean,
/// standard deviation and extremes below. With a fault it becomes a drawing of that fault.
/// @cost allocates; the same histogram gives the same octets
[[nodiscard]] std::string to_svg(Histogram const& histogram);

}  // namespace blondel
