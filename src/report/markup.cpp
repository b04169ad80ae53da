#include <report/markup.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace blondel {
namespace {

/// One character of a text: its octets, and whether XML can hold it.
struct Character {
  std::string_view octets;
  bool writable{};
};

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// How many octets a character has by its first one; 0 when none starts so.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first < 0xE0) {
    return 2;
  }
  if (first >= 0xE0 && first < 0xF0) {
    return 3;
  }
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

bool is_writable(std::uint32_t code, std::size_t length) {
  constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  bool const overlong = code < smallest[length];
  bool const control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';
  bool const surrogate = code >= 0xD800 && code < 0xE000;
  return !overlong && !control && !surrogate && code != 0xFFFE && code != 0xFFFF && code <= 0x10FFFF;
}

Character first_character(std::string_view text) {
  auto const first = static_cast<unsigned char>(text.front());
  std::size_t const length = length_of(first);
  if (length == 0 || length > text.size()) {
    return {text.substr(0, 1), false};
  }
  std::uint32_t code = length == 1 ? first : first & (0x7FU >> length);
  for (std::size_t n = 1; n < length; ++n) {
    if (!is_continuation(text[n])) {
      return {text.substr(0, 1), false};
    }
    code = (code << 6U) | (static_cast<unsigned char>(text[n]) & 0x3FU);
  }
  return {text.substr(0, length), is_writable(code, length)};
}

void append_escaped(std::string& out, Character const& character) {
  if (!character.writable) {
    out += "&#65533;";
    return;
  }
  switch (character.octets.front()) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      out += character.octets;
  }
}

/// The longest piece of the text's front that fits and ends before a space or with the text.
std::string_view line_of(std::string_view text, std::size_t limit) {
  std::size_t used = 0;
  std::size_t last_space = 0;
  for (std::size_t count = 0; used < text.size() && count <= limit; ++count) {
    if (text[used] == ' ') {
      last_space = used;
    }
    if (count == limit) {
      break;
    }
    used += first_character(text.substr(used)).octets.size();
  }
  if (used == text.size() || last_space == 0) {
    return text.substr(0, used);
  }
  return text.substr(0, last_space);
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const character = first_character(text);
    append_escaped(out, character);
    text.remove_prefix(character.octets.size());
  }
  return out;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    text.remove_prefix(first_character(text).octets.size());
  }
  return count;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t limit) {
  std::vector<std::string> lines;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty() || limit == 0) {
      return lines;
    }
    auto const line = line_of(text, limit);
    lines.emplace_back(line);
    text.remove_prefix(line.size());
  }
}

std::string shortened(std::string_view text, std::size_t limit) {
  if (character_count(text) <= limit) {
    return std::string{text};
  }
  std::size_t used = 0;
  for (std::size_t count = 3; count < limit; ++count) {
    used += first_character(text.substr(used)).octets.size();
  }
  return std::string{text.substr(0, used)} + "...";
}

std::string typeset(std::string_view number) {
  std::string text{number};
  if (number.starts_with('-')) {
    text.replace(0, 1, "\xE2\x88\x92");
  }
  return text;
}

std::string rough_text(double value) {
  std::array<char, 64> buffer{};
  auto const done =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, 2);
  double rough = 0.0;
  std::from_chars(buffer.data(), done.ptr, rough);
  return typeset(number_text(rough));
}

std::string number_text(double value) {
  std::array<char, 1100> buffer{};  // the smallest double has 1074 digits behind the point
  auto const done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0.0 ? 0.0 : value,
                                  std::chars_format::fixed);
  return {buffer.data(), done.ptr};
}

}  // namespace blondel
