#include <report/glass.hpp>
#include <report/svg_writer.hpp>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace blondel {
namespace {

// Everything here is in millimetres.
constexpr double width = 92.0;
constexpr double height = 38.0;
constexpr double value_digit = 7.0;
constexpr double field_digit = 5.0;
constexpr double mark_digit = 3.0;
constexpr double unit_capital = 2.5;  ///< inferred: the sheet does not say
/// Height of a capital over the font's size, of the fonts SvgWriter asks for.
constexpr double capital = 0.716;
/// By how much a cell leans over, x per y.
constexpr double lean = 0.1;

constexpr std::string_view dark = "fill=\"#18211b\"";
constexpr std::string_view clear = "fill=\"#18211b\" fill-opacity=\"0.05\"";

constexpr std::string_view style_of(bool on) {
  return on ? dark : clear;
}

bool is_on(unsigned marks, unsigned place) {
  return (marks >> place & 1U) != 0;
}

/// Draws cells of one size.
class CellPainter {
 public:
  CellPainter(SvgWriter& writer, double digit)
      : writer_{&writer},
        h_{digit},
        w_{digit * 0.54},
        t_{digit * 0.115},
        gap_{digit * 0.014} {}

  /// @param at upper left corner of the upright cell; @param present segments that it has
  void seven(SvgPoint at, unsigned segments, unsigned present = 0x7F) {
    start(at, segments, present);
    frame();
    bar({t_ / 2, h_ / 2}, {w_ - t_ / 2, h_ / 2}, 6);
  }

  void fourteen(SvgPoint at, unsigned segments, unsigned present = 0x3FFF) {
    start(at, segments, present);
    frame();
    double const x = w_ / 2;
    double const y = h_ / 2;
    bar({t_ / 2, y}, {x, y}, 6);
    bar({x, y}, {w_ - t_ / 2, y}, 7);
    bar({x, t_}, {x, y}, 8);
    diagonal({w_ - t_, t_}, {x + t_ / 2, y - t_ / 2}, 9);
    diagonal({w_ - t_, h_ - t_}, {x + t_ / 2, y + t_ / 2}, 10);
    bar({x, y}, {x, h_ - t_}, 11);
    diagonal({t_, h_ - t_}, {x - t_ / 2, y + t_ / 2}, 12);
    diagonal({t_, t_}, {x - t_ / 2, y - t_ / 2}, 13);
  }

  /// A dot in the gap after the cell. @param y of its middle, in the cell
  void dot(SvgPoint at, double y, bool on) {
    at_ = at;
    double const x = w_ + t_ * 1.1;
    double const r = t_ * 0.55;
    polygon({{x - r, y - r}, {x + r, y - r}, {x + r, y + r}, {x - r, y + r}}, on);
  }

  [[nodiscard]] double thickness() const { return t_; }

 private:
  void start(SvgPoint at, unsigned segments, unsigned present) {
    at_ = at;
    lit_ = segments;
    present_ = present;
  }

  /// The six segments around.
  void frame() {
    double const left = t_ / 2;
    double const right = w_ - t_ / 2;
    double const top = t_ / 2;
    double const middle = h_ / 2;
    double const bottom = h_ - t_ / 2;
    bar({left, top}, {right, top}, 0);
    bar({right, top}, {right, middle}, 1);
    bar({right, middle}, {right, bottom}, 2);
    bar({left, bottom}, {right, bottom}, 3);
    bar({left, middle}, {left, bottom}, 4);
    bar({left, top}, {left, middle}, 5);
  }

  /// A segment with pointed ends between two places.
  void bar(SvgPoint from, SvgPoint to, unsigned segment) {
    double const half = t_ / 2;  // so that a digit has its full height
    if (from.y == to.y) {
      double const a = from.x + gap_;
      double const b = to.x - gap_;
      segment_shape(segment, {{a, from.y},
                              {a + half, from.y - half},
                              {b - half, from.y - half},
                              {b, from.y},
                              {b - half, from.y + half},
                              {a + half, from.y + half}});
      return;
    }
    double const a = from.y + gap_;
    double const b = to.y - gap_;
    segment_shape(segment, {{from.x, a},
                            {from.x + half, a + half},
                            {from.x + half, b - half},
                            {from.x, b},
                            {from.x - half, b - half},
                            {from.x - half, a + half}});
  }

