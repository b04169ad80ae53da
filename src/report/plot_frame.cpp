#include <report/markup.hpp>
#include <report/plot_frame.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace blondel {
namespace {

constexpr double width_px = 800.0;
constexpr double height_min_px = 500.0;
constexpr double plot_height_min_px = 220.0;
constexpr double edge_px = 16.0;
constexpr double title_row_px = 21.0;
constexpr double subtitle_row_px = 15.0;
constexpr double mark_row_px = 15.0;
constexpr double legend_row_px = 19.0;
constexpr double note_row_px = 15.0;
constexpr double legend_sample_px = 34.0;
constexpr double number_size = 12.0;
constexpr double small_size = 11.0;

constexpr std::string_view ink_line = "class=\"b-ink-line\" stroke=\"#333333\" stroke-width=\"1\"";
constexpr std::string_view grid_line = "class=\"b-grid\" stroke=\"#dddddd\" stroke-width=\"1\"";
constexpr std::string_view faint_line = "class=\"b-grid\" stroke=\"#dddddd\" stroke-width=\"0.5\"";
constexpr std::string_view zero_line = "class=\"b-zero\" stroke=\"#888888\" stroke-width=\"1\"";

std::size_t characters_in(double room_px, double font_size) {
  return static_cast<std::size_t>(room_px / text_width("x", font_size));
}

/// Which numbers are written: the outermost first, then whatever does not touch its neighbours.
std::vector<bool> readable(std::vector<double> const& centres, std::vector<double> const& widths) {
  std::vector<bool> shown(centres.size(), false);
  std::vector<std::size_t> order(centres.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() > 2) {
    std::rotate(order.begin() + 1, order.end() - 1, order.end());
  }
  for (auto const n : order) {
    bool free = true;
    for (std::size_t other = 0; other < shown.size(); ++other) {
      free = free && (!shown[other] ||
                      std::abs(centres[n] - centres[other]) >= (widths[n] + widths[other]) / 2.0 + 4.0);
    }
    shown[n] = free;
  }
  return shown;
}

double widest(std::vector<AxisTick> const& ticks) {
  double width = 0.0;
  for (auto const& tick : ticks) {
    width = std::max(width, text_width(tick.label, number_size));
  }
  return width;
}

}  // namespace

PlotFrame::PlotFrame(FrameContent content)
    : content_{std::move(content)},
      title_{wrapped(content_.title, characters_in(width_px - 2.0 * edge_px, 16.0))},
      subtitle_{wrapped(content_.subtitle, characters_in(width_px - 2.0 * edge_px, number_size))} {
  for (auto const& note : content_.notes) {
    auto const lines = wrapped(note, characters_in(width_px - 2.0 * edge_px, small_size));
    notes_.insert(notes_.end(), lines.begin(), lines.end());
  }
  plot_.left = edge_px + 24.0 + widest(content_.y_ticks) + 8.0;
  plot_.right = width_px - std::max(edge_px + 8.0, content_.room_right);
  content_.x.min_px = plot_.left;
  content_.x.max_px = plot_.right;
  place_marks();
  place_legend();
  auto const rows = [](std::size_t count, double row_px) { return static_cast<double>(count) * row_px; };
  plot_.top = edge_px + rows(title_.size(), title_row_px) + rows(subtitle_.size(), subtitle_row_px) +
              rows(mark_rows_, mark_row_px) + 8.0;
  double const below = 44.0 + rows(legend_rows_, legend_row_px) + rows(notes_.size(), note_row_px) + edge_px;
  height_ = std::ceil(std::max(height_min_px, plot_.top + plot_height_min_px + below));
  plot_.bottom = height_ - below;
  content_.y.min_px = plot_.bottom;
  content_.y.max_px = plot_.top;
}

void PlotFrame::place_marks() {
  std::vector<double> row_ends;  // a label goes to the lowest row where its neighbour ends before it
  std::vector<std::size_t> order(content_.marks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [this](auto a, auto b) { return content_.marks[a].x < content_.marks[b].x; });
  for (auto const n : order) {
    double const half = text_width(content_.marks[n].label, small_size) / 2.0;
    double const centre = std::clamp(content_.x.px(content_.marks[n].x), std::min(4.0 + half, width_px / 2.0),
                                     std::max(width_px - 4.0 - half, width_px / 2.0));
    std::size_t row = 0;
    while (row < row_ends.size() && row_ends[row] + 2.0 > centre - half) {
      ++row;
    }
    row_ends.resize(std::max(row_ends.size(), row + 1), 0.0);
    row_ends[row] = centre + half;
    marks_.push_back({n, row, centre});
  }
  mark_rows_ = row_ends.size();
}

void PlotFrame::place_legend() {
  double px = plot_.left;
  std::size_t row = 0;
  for (std::size_t n = 0; n < content_.legend.size(); ++n) {
    double const width = legend_sample_px + text_width(content_.legend[n].name, number_size) + 16.0;
    if (px > plot_.left && px + width > width_px - edge_px) {
      px = plot_.left;
      ++row;
    }
    legend_.push_back({n, row, px});
    px += width;
  }
  legend_rows_ = content_.legend.empty() ? 0 : row + 1;
}

SvgWriter PlotFrame::begin() const {
  SvgWriter writer{width_px, height_, content_.title};
  draw_headings(writer);
  draw_grid(writer);
  draw_marks(writer);
  return writer;
}

