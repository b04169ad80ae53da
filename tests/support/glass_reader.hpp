#pragma once
/// The glass of a meter as an eye reads it, for tests of the core.

#include <string>

#include <blondel/meter/display_frame.hpp>

namespace blondel::test {

/// The value field from its first dark cell, with its dots.
inline std::string read_value(DisplayFrame const& frame) {
  std::string text;
  for (auto const cell : frame.value) {
    text += read_seven_segments(cell);
    text += (cell & glass_upper_dot) != 0 ? ":" : (cell & glass_point) != 0 ? "." : "";
  }
  auto const from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from);
}

/// The text field without what is clear behind it.
inline std::string read_text(DisplayFrame const& frame) {
  std::string text;
  for (auto const cell : frame.text) {
    text += read_fourteen_segments(cell);
  }
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// The id field likewise.
inline std::string read_id(DisplayFrame const& frame) {
  std::string text;
  for (auto const cell : frame.id) {
    text += read_seven_segments(cell);
    text += (cell & glass_point) != 0 ? "." : "";
  }
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// "1.8.0|A+|69.03"; empty when all three fields are clear.
inline std::string read_line(DisplayFrame const& frame) {
  auto const line = read_id(frame) + "|" + read_text(frame) + "|" + read_value(frame);
  return line == "||" ? "" : line;
}

}  // namespace blondel::test
