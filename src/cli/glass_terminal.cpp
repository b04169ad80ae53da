#include "cli/glass_terminal.hpp"

#include <array>
#include <string_view>

#include "scenario/glass_text.hpp"

namespace blondel {
namespace {

constexpr std::size_t inside_width = 54;

bool is_on(unsigned marks, unsigned place) {
  return (marks >> place & 1U) != 0;
}

/// One of the three lines of a cell of seven segments and its dots.
std::string cell_line(unsigned segments, int line) {
  auto const sign = [segments](unsigned place, char shape) { return is_on(segments, place) ? shape : ' '; };
  switch (line) {
    case 0:
      return {' ', sign(0, '_'), ' ', ' '};
    case 1:
      return {sign(5, '|'), sign(6, '_'), sign(1, '|'), sign(8, '.')};
    default:
      return {sign(4, '|'), sign(3, '_'), sign(2, '|'), sign(7, '.')};
  }
}

std::string boxed(std::string text) {
  text.resize(inside_width, ' ');
  return "| " + text + " |\n";
}

/// A text in a field of its own.
std::string field(std::string text, std::size_t width) {
  text.resize(width, ' ');
  return text;
}

std::string marks_line(DisplayFrame const& frame) {
  std::string line;
  for (unsigned n = 0; n < 4; ++n) {
    line += is_on(frame.quadrants, n) ? "Q" + std::to_string(n + 1) : "  ";
  }
  line += "   ";
  for (unsigned n = 0; n < 3; ++n) {
    line += is_on(frame.exports, n) ? '<' : ' ';
    line += is_on(frame.voltages, n) ? "L" + std::to_string(n + 1) : "  ";
    line += is_on(frame.imports, n) ? "> " : "  ";
  }
  line += "   ";
  for (unsigned n = 0; n < 4; ++n) {
    line += is_on(frame.tariffs, n) ? "T" + std::to_string(n + 1) + " " : "   ";
  }
  return line;
}

}  // namespace

std::string glass_drawing(DisplayFrame const& frame) {
  auto const reading = read_glass(frame);
  auto const edge = "+" + std::string(inside_width + 2, '-') + "+\n";
  auto drawing = edge;
  drawing += boxed(field(reading.id, 18) + field(reading.text, 24) + (frame.error ? "/!\\" : ""));
  for (int line = 0; line < 3; ++line) {
    std::string cells;
    for (auto const segments : frame.value) {
      cells += cell_line(segments, line);
    }
    drawing += boxed(cells + "  " + (line == 2 ? reading.unit : ""));
  }
  drawing += boxed("");
  drawing += boxed(marks_line(frame));
  return drawing + edge;
}

}  // namespace blondel
