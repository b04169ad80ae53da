#pragma once
/// Characters as segments. Which letters the glass can show is inferred: all of it is a table.

#include <array>
#include <cstdint>
#include <string_view>

#include <blondel/meter/display_frame.hpp>

namespace blondel {

struct Glyph {
  char character{};
  std::uint16_t segments{};
};

/// Segments out of their letters.
/// a top, b upper right, c lower right, d bottom, e lower left, f upper left, g middle (its left half where
/// there are fourteen), h right half of the middle, and inside, clockwise from the top: i, j, k, l, m, n.
constexpr std::uint16_t segments_of(std::string_view letters) {
  std::uint16_t segments = 0;
  for (char const letter : letters) {
    segments = static_cast<std::uint16_t>(segments | 1U << (letter - 'a'));
  }
  return segments;
}

inline constexpr std::uint16_t all_seven = 0x7F;
inline constexpr std::uint16_t all_fourteen = 0x3FFF;

/// Digits come first: a shape that two characters share is read as the first of them.
inline constexpr std::array seven_segment_glyphs{
    Glyph{' ', 0},
    Glyph{'0', segments_of("abcdef")},
    Glyph{'1', segments_of("bc")},
    Glyph{'2', segments_of("abdeg")},
    Glyph{'3', segments_of("abcdg")},
    Glyph{'4', segments_of("bcfg")},
    Glyph{'5', segments_of("acdfg")},
    Glyph{'6', segments_of("acdefg")},
    Glyph{'7', segments_of("abc")},
    Glyph{'8', segments_of("abcdefg")},
    Glyph{'9', segments_of("abcdfg")},
    Glyph{'-', segments_of("g")},
    Glyph{'A', segments_of("abcefg")},
    Glyph{'B', segments_of("cdefg")},
    Glyph{'C', segments_of("adef")},
    Glyph{'D', segments_of("bcdeg")},
    Glyph{'E', segments_of("adefg")},
    Glyph{'F', segments_of("aefg")},
};

inline constexpr std::array fourteen_segment_glyphs{
    Glyph{' ', 0},
    Glyph{'#', all_fourteen},
    Glyph{'0', segments_of("abcdefjm")},
    Glyph{'1', segments_of("bcj")},
    Glyph{'2', segments_of("abdegh")},
    Glyph{'3', segments_of("abcdh")},
    Glyph{'4', segments_of("bcfgh")},
    Glyph{'5', segments_of("adfgk")},
    Glyph{'6', segments_of("acdefgh")},
    Glyph{'7', segments_of("abc")},
    Glyph{'8', segments_of("abcdefgh")},
    Glyph{'9', segments_of("abcdfgh")},
    Glyph{'A', segments_of("abcefgh")},
    Glyph{'B', segments_of("abcdhil")},
    Glyph{'C', segments_of("adef")},
    Glyph{'D', segments_of("abcdil")},
    Glyph{'E', segments_of("adefg")},
    Glyph{'F', segments_of("aefg")},
    Glyph{'G', segments_of("acdefh")},
    Glyph{'H', segments_of("bcefgh")},
    Glyph{'I', segments_of("adil")},
    Glyph{'J', segments_of("bcde")},
    Glyph{'K', segments_of("efgjk")},
    Glyph{'L', segments_of("def")},
    Glyph{'M', segments_of("bcefjn")},
    Glyph{'N', segments_of("bcefkn")},
    Glyph{'O', segments_of("abcdef")},
    Glyph{'P', segments_of("abefgh")},
    Glyph{'Q', segments_of("abcdefk")},
    Glyph{'R', segments_of("abefghk")},
    Glyph{'S', segments_of("acdfgh")},
    Glyph{'T', segments_of("ail")},
    Glyph{'U', segments_of("bcdef")},
    Glyph{'V', segments_of("efjm")},
    Glyph{'W', segments_of("bcefkm")},
    Glyph{'X', segments_of("jkmn")},
    Glyph{'Y', segments_of("jln")},
    Glyph{'Z', segments_of("adjm")},
    Glyph{'+', segments_of("ghil")},
    Glyph{'-', segments_of("gh")},
    Glyph{'/', segments_of("jm")},
};

/// The segments of a character; nothing for one that the cell cannot show.
template<class Glyphs>
constexpr std::uint16_t segments_for(Glyphs const& glyphs, char character) {
  for (auto const& glyph : glyphs) {
    if (glyph.character == character) {
      return glyph.segments;
    }
  }
  return 0;
}

inline constexpr std::size_t id_cells = DisplayFrame{}.id.size();

/// How many cells an id takes: its points stand in those of the digits before them.
constexpr std::size_t id_digits(std::string_view id) {
  std::size_t digits = 0;
  for (char const character : id) {
    digits += character == '.' ? 0U : 1U;
  }
  return digits;
}

/// True when a cell shows every character of a text.
template<class Glyphs>
constexpr bool can_show(Glyphs const& glyphs, std::string_view text) {
  for (char const character : text) {
    if (character != ' ' && segments_for(glyphs, character) == 0) {
      return false;
    }
  }
  return true;
}

}  // namespace blondel
