#pragma once
/// SVG text, element by element. Coordinates have two decimals, so equal drawings are equal octets.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace blondel {

/// A place on the drawing. @units pixels, x to the right, y downwards
struct SvgPoint {
  double x{};
  double y{};
};

struct SvgBox {
  double left{};
  double top{};
  double right{};
  double bottom{};
};

/// How many colours and how many marker shapes series have; after that both start anew, shifted by one.
inline constexpr std::size_t palette_size = 7;

/// The colour of a series: the palette of Okabe and Ito without its yellow, which white paper swallows. All
/// seven stay apart for the common colour blindnesses. @source Okabe, Ito, Color Universal Design, 2008
[[nodiscard]] std::string_view palette_colour(std::size_t index);

/// A drawing with white paper. What has a class may be coloured anew by the page around it; alone, the
/// attributes hold.
class SvgWriter {
 public:
  /// @param unit of a coordinate on paper: "mm"; empty = pixels
  SvgWriter(double width, double height, std::string_view name, std::string_view unit = "");

  /// `style` is attributes as they stand in the file, in all of these; texts are escaped here.
  void line(SvgPoint from, SvgPoint to, std::string_view style);
  void rect(SvgBox const& box, std::string_view style);
  void polyline(std::span<SvgPoint const> points, std::string_view style);
  /// The line as far as it lies in the box.
  void polyline_inside(SvgBox const& box, std::span<SvgPoint const> points, std::string_view style);
  void polygon(std::span<SvgPoint const> points, std::string_view style);
  void text(SvgPoint at, std::string_view content, std::string_view style);
  /// A text that reads upwards, centred on the place.
  void upward_text(SvgPoint at, std::string_view content, std::string_view style);
  /// One of seven shapes in the palette's colour; `hint` is what a pointer over it shows.
  void marker(SvgPoint at, std::size_t shape, std::size_t colour, std::string_view hint);
  [[nodiscard]] std::string finish() &&;

  /// Drawings of equal width below each other. @param drawings at least one
  [[nodiscard]] static std::string stacked(std::span<std::string const> drawings, std::string_view name);

 private:
  void points(std::string_view element, std::span<SvgPoint const> points, std::string_view style);

  std::string out_;
};

/// `class="b-s3" stroke="#cc79a7"`: attributes that stroke in a colour of the palette.
[[nodiscard]] std::string stroke_style(std::size_t colour);
/// `class="b-f3" fill="#cc79a7"`: attributes that fill with it.
[[nodiscard]] std::string fill_style(std::size_t colour);

/// How wide a text will be, nearly: fonts differ, so this is on the wide side. @units pixels
[[nodiscard]] double text_width(std::string_view text, double font_size);

}  // namespace blondel