std::string PlotFrame::finish(SvgWriter writer) const {
  writer.rect(plot_, "class=\"b-ink-line\" fill=\"none\" stroke=\"#333333\" stroke-width=\"1\"");
  draw_numbers(writer);
  draw_legend(writer);
  double y = height_ - edge_px - static_cast<double>(notes_.size()) * note_row_px + small_size;
  for (auto const& line : notes_) {
    writer.text({plot_.left, y}, line, "font-size=\"11\" class=\"b-muted\" fill=\"#555555\"");
    y += note_row_px;
  }
  return std::move(writer).finish();
}

void PlotFrame::draw_headings(SvgWriter& writer) const {
  double y = edge_px + 12.0;
  for (auto const& line : title_) {
    writer.text({plot_.left, y}, line,
                "font-size=\"16\" font-weight=\"bold\" class=\"b-ink\" fill=\"#222222\"");
    y += title_row_px;
  }
  y -= 3.0;
  for (auto const& line : subtitle_) {
    writer.text({plot_.left, y}, line, "font-size=\"12\" class=\"b-muted\" fill=\"#555555\"");
    y += subtitle_row_px;
  }
}

void PlotFrame::draw_grid(SvgWriter& writer) const {
  auto const vertical = [&](double value, std::string_view style) {
    double const px = content_.x.px(value);
    writer.line({px, plot_.top}, {px, plot_.bottom}, style);
  };
  for (double const value : content_.x_faint_lines) {
    vertical(value, faint_line);
  }
  for (auto const& tick : content_.x_ticks) {
    vertical(tick.value, grid_line);
  }
  for (auto const& tick : content_.y_ticks) {
    double const px = content_.y.px(tick.value);
    writer.line({plot_.left, px}, {plot_.right, px}, tick.value == 0.0 ? zero_line : grid_line);
  }
}

void PlotFrame::draw_marks(SvgWriter& writer) const {
  for (auto const& placed : marks_) {
    auto const& mark = content_.marks[placed.index];
    double const px = content_.x.px(mark.x);
    double const baseline = plot_.top - 5.0 - static_cast<double>(placed.row) * mark_row_px;
    writer.line({px, baseline + 2.0}, {px, plot_.bottom}, mark.line_style);
    std::string style{mark.text_style};
    style += " text-anchor=\"middle\" font-size=\"11\"";
    writer.text({placed.px, baseline}, mark.label, style);
  }
}

void PlotFrame::draw_numbers(SvgWriter& writer) const {
  std::vector<double> centres;
  std::vector<double> widths;
  for (auto const& tick : content_.x_ticks) {
    centres.push_back(content_.x.px(tick.value));
    widths.push_back(text_width(tick.label, number_size));
    writer.line({centres.back(), plot_.bottom}, {centres.back(), plot_.bottom + 5.0}, ink_line);
  }
  auto const shown = readable(centres, widths);
  constexpr std::string_view numbers =
      "text-anchor=\"middle\" font-size=\"12\" class=\"b-ink\" fill=\"#222222\"";
  for (std::size_t n = 0; n < shown.size(); ++n) {
    if (shown[n]) {
      writer.text({centres[n], plot_.bottom + 18.0}, typeset(content_.x_ticks[n].label), numbers);
    }
  }
  for (auto const& tick : content_.y_ticks) {
    double const px = content_.y.px(tick.value);
    writer.line({plot_.left - 5.0, px}, {plot_.left, px}, ink_line);
    writer.text({plot_.left - 8.0, px + 4.0}, typeset(tick.label),
                "text-anchor=\"end\" font-size=\"12\" class=\"b-ink\" fill=\"#222222\"");
  }
  constexpr std::string_view labels = "font-size=\"13\" class=\"b-ink\" fill=\"#222222\"";
  std::string centred{labels};
  centred += " text-anchor=\"middle\"";
  writer.text({(plot_.left + plot_.right) / 2.0, plot_.bottom + 36.0}, content_.x_label, centred);
  writer.upward_text({edge_px + 10.0, (plot_.top + plot_.bottom) / 2.0}, content_.y_label, labels);
}

void PlotFrame::draw_legend(SvgWriter& writer) const {
  for (auto const& placed : legend_) {
    auto const& entry = content_.legend[placed.index];
    double const y = plot_.bottom + 44.0 + static_cast<double>(placed.row) * legend_row_px + 12.0;
    std::string style = stroke_style(entry.colour);
    style += entry.dashed ? " stroke-width=\"2\" stroke-dasharray=\"6 3\"" : " stroke-width=\"2\"";
    writer.line({placed.px, y - 4.0}, {placed.px + legend_sample_px - 6.0, y - 4.0}, style);
    if (entry.markers) {
      writer.marker({placed.px + (legend_sample_px - 6.0) / 2.0, y - 4.0}, entry.shape, entry.colour, "");
    }
    auto const room = characters_in(width_px - edge_px - placed.px - legend_sample_px, number_size);
    writer.text({placed.px + legend_sample_px, y}, shortened(entry.name, room),
                "font-size=\"12\" class=\"b-ink\" fill=\"#222222\"");
  }
}

std::string refusal_svg(std::string_view title, std::string_view fault) {
  SvgWriter writer{width_px, height_min_px, title};
  double y = edge_px + 12.0;
  for (auto const& line : wrapped(title, characters_in(width_px - 2.0 * edge_px, 16.0))) {
    writer.text({edge_px, y}, line, "font-size=\"16\" font-weight=\"bold\" class=\"b-ink\" fill=\"#222222\"");
    y += title_row_px;
  }
  std::string words{"Not drawn: "};
  words += fault;
  for (auto const& line : wrapped(words, characters_in(width_px - 2.0 * edge_px, number_size))) {
    writer.text({edge_px, y}, line, "font-size=\"12\" class=\"b-f1\" fill=\"#d55e00\"");
    y += subtitle_row_px;
  }
  return std::move(writer).finish();
}

}  // namespace blondel
