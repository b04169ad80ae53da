#include <report/chart.hpp>
#include <report/markup.hpp>
#include <report/plot_frame.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace blondel {
namespace {

constexpr std::string_view mark_line =
    "class=\"b-mark\" stroke=\"#666666\" stroke-width=\"1\" stroke-dasharray=\"1.5 3\"";
constexpr std::string_view mark_text = "class=\"b-muted\" fill=\"#555555\"";

/// How a staircase looks: muted, and apart from the others by its dashes too.
struct MutedStyle {
  std::string_view line;
  std::string_view fill;
};

constexpr std::array<MutedStyle, 4> muted_styles{
    MutedStyle{"class=\"b-l0\" stroke=\"#6e6e6e\" stroke-width=\"1.4\"", "class=\"b-b0\" fill=\"#6e6e6e\""},
    MutedStyle{"class=\"b-l1\" stroke=\"#8a6d3b\" stroke-width=\"1.4\" stroke-dasharray=\"8 3\"",
               "class=\"b-b1\" fill=\"#8a6d3b\""},
    MutedStyle{"class=\"b-l2\" stroke=\"#6a5a8c\" stroke-width=\"1.4\" stroke-dasharray=\"3 3\"",
               "class=\"b-b2\" fill=\"#6a5a8c\""},
    MutedStyle{"class=\"b-l3\" stroke=\"#4f7a7a\" stroke-width=\"1.4\" stroke-dasharray=\"8 3 2 3\"",
               "class=\"b-b3\" fill=\"#4f7a7a\""}};

struct LimitStyle {
  std::string line;
  std::string fill;
  bool has_band;
};

LimitStyle style_of_limit(Chart const& chart, std::size_t index) {
  auto const& limit = chart.limits[index];
  if (limit.colour) {
    auto const* const dots = limit.dotted ? " stroke-dasharray=\"2 4\"" : "";
    return {stroke_style(*limit.colour) + " stroke-width=\"" + number_text(limit.width_px) + "\"" + dots,
            fill_style(*limit.colour), false};
  }
  auto const& muted = muted_styles[index % muted_styles.size()];
  return {std::string{muted.line}, std::string{muted.fill}, true};
}

constexpr double label_size = 11.0;
constexpr double label_row_px = 13.0;
constexpr std::size_t label_characters_max = 24;

/// What does not show within the axes, for the notes.
struct Outside {
  std::size_t above_or_below{};
  std::size_t beside{};
};

std::vector<double> x_values(Chart const& chart) {
  std::vector<double> values;
  for (auto const& series : chart.series) {
    for (auto const& point : series.points) {
      values.push_back(point.x);
    }
  }
  for (auto const& limit : chart.limits) {
    for (auto const& step : limit.steps) {
      values.insert(values.end(), {step.x_from, step.x_to});
    }
  }
  for (auto const& mark : chart.marks) {
    values.push_back(mark.x);
  }
  return values;
}

bool overlaps(LimitStep const& step, AxisScale const& x) {
  return step.x_from < x.max && step.x_to > x.min;
}

/// What the y axis must hold: zero, the points and the limits within the x axis.
std::vector<double> y_values(Chart const& chart, AxisScale const& x) {
  std::vector<double> values{0.0};
  for (auto const& series : chart.series) {
    for (auto const& point : series.points) {
      if (x.holds(point.x)) {
        values.push_back(point.y);
      }
    }
  }
  for (auto const& limit : chart.limits) {
    for (auto const& step : limit.steps) {
      if (overlaps(step, x)) {
        values.insert(values.end(), {-step.y, step.y});
      }
    }
  }
  return values;
}

Outside count_outside(Chart const& chart, FrameContent const& content) {
  Outside outside;
  for (auto const& series : chart.series) {
    for (auto const& point : series.points) {
      if (!content.x.holds(point.x)) {
        ++outside.beside;
      } else if (!content.y.holds(point.y)) {
        ++outside.above_or_below;
      }
    }
  }
  return outside;
}

bool shows(ChartLimit const& limit, AxisScale const& x, AxisScale const& y) {
  return std::any_of(limit.steps.begin(), limit.steps.end(), [&](auto const& step) {
    return overlaps(step, x) && (y.holds(step.y) || y.holds(-step.y));
  });
}

std::vector<std::string> notes_of(Chart const& chart, FrameContent const& content) {
  std::vector<std::string> notes;
  auto const values = [](std::size_t count) {
    return std::to_string(count) + (count == 1 ? " value lies " : " values lie ");
  };
  auto const outside = count_outside(chart, content);
  if (outside.above_or_below > 0) {
    notes.push_back(values(outside.above_or_below) + "above or below the axis: see the arrows.");
  }
  if (outside.beside > 0) {
    notes.push_back(values(outside.beside) + "left or right of the axis and cannot be seen.");
  }
  for (auto const& limit : chart.limits) {
    if (!shows(limit, content.x, content.y)) {
      notes.push_back("Limit " + limit.name + " lies outside the axes.");
    }
  }
  for (auto const& mark : chart.marks) {
    if (!content.x.holds(mark.x)) {
      notes.push_back("Mark " + mark.label + " lies outside the axis.");
    }
  }
  for (auto const& series : chart.series) {
    if (series.points.empty()) {
      notes.push_back("Series " + series.name + " has no values.");
    }
  }
  return notes;
}

std::size_t colour_of(Chart const& chart, std::size_t index) {
  return chart.series[index].colour.value_or(index) % palette_size;
}

/// Shapes go with the colours; when colours start anew, so that no two of the first 49 series look alike, the
/// shapes move on by one.
std::size_t shape_of(std::size_t index) {
  return index + index / palette_size;
}

FrameContent content_of(Chart const& chart) {
  FrameContent content{chart.title, chart.subtitle, chart.x.label, chart.y.label, {}, {}, {}, {}, {}, {}, {},
                       {}};
  content.x = range_around(x_values(chart), chart.x, chart.logarithmic_x);
  content.y = rounded_out(range_around(y_values(chart, content.x), chart.y, false), chart.y);
  content.x_ticks =
      chart.logarithmic_x ? logarithmic_ticks(content.x, chart.x) : linear_ticks(content.x, chart.x);
  content.y_ticks = linear_ticks(content.y, chart.y);
  if (chart.logarithmic_x) {
    content.x_faint_lines = decade_lines(content.x);
  }
  for (auto const& mark : chart.marks) {
    if (content.x.holds(mark.x)) {
      content.marks.push_back({mark.x, shortened(mark.label, label_characters_max), mark_line, mark_text});
    }
  }
  for (std::size_t n = 0; n < chart.series.size(); ++n) {
    auto const& series = chart.series[n];
    bool const marked = series.markers || series.points.size() == 1;
    content.legend.push_back({series.name, colour_of(chart, n), shape_of(n), marked, series.dashed});
  }
  for (auto const& limit : chart.limits) {
    auto const label = shortened(limit.name, label_characters_max);
    content.room_right = std::max(content.room_right, text_width(label, label_size) + 20.0);
  }
  content.notes = notes_of(chart, content);
  return content;
}

void draw_band(SvgWriter& writer, PlotFrame const& frame, LimitStep const& step, std::string_view colour) {
  auto const& plot = frame.plot();
  SvgBox const band{std::max(frame.x().px(step.x_from), plot.left),
                    std::clamp(frame.y().px(step.y), plot.top, plot.bottom),
                    std::min(frame.x().px(step.x_to), plot.right),
                    std::clamp(frame.y().px(-step.y), plot.top, plot.bottom)};
  if (band.left < band.right && band.top < band.bottom) {
    std::string style{colour};
    style += " fill-opacity=\"0.09\"";
    writer.rect(band, style);
  }
}

/// The band and both edges of the staircase; where two steps do not touch, the edge is interrupted.
void draw_limit(SvgWriter& writer, PlotFrame const& frame, ChartLimit const& limit, LimitStyle const& style) {
  if (style.has_band) {
    for (auto const& step : limit.steps) {
      draw_band(writer, frame, step, style.fill);
    }
  }
  auto line = style.line;
  line += " fill=\"none\"";
  for (double const sign : {1.0, -1.0}) {
    std::vector<SvgPoint> edge;
    for (std::size_t n = 0; n < limit.steps.size(); ++n) {
      auto const& step = limit.steps[n];
      if (n > 0 && step.x_from > limit.steps[n - 1].x_to) {
        writer.polyline_inside(frame.plot(), edge, line);
        edge.clear();
      }
      edge.push_back(frame.at(step.x_from, sign * step.y));
      edge.push_back(frame.at(step.x_to, sign * step.y));
    }
    writer.polyline_inside(frame.plot(), edge, line);
  }
}

/// Names of the limits right of the plot, each at its last step, moved apart where they would touch.
void draw_limit_labels(SvgWriter& writer, PlotFrame const& frame, Chart const& chart) {
  std::vector<std::pair<double, std::size_t>> rows;
  for (std::size_t n = 0; n < chart.limits.size(); ++n) {
    auto const& steps = chart.limits[n].steps;
    auto const last = std::find_if(steps.rbegin(), steps.rend(),
                                   [&](auto const& step) { return overlaps(step, frame.x()); });
    if (last != steps.rend() && shows(chart.limits[n], frame.x(), frame.y())) {
      double const y = frame.y().holds(last->y) || !frame.y().holds(-last->y) ? last->y : -last->y;
      rows.emplace_back(std::clamp(frame.y().px(y), frame.plot().top, frame.plot().bottom), n);
    }
  }
  std::stable_sort(rows.begin(), rows.end());
  double lowest = 0.0;
  for (auto const& [px, n] : rows) {
    double const y = std::max(px, lowest);
    auto const style = style_of_limit(chart, n);
    writer.line({frame.plot().right + 3.0, y}, {frame.plot().right + 11.0, y}, style.line);
    auto text = style.fill;
    text += " font-size=\"11\"";
    writer.text({frame.plot().right + 14.0, y + 4.0}, shortened(chart.limits[n].name, label_characters_max),
                text);
    lowest = y + label_row_px;
  }
}

/// An arrow at the edge for a value above or below the axis, and its number unless another one stands there.
void draw_arrow(SvgWriter& writer, PlotFrame const& frame, ChartPoint point, std::size_t colour,
                std::vector<SvgBox>& taken) {
  auto const& plot = frame.plot();
  bool const up = point.y > frame.y().max;
  double const px = frame.x().px(point.x);
  double const tip = up ? plot.top + 2.0 : plot.bottom - 2.0;
  double const base = up ? tip + 9.0 : tip - 9.0;
  writer.polygon(std::array<SvgPoint, 3>{{{px, tip}, {px + 5.0, base}, {px - 5.0, base}}},
                 fill_style(colour));
  auto const label = rough_text(point.y);
  double const width = text_width(label, label_size);
  bool const right = px + 8.0 + width < plot.right;
  double const left = right ? px + 8.0 : px - 8.0 - width;
  SvgBox const box{left, up ? plot.top : plot.bottom - 12.0, left + width,
                   up ? plot.top + 12.0 : plot.bottom};
  bool const free = std::none_of(taken.begin(), taken.end(), [&](SvgBox const& other) {
    return box.left < other.right && other.left < box.right && box.top < other.bottom &&
           other.top < box.bottom;
  });
  if (free) {
    taken.push_back(box);
    std::string style = fill_style(colour);
    style += right ? " font-size=\"11\"" : " font-size=\"11\" text-anchor=\"end\"";
    writer.text({right ? left : px - 8.0, box.bottom - 2.0}, label, style);
  }
}

void draw_series(SvgWriter& writer, PlotFrame const& frame, Chart const& chart, std::size_t index,
                 std::vector<SvgBox>& taken) {
  auto const& series = chart.series[index];
  auto const colour = colour_of(chart, index);
  std::vector<SvgPoint> line;
  for (auto const& point : series.points) {
    line.push_back(frame.at(point.x, point.y));
  }
  std::string style = stroke_style(colour);
  style += " fill=\"none\" stroke-width=\"" + number_text(series.width_px) + "\" stroke-linejoin=\"round\"";
  style += series.dashed ? " stroke-dasharray=\"6 3\"" : "";
  writer.polyline_inside(frame.plot(), line, style);
  for (std::size_t n = 0; n < line.size(); ++n) {
    auto const& point = series.points[n];
    if (!frame.x().holds(point.x)) {
      continue;
    }
    if (!frame.y().holds(point.y)) {
      draw_arrow(writer, frame, point, colour, taken);
    } else if (series.markers || line.size() == 1) {
      auto const hint = series.name + ": " + number_text(point.x) + ", " + number_text(point.y);
      writer.marker(line[n], shape_of(index), colour, hint);
    }
  }
}

}  // namespace

std::string to_svg(Chart const& chart) {
  if (auto const fault = fault_of(chart); !fault.empty()) {
    return refusal_svg(chart.title, fault);
  }
  PlotFrame const frame{content_of(chart)};
  auto writer = frame.begin();
  for (std::size_t n = 0; n < chart.limits.size(); ++n) {
    draw_limit(writer, frame, chart.limits[n], style_of_limit(chart, n));
  }
  std::vector<SvgBox> taken;
  for (std::size_t n = 0; n < chart.series.size(); ++n) {
    draw_series(writer, frame, chart, n, taken);
  }
  draw_limit_labels(writer, frame, chart);
  return frame.finish(std::move(writer));
}

std::string to_svg(std::span<Chart const> panels) {
  std::vector<std::string> drawings;
  for (auto const& panel : panels) {
    drawings.push_back(to_svg(panel));
  }
  return drawings.size() == 1 ? drawings.front() : SvgWriter::stacked(drawings, panels.front().title);
}

}  // namespace blondel
