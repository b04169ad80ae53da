#include <scenario/glass_text.hpp>

#include <array>
#include <string_view>
#include <utility>

namespace blondel {
namespace {

template<class Cells>
std::string cells_text(Cells const& cells, char (*read)(std::uint16_t)) {
  std::string text;
  for (auto const segments : cells) {
    text += read(segments);
    if ((segments & glass_point) != 0 && read == &read_seven_segments) {
      text += (segments & glass_upper_dot) != 0 ? ':' : '.';
    }
  }
  auto const from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::string unit_of(std::uint16_t segments) {
  constexpr std::array<std::pair<GlassUnit, std::string_view>, 10> words{{{unit_kilo, "k"},
                                                                          {unit_watt, "W"},
                                                                          {unit_var, "var"},
                                                                          {unit_va, "VA"},
                                                                          {unit_volt, "V"},
                                                                          {unit_ampere, "A"},
                                                                          {unit_hour, "h"},
                                                                          {unit_hertz, "Hz"},
                                                                          {unit_cubic_metre, "m3"},
                                                                          {unit_litre, "L"}}};
  std::string text;
  for (auto const& [segment, word] : words) {
    text += (segments & segment) != 0 ? word : "";
  }
  return text;
}

bool is_on(unsigned marks, unsigned place) {
  return (marks >> place & 1U) != 0;
}

/// "Q1", "T1T2": each mark that is on.
std::string marks_text(unsigned marks, std::string_view letter) {
  std::string text;
  for (unsigned place = 0; place < 4; ++place) {
    if (is_on(marks, place)) {
      text.append(letter).append(std::to_string(place + 1));
    }
  }
  return text;
}

std::string phases_text(DisplayFrame const& frame) {
  std::string text;
  for (unsigned phase = 0; phase < 3; ++phase) {
    std::string one = is_on(frame.voltages, phase) ? "L" + std::to_string(phase + 1) : "";
    if (is_on(frame.imports | frame.exports, phase)) {
      one += one.empty() ? "-" : "";
      one += is_on(frame.exports, phase) ? "<" : "";
      one += is_on(frame.imports, phase) ? ">" : "";
    }
    text.append(text.empty() || one.empty() ? "" : " ").append(one);
  }
  return text;
}

}  // namespace

GlassReading read_glass(DisplayFrame const& frame) {
  return {cells_text(frame.value, &read_seven_segments), unit_of(frame.unit),
          cells_text(frame.id, &read_seven_segments), cells_text(frame.text, &read_fourteen_segments)};
}

std::string glass_text(DisplayFrame const& frame) {
  if (frame == DisplayFrame{}) {
    return "dark";
  }
  auto const reading = read_glass(frame);
  std::string line;
  auto const add = [&line](std::string_view separator, std::string_view part) {
    if (!part.empty()) {
      line.append(line.empty() ? "" : separator).append(part);
    }
  };
  add(" ", reading.id);
  add(" ", reading.text);
  add(" ", reading.value);
  add(" ", reading.unit);
  add(", ", marks_text(frame.quadrants, "Q"));
  add(", ", phases_text(frame));
  add(", ", marks_text(frame.tariffs, "T"));
  add(", ", frame.error ? "error" : "");
  return line;
}

}  // namespace blondel
