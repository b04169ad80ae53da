#include <report/markup.hpp>
#include <report/summary.hpp>
#include <report/svg_writer.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

namespace blondel {
namespace {

constexpr std::array<std::string_view, palette_size> palette{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                             "#e69f00", "#56b4e9", "#000000"};
/// A character of a sans-serif font over its size, on the wide side.
constexpr double width_per_size = 0.6;

std::string coordinate(double value) {
  return fixed_text(value, 2);
}

void append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (auto const part : parts) {
    out += part;
  }
}

/// Corners of a marker around 0, 0; none for the circle.
std::vector<SvgPoint> corners_of(std::size_t shape) {
  switch (shape % palette_size) {
    case 1:
      return {{-3.2, -3.2}, {3.2, -3.2}, {3.2, 3.2}, {-3.2, 3.2}};  // square
    case 2:
      return {{0.0, -4.4}, {4.0, 3.0}, {-4.0, 3.0}};  // triangle
    case 3:
      return {{0.0, -4.6}, {4.6, 0.0}, {0.0, 4.6}, {-4.6, 0.0}};  // diamond
    case 4:
      return {{0.0, 4.4}, {4.0, -3.0}, {-4.0, -3.0}};  // triangle on its tip
    case 5:                                            // upright cross
      return {{-1.4, -4.4}, {1.4, -4.4}, {1.4, -1.4}, {4.4, -1.4}, {4.4, 1.4},   {1.4, 1.4},
              {1.4, 4.4},   {-1.4, 4.4}, {-1.4, 1.4}, {-4.4, 1.4}, {-4.4, -1.4}, {-1.4, -1.4}};
    case 6:  // bar
      return {{-4.4, -1.7}, {4.4, -1.7}, {4.4, 1.7}, {-4.4, 1.7}};
    default:
      return {};
  }
}

/// The part of a straight line inside a box.
struct VisiblePart {
  SvgPoint from;
  SvgPoint to;
  bool leaves_start{};  ///< the line starts outside
};

/// Cuts a line at a box. @source Liang, Barsky, A new concept and method for line clipping, 1984
std::optional<VisiblePart> part_inside(SvgBox const& box, SvgPoint from, SvgPoint to) {
  double const dx = to.x - from.x;
  double const dy = to.y - from.y;
  std::array<std::array<double, 2>, 4> const sides{{{-dx, from.x - box.left},
                                                    {dx, box.right - from.x},
                                                    {-dy, from.y - box.top},
                                                    {dy, box.bottom - from.y}}};
  double enters = 0.0;
  double leaves = 1.0;
  for (auto const& [slope, room] : sides) {
    if (slope < 0.0) {
      enters = std::max(enters, room / slope);
    } else if (slope > 0.0) {
      leaves = std::min(leaves, room / slope);
    } else if (room < 0.0) {
      return std::nullopt;
    }
  }
  if (enters > leaves) {
    return std::nullopt;
  }
  return VisiblePart{{from.x + enters * dx, from.y + enters * dy},
                     {from.x + leaves * dx, from.y + leaves * dy},
                     enters > 0.0};
}

}  // namespace

std::string_view palette_colour(std::size_t index) {
  return palette[index % palette_size];
}

std::string stroke_style(std::size_t colour) {
  std::string style;
  append(style, {"class=\"b-s", std::to_string(colour % palette_size), "\" stroke=\"", palette_colour(colour),
                 "\""});
  return style;
}

std::string fill_style(std::size_t colour) {
  std::string style;
  append(style,
         {"class=\"b-f", std::to_string(colour % palette_size), "\" fill=\"", palette_colour(colour), "\""});
  return style;
}

double text_width(std::string_view text, double font_size) {
  return width_per_size * font_size * static_cast<double>(character_count(text));
}

SvgWriter::SvgWriter(double width, double height, std::string_view name, std::string_view unit) {
  auto const w = number_text(width);
  auto const h = number_text(height);
  append(out_, {"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", w, unit, "\" height=\"", h, unit,
                "\" viewBox=\"0 0 ", w, " ", h,
                "\" role=\"img\" font-family=\"Arial, Helvetica, sans-serif\">\n<title>", escaped(name),
                "</title>\n"});
  rect({0.0, 0.0, width, height}, "class=\"b-paper\" fill=\"#ffffff\"");
}

