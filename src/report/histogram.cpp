#include <report/histogram.hpp>
#include <report/markup.hpp>
#include <report/plot_frame.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace blondel {
namespace {

constexpr std::string_view limit_line =
    "class=\"b-l0\" stroke=\"#6e6e6e\" stroke-width=\"1.4\" stroke-dasharray=\"8 3\"";
constexpr std::string_view limit_text = "class=\"b-b0\" fill=\"#6e6e6e\"";
constexpr std::string_view worst_line =
    "class=\"b-s1\" stroke=\"#d55e00\" stroke-width=\"1.6\" stroke-dasharray=\"2 2\"";
constexpr std::string_view worst_text = "class=\"b-f1\" fill=\"#d55e00\"";
/// A value this part of a bin below an edge was meant to lie on it.
constexpr double edge_tolerance = 1e-9;

double spread_of(std::vector<double> const& values) {
  auto const [least, most] = std::minmax_element(values.begin(), values.end());
  return values.empty() ? 0.0 : *most - *least;
}

double worst_of(std::vector<double> const& values) {
  return *std::max_element(values.begin(), values.end(),
                           [](double a, double b) { return std::abs(a) < std::abs(b); });
}

double bin_width_of(Histogram const& histogram) {
  if (histogram.bin_width) {
    return *histogram.bin_width;
  }
  auto const& values = histogram.values;
  double const spread = spread_of(values);
  double const size = std::abs(worst_of(values));
  if (spread <= 1e-9 * size || spread < 1e-12) {
    return size == 0.0 ? 1.0 : round_step(size, 10.0);  // all alike: one bin of a width to look at
  }
  double const pieces = std::clamp(std::sqrt(static_cast<double>(values.size())), 5.0, 40.0);
  return round_step(spread, pieces);
}

double mean_of(std::vector<double> const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// The standard deviation of a sample. @source JCGM 100:2008 (GUM), 4.2.2
double deviation_of(std::vector<double> const& values, double mean) {
  double const squares = std::accumulate(values.begin(), values.end(), 0.0, [mean](double sum, double value) {
    return sum + (value - mean) * (value - mean);
  });
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::vector<std::string> notes_of(Histogram const& histogram, AxisScale const& x) {
  auto const& values = histogram.values;
  if (values.empty()) {
    return {"No values."};
  }
  double const mean = mean_of(values);
  auto const [least, most] = std::minmax_element(values.begin(), values.end());
  std::string text = "n = " + std::to_string(values.size()) + ", mean " + rough_text(mean);
  if (values.size() > 1) {
    text += ", standard deviation " + rough_text(deviation_of(values, mean));
  }
  text += ", from " + rough_text(*least) + " to " + rough_text(*most);
  std::vector<std::string> notes{text};
  auto const beside = std::count_if(values.begin(), values.end(), [&](double v) { return !x.holds(v); });
  if (beside > 0) {
    notes.push_back(std::to_string(beside) + (beside == 1 ? " value lies" : " values lie") +
                    " left or right of the axis and cannot be seen.");
  }
  for (auto const& limit : histogram.limits) {
    if (!x.holds(limit.x)) {
      notes.push_back("Limit " + limit.label + " lies outside the axis.");
    }
  }
  return notes;
}

void set_counts(FrameContent& content, std::vector<HistogramBin> const& bins) {
  std::size_t most = 1;
  for (auto const& bin : bins) {
    most = std::max(most, bin.count);
  }
  ChartAxis counts;
  counts.min = 0.0;
  double const step = std::max(1.0, round_step(static_cast<double>(most), 4.0));
  counts.max = step * (std::floor(static_cast<double>(most) / step) + 1.0);
  for (double n = 0.0; n <= *counts.max; n += step) {
    counts.ticks.push_back(n);
  }
  content.y = {0.0, *counts.max, false, 0.0, 1.0};
  content.y_ticks = linear_ticks(content.y, counts);
}

FrameContent content_of(Histogram const& histogram, std::vector<HistogramBin> const& bins) {
  FrameContent content;
  content.title = histogram.title;
  content.subtitle = histogram.subtitle;
  content.x_label = histogram.x.label;
  content.y_label = histogram.y_label;
  std::vector<double> places;
  for (auto const& bin : bins) {
    places.insert(places.end(), {bin.from, bin.to});
  }
  for (auto const& limit : histogram.limits) {
    places.push_back(limit.x);
  }
  content.x = range_around(places, histogram.x, false);
  content.x_ticks = linear_ticks(content.x, histogram.x);
  set_counts(content, bins);
  for (auto const& limit : histogram.limits) {
    if (content.x.holds(limit.x)) {
      content.marks.push_back({limit.x, shortened(limit.label, 24), limit_line, limit_text});
    }
  }
  if (!histogram.values.empty()) {
    double const worst = worst_of(histogram.values);
    if (content.x.holds(worst)) {
      content.marks.push_back({worst, "worst " + rough_text(worst), worst_line, worst_text});
    }
  }
  content.notes = notes_of(histogram, content.x);
  return content;
}

}  // namespace

std::string fault_of(Histogram const& histogram) {
  if (auto fault = fault_of(histogram.x, false, "x axis"); !fault.empty()) {
    return fault;
  }
  for (std::size_t n = 0; n < histogram.values.size(); ++n) {
    auto fault = fault_of_value(histogram.values[n], false, "value " + std::to_string(n + 1));
    if (!fault.empty()) {
      return fault;
    }
  }
  for (auto const& limit : histogram.limits) {
    if (auto fault = fault_of_value(limit.x, false, "limit '" + limit.label + "'"); !fault.empty()) {
      return fault;
    }
  }
  double const width_min = spread_of(histogram.values) / static_cast<double>(histogram_bins_max - 1);
  if (histogram.bin_width && !(*histogram.bin_width > 0.0 && *histogram.bin_width >= width_min &&
                               *histogram.bin_width <= axis_magnitude_max)) {
    return "bin width is " +
           (std::isfinite(*histogram.bin_width) ? number_text(*histogram.bin_width)
                                                : std::string{"not finite"}) +
           ", allowed are numbers above 0 that give at most " + std::to_string(histogram_bins_max) + " bins";
  }
  return {};
}

std::vector<HistogramBin> bins_of(Histogram const& histogram) {
  if (histogram.values.empty() || !fault_of(histogram).empty()) {
    return {};
  }
  double const width = bin_width_of(histogram);
  auto const index_of = [width](double value) { return std::floor(value / width + edge_tolerance); };
  auto const [least, most] = std::minmax_element(histogram.values.begin(), histogram.values.end());
  double const first = index_of(*least);
  std::vector<HistogramBin> bins(static_cast<std::size_t>(index_of(*most) - first) + 1);
  for (std::size_t n = 0; n < bins.size(); ++n) {
    bins[n] = {(first + static_cast<double>(n)) * width, (first + static_cast<double>(n) + 1.0) * width, 0};
  }
  for (double const value : histogram.values) {
    ++bins[static_cast<std::size_t>(index_of(value) - first)].count;
  }
  return bins;
}

std::string to_svg(Histogram const& histogram) {
  if (auto const fault = fault_of(histogram); !fault.empty()) {
    return refusal_svg(histogram.title, fault);
  }
  auto const bins = bins_of(histogram);
  PlotFrame const frame{content_of(histogram, bins)};
  auto writer = frame.begin();
  for (auto const& bin : bins) {
    auto const& plot = frame.plot();
    double const gap = frame.x().px(bin.to) - frame.x().px(bin.from) > 4.0 ? 0.5 : 0.0;
    SvgBox const bar{std::max(frame.x().px(bin.from) + gap, plot.left),
                     frame.y().px(static_cast<double>(bin.count)),
                     std::min(frame.x().px(bin.to) - gap, plot.right), plot.bottom};
    if (bin.count > 0 && bar.left < bar.right) {
      writer.rect(bar, fill_style(0) + " fill-opacity=\"0.75\"");
    }
  }
  return frame.finish(std::move(writer));
}

}  // namespace blondel