  /// A slanting segment from an inner corner to the middle.
  void diagonal(SvgPoint corner, SvgPoint centre, unsigned segment) {
    double const inset = corner.x < centre.x ? gap_ : -gap_;
    double const step = t_ * 0.9 * (corner.y < centre.y ? 1.0 : -1.0);
    double const x0 = corner.x + inset;
    double const x1 = centre.x - inset;
    segment_shape(segment, {{x0, corner.y}, {x0, corner.y + step}, {x1, centre.y}, {x1, centre.y - step}});
  }

  void segment_shape(unsigned segment, std::vector<SvgPoint> corners) {
    if (is_on(present_, segment)) {
      polygon(std::move(corners), is_on(lit_, segment));
    }
  }

  void polygon(std::vector<SvgPoint> corners, bool on) {
    for (auto& corner : corners) {
      corner = {at_.x + corner.x + lean * (h_ - corner.y), at_.y + corner.y};
    }
    writer_->polygon(corners, style_of(on));
  }

  SvgWriter* writer_;
  double h_;
  double w_;
  double t_;    ///< of a segment
  double gap_;  ///< between segments, half of it
  SvgPoint at_;
  unsigned lit_{};
  unsigned present_{};  ///< segments that the cell has
};

constexpr unsigned letter_l = 0x38;                                       ///< segments d, e, f
constexpr unsigned letter_t = 0x901;                                      ///< of fourteen segments a, i, l
constexpr std::array<unsigned, 4> number_shapes{0x06, 0x5B, 0x4F, 0x66};  ///< 1 to 4

/// A letter and a number that are dark or clear together: L1, T4.
void put_mark(SvgWriter& writer, SvgPoint at, double digit, unsigned letter, unsigned number, bool on) {
  CellPainter painter{writer, digit};
  painter.fourteen(at, on ? letter : 0, letter);
  auto const shape = number_shapes[number];
  painter.seven({at.x + digit * 0.64, at.y}, on ? shape : 0, shape);
}

/// A text whose capitals have a height. @param at left end of its base line
void put_words(SvgWriter& writer, SvgPoint at, std::string_view words, double capitals, bool on) {
  auto const size = std::to_string(std::lround(capitals / capital * 100.0));
  auto const places = size.size() - 2;
  auto style = std::string{style_of(on)} + " font-weight=\"bold\" font-size=\"";
  style += size.substr(0, places) + "." + size.substr(places) + "\"";
  writer.text(at, words, style);
}

void put_value(SvgWriter& writer, std::span<std::uint16_t const> cells) {
  constexpr double pitch = 5.7;
  CellPainter painter{writer, value_digit};
  SvgPoint at{5.0, 14.5};
  for (auto const segments : cells) {
    painter.seven(at, segments);
    painter.dot(at, value_digit - painter.thickness() * 0.55, is_on(segments, 7));
    painter.dot(at, value_digit * 0.36, is_on(segments, 8));
    at.x += pitch;
  }
}

void put_id(SvgWriter& writer, std::span<std::uint16_t const> cells) {
  constexpr double pitch = 4.1;
  CellPainter painter{writer, field_digit};
  SvgPoint at{5.0, 5.5};
  for (auto const segments : cells) {
    painter.seven(at, segments);
    painter.dot(at, field_digit - painter.thickness() * 0.55, is_on(segments, 7));
    at.x += pitch;
  }
}

void put_text(SvgWriter& writer, std::span<std::uint16_t const> cells) {
  constexpr double pitch = 3.8;
  CellPainter painter{writer, field_digit};
  SvgPoint at{39.0, 5.5};
  for (auto const segments : cells) {
    painter.fourteen(at, segments);
    at.x += pitch;
  }
}

void put_units(SvgWriter& writer, unsigned units) {
  struct Word {
    std::string_view text;
    SvgPoint at;
  };
  constexpr double upper = 17.6;
  constexpr double lower = 21.4;
  constexpr std::array<Word, 10> words{{{"k", {59.0, upper}},
                                        {"W", {61.4, upper}},
                                        {"var", {66.6, upper}},
                                        {"VA", {74.0, upper}},
                                        {"V", {59.0, lower}},
                                        {"A", {63.0, lower}},
                                        {"h", {80.6, upper}},
                                        {"Hz", {67.2, lower}},
                                        {"m\u00b3", {74.2, lower}},
                                        {"L", {81.0, lower}}}};
  for (unsigned n = 0; n < words.size(); ++n) {
    put_words(writer, words[n].at, words[n].text, unit_capital, is_on(units, n));
  }
}

/// Axes with a square in each quadrant. @source inferred: R upwards, A to the right, as the sheets' drawings
void put_quadrants(SvgWriter& writer, unsigned quadrants) {
  constexpr SvgPoint centre{9.5, 30.0};
  constexpr double reach = 4.4;
  constexpr double near = 0.7;
  constexpr std::array<SvgPoint, 4> sides{{{1, -1}, {-1, -1}, {-1, 1}, {1, 1}}};
  writer.line({centre.x - reach, centre.y}, {centre.x + reach, centre.y},
              "stroke=\"#18211b\" stroke-width=\"0.35\"");
  writer.line({centre.x, centre.y - reach}, {centre.x, centre.y + reach},
              "stroke=\"#18211b\" stroke-width=\"0.35\"");
  for (unsigned n = 0; n < sides.size(); ++n) {
    auto const x0 = centre.x + sides[n].x * near;
    auto const y0 = centre.y + sides[n].y * near;
    auto const x1 = centre.x + sides[n].x * (near + mark_digit);
    auto const y1 = centre.y + sides[n].y * (near + mark_digit);
    std::array const corners{SvgPoint{x0, y0}, SvgPoint{x1, y0}, SvgPoint{x1, y1}, SvgPoint{x0, y1}};
    writer.polygon(corners, style_of(is_on(quadrants, n)));
  }
}

void put_phases(SvgWriter& writer, GlassSegments const& glass) {
  constexpr double top = 28.5;
  constexpr double middle = top + mark_digit / 2;
  for (unsigned n = 0; n < 3; ++n) {
    double const x = 19.5 + 12.2 * n;
    std::array const exports{SvgPoint{x, middle}, SvgPoint{x + 1.9, middle - 1.5},
                             SvgPoint{x + 1.9, middle + 1.5}};
    std::array const imports{SvgPoint{x + 9.6, middle}, SvgPoint{x + 7.7, middle - 1.5},
                             SvgPoint{x + 7.7, middle + 1.5}};
    writer.polygon(exports, style_of(is_on(glass.exports, n)));
    put_mark(writer, {x + 2.8, top}, mark_digit, letter_l, n, is_on(glass.voltages, n));
    writer.polygon(imports, style_of(is_on(glass.imports, n)));
  }
}

void put_tariffs(SvgWriter& writer, unsigned tariffs) {
  for (unsigned n = 0; n < number_shapes.size(); ++n) {
    put_mark(writer, {56.0 + 8.5 * n, 27.5}, field_digit, letter_t, n, is_on(tariffs, n));
  }
}

/// A triangle with an exclamation mark.
void put_error(SvgWriter& writer, bool on) {
  constexpr std::array outside{SvgPoint{81.6, 10.5}, SvgPoint{84.6, 5.3}, SvgPoint{87.6, 10.5}};
  auto const paint = on ? std::string{} : std::string{" stroke-opacity=\"0.05\""};
  writer.polygon(outside,
                 "fill=\"none\" stroke=\"#18211b\" stroke-width=\"0.5\" stroke-linejoin=\"round\"" + paint);
  writer.rect({84.3, 7.0, 84.9, 8.9}, style_of(on));
  writer.rect({84.3, 9.3, 84.9, 9.9}, style_of(on));
}

}  // namespace

std::string glass_svg(GlassSegments const& glass, std::string_view name) {
  SvgWriter writer{width, height, name, "mm"};
  writer.rect({0.0, 0.0, width, height}, "rx=\"2\" fill=\"#3b4146\"");
  writer.rect({2.0, 2.0, width - 2.0, height - 2.0}, "rx=\"1\" fill=\"#c6d1be\"");
  put_id(writer, glass.id);
  put_text(writer, glass.text);
  put_error(writer, glass.error);
  put_value(writer, glass.value);
  put_units(writer, glass.units);
  put_quadrants(writer, glass.quadrants);
  put_phases(writer, glass);
  put_tariffs(writer, glass.tariffs);
  return std::move(writer).finish();
}

}  // namespace blondel