void SvgWriter::line(SvgPoint from, SvgPoint to, std::string_view style) {
  append(out_, {"<line x1=\"", coordinate(from.x), "\" y1=\"", coordinate(from.y), "\" x2=\"",
                coordinate(to.x), "\" y2=\"", coordinate(to.y), "\" ", style, "/>\n"});
}

void SvgWriter::rect(SvgBox const& box, std::string_view style) {
  append(out_, {"<rect x=\"", coordinate(box.left), "\" y=\"", coordinate(box.top), "\" width=\"",
                coordinate(box.right - box.left), "\" height=\"", coordinate(box.bottom - box.top), "\" ",
                style, "/>\n"});
}

void SvgWriter::points(std::string_view element, std::span<SvgPoint const> points, std::string_view style) {
  append(out_, {"<", element, " points=\""});
  for (std::size_t n = 0; n < points.size(); ++n) {
    append(out_, {n == 0 ? "" : " ", coordinate(points[n].x), ",", coordinate(points[n].y)});
  }
  append(out_, {"\" ", style, "/>\n"});
}

void SvgWriter::polyline(std::span<SvgPoint const> points, std::string_view style) {
  this->points("polyline", points, style);
}

void SvgWriter::polyline_inside(SvgBox const& box, std::span<SvgPoint const> points, std::string_view style) {
  std::vector<SvgPoint> piece;
  auto const end_piece = [&] {
    if (piece.size() > 1) {
      polyline(piece, style);
    }
    piece.clear();
  };
  for (std::size_t n = 1; n < points.size(); ++n) {
    auto const visible = part_inside(box, points[n - 1], points[n]);
    if (!visible) {
      end_piece();
      continue;
    }
    if (piece.empty() || visible->leaves_start) {
      end_piece();
      piece.push_back(visible->from);
    }
    piece.push_back(visible->to);
  }
  end_piece();
}

void SvgWriter::polygon(std::span<SvgPoint const> points, std::string_view style) {
  this->points("polygon", points, style);
}

void SvgWriter::text(SvgPoint at, std::string_view content, std::string_view style) {
  append(out_, {"<text x=\"", coordinate(at.x), "\" y=\"", coordinate(at.y), "\" ", style, ">",
                escaped(content), "</text>\n"});
}

void SvgWriter::upward_text(SvgPoint at, std::string_view content, std::string_view style) {
  auto const x = coordinate(at.x);
  auto const y = coordinate(at.y);
  append(out_, {"<text x=\"", x, "\" y=\"", y, "\" text-anchor=\"middle\" transform=\"rotate(-90 ", x, " ", y,
                ")\" ", style, ">", escaped(content), "</text>\n"});
}

void SvgWriter::marker(SvgPoint at, std::size_t shape, std::size_t colour, std::string_view hint) {
  auto corners = corners_of(shape);
  auto const style = fill_style(colour);
  if (corners.empty()) {
    append(out_, {"<circle cx=\"", coordinate(at.x), "\" cy=\"", coordinate(at.y), "\" r=\"3.6\" ", style});
  } else {
    for (auto& corner : corners) {
      corner = {at.x + corner.x, at.y + corner.y};
    }
    points("polygon", corners, style);
    out_.resize(out_.size() - std::string_view{"/>\n"}.size());  // it gets a child instead
  }
  if (hint.empty()) {
    out_ += "/>\n";
  } else {
    append(out_,
           {"><title>", escaped(hint), corners.empty() ? "</title></circle>\n" : "</title></polygon>\n"});
  }
}

std::string SvgWriter::finish() && {
  out_ += "</svg>\n";
  return std::move(out_);
}

std::string SvgWriter::stacked(std::span<std::string const> drawings, std::string_view name) {
  auto const length = [](std::string_view drawing, std::string_view key) {  // as the constructor wrote it
    drawing.remove_prefix(drawing.find(key) + key.size());
    return std::strtod(std::string{drawing.substr(0, drawing.find('"'))}.c_str(), nullptr);
  };
  double height = 0.0;
  std::string inside;
  for (auto const& drawing : drawings) {
    constexpr std::string_view start = "<svg ";
    append(inside,
           {start, "y=\"", number_text(height), "\" ", std::string_view{drawing}.substr(start.size())});
    height += length(drawing, " height=\"");
  }
  SvgWriter writer{length(drawings.front(), " width=\""), height, name};
  writer.out_ += inside;
  return std::move(writer).finish();
}

}  // namespace blondel
