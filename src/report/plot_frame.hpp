#pragma once
/// What all charts share: paper, headings, axes, named places, legend and notes.

#include <report/axis.hpp>
#include <report/svg_writer.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blondel {

/// A vertical line through the plot with its label above.
struct FrameMark {
  double x{};
  std::string label;
  std::string_view line_style;
  std::string_view text_style;
};

struct LegendEntry {
  std::string name;
  std::size_t colour{};
  std::size_t shape{};
  bool markers{};
  bool dashed{};
};

/// Everything that takes room around the plot.
struct FrameContent {
  std::string title;
  std::string subtitle;
  std::string x_label;
  std::string y_label;
  AxisScale x;
  AxisScale y;
  std::vector<AxisTick> x_ticks;
  std::vector<AxisTick> y_ticks;
  std::vector<double> x_faint_lines;
  std::vector<FrameMark> marks;
  std::vector<LegendEntry> legend;
  std::vector<std::string> notes;
  double room_right{};  ///< for labels right of the plot @units pixels
};

/// The frame laid out: the plot gets what headings, numbers, legend and notes leave.
class PlotFrame {
 public:
  explicit PlotFrame(FrameContent content);

  [[nodiscard]] SvgBox const& plot() const { return plot_; }
  [[nodiscard]] AxisScale const& x() const { return content_.x; }
  [[nodiscard]] AxisScale const& y() const { return content_.y; }
  [[nodiscard]] SvgPoint at(double x, double y) const { return {content_.x.px(x), content_.y.px(y)}; }

  /// The paper with headings, grid and marks: what lies under the data.
  [[nodiscard]] SvgWriter begin() const;
  /// The frame line, numbers, labels, legend and notes: what lies over or beside the data.
  [[nodiscard]] std::string finish(SvgWriter writer) const;

 private:
  struct Placed {
    std::size_t index{};
    std::size_t row{};
    double px{};
  };

  void place_marks();
  void place_legend();
  void draw_headings(SvgWriter& writer) const;
  void draw_grid(SvgWriter& writer) const;
  void draw_marks(SvgWriter& writer) const;
  void draw_numbers(SvgWriter& writer) const;
  void draw_legend(SvgWriter& writer) const;

  FrameContent content_;
  std::vector<std::string> title_;
  std::vector<std::string> subtitle_;
  std::vector<std::string> notes_;
  std::vector<Placed> marks_;
  std::vector<Placed> legend_;
  std::size_t mark_rows_{};
  std::size_t legend_rows_{};
  SvgBox plot_;
  double height_{};
};

/// A drawing that says why there is none.
[[nodiscard]] std::string refusal_svg(std::string_view title, std::string_view fault);

}  // namespace blondel
