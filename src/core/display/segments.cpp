#include "core/display/segments.hpp"

namespace blondel {
namespace {

template<class Glyphs>
char read(Glyphs const& glyphs, unsigned segments) {
  for (auto const& glyph : glyphs) {
    if (glyph.segments == segments) {
      return glyph.character;
    }
  }
  return '?';
}

/// An eye must be able to tell two characters from each other.
template<class Glyphs>
constexpr bool shapes_are_distinct(Glyphs const& glyphs) {
  for (std::size_t a = 0; a < glyphs.size(); ++a) {
    for (std::size_t b = a + 1; b < glyphs.size(); ++b) {
      if (glyphs[a].segments == glyphs[b].segments) {
        return false;
      }
    }
  }
  return true;
}
static_assert(shapes_are_distinct(fourteen_segment_glyphs));
static_assert(shapes_are_distinct(seven_segment_glyphs));

}  // namespace

char read_seven_segments(std::uint16_t segments) {
  return read(seven_segment_glyphs, segments & all_seven);
}

char read_fourteen_segments(std::uint16_t segments) {
  return read(fourteen_segment_glyphs, segments & all_fourteen);
}

}  // namespace blondel
