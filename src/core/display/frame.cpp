#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <blondel/base/crc.hpp>
#include <blondel/base/decimal.hpp>
#include <blondel/meter/register_def.hpp>

#include "core/display/display.hpp"
#include "core/display/screen.hpp"
#include "core/display/segments.hpp"
#include "core/events/event_status.hpp"
#include "core/registers/meter_view.hpp"

namespace blondel {
namespace {

constexpr std::size_t value_cells = 9;
constexpr std::uint16_t colon = glass_point | glass_upper_dot;
/// @source device.md B8: numbers have eight digits
constexpr int number_digits = 8;

/// How a row's number stands in the value field.
struct Format {
  int integers{};  ///< digits before the point: what a counter rolls over at, and how far zeroes lead
  int decimals{};
  bool rolls_over{};
};

/// @source device.md B8: primary 7.0/7.1/7.2, secondary 5.2, high resolution 3.4, power 2.3, numbers 8 digits
Format format_of(RegisterDef const& row, std::uint8_t decimals_a) {
  int const decimals = row.resolution.by_digit_a ? decimals_a - 1 : -row.resolution.exponent;
  switch (row.unit) {
    case Unit::watt_hour:
    case Unit::var_hour:
    case Unit::volt_ampere_hour:
      return {row.resolution.by_digit_a ? 7 : decimals == 4 ? 3 : 5, decimals, false};  // scale() rolls over
    case Unit::watt:
    case Unit::var:
    case Unit::volt_ampere:
      return {2, decimals, false};  // more digits where a power has them: 3000/5 gives megawatts
    case Unit::volt:
    case Unit::ampere:
    case Unit::hertz:
    case Unit::power_factor:
      return {1, decimals, false};
    case Unit::none:
    case Unit::hour:
    case Unit::bits:
    case Unit::local_clock:
    case Unit::local_date:
    case Unit::rtc:
    case Unit::text:
    case Unit::kilowatt_hours:
    case Unit::cubic_metres:
    case Unit::litres:
      break;
  }
  return {number_digits, 0, true};
}

/// @param unit of the reading: pulses have that of digits NN
std::uint16_t unit_segments(RegisterDef const& row, Unit unit) {
  auto const kilo = row.prefix == 3 ? std::uint16_t{unit_kilo} : std::uint16_t{0};
  switch (unit) {
    case Unit::watt_hour:
      return static_cast<std::uint16_t>(kilo | unit_watt | unit_hour);
    case Unit::var_hour:
      return static_cast<std::uint16_t>(kilo | unit_var | unit_hour);
    case Unit::volt_ampere_hour:
      return static_cast<std::uint16_t>(kilo | unit_va | unit_hour);
    case Unit::watt:
      return static_cast<std::uint16_t>(kilo | unit_watt);
    case Unit::var:
      return static_cast<std::uint16_t>(kilo | unit_var);
    case Unit::volt_ampere:
      return static_cast<std::uint16_t>(kilo | unit_va);
    case Unit::volt:
      return unit_volt;
    case Unit::ampere:
      return unit_ampere;
    case Unit::hertz:
      return unit_hertz;
    case Unit::hour:
      return unit_hour;
    case Unit::kilowatt_hours:
      return unit_kilo | unit_watt | unit_hour;
    case Unit::cubic_metres:
      return unit_cubic_metre;
    case Unit::litres:
      return unit_litre;
    case Unit::none:
    case Unit::power_factor:
    case Unit::bits:
    case Unit::local_clock:
    case Unit::local_date:
    case Unit::rtc:
    case Unit::text:
      break;
  }
  return 0;
}

std::uint16_t seven(char character) {
  return segments_for(seven_segment_glyphs, character);
}

void put_text(DisplayFrame& frame, std::string_view text, std::size_t from = 0) {
  for (std::size_t n = 0; n < text.size() && from + n < frame.text.size(); ++n) {
    frame.text[from + n] = segments_for(fourteen_segment_glyphs, text[n]);
  }
}

/// An id from the left, its points in the cells of the digits before them.
void put_id(DisplayFrame& frame, std::string_view id) {
  std::size_t cell = 0;
  for (char const character : id) {
    if (character == '.' && cell > 0) {
      frame.id[cell - 1] |= glass_point;
    } else if (cell < frame.id.size()) {
      frame.id[cell++] = seven(character);
    }
  }
}

/// Digits at the right end. @param digits at least so many, with zeroes in front
void put_number(DisplayFrame& frame, std::int64_t value, int decimals, int digits) {
  auto rest = value < 0 ? -value : value;
  auto cell = value_cells;
  for (int n = 0; cell > 0 && (n < digits || rest > 0); ++n, rest /= 10) {
    frame.value[--cell] = seven(static_cast<char>('0' + rest % 10));
  }
  if (value < 0 && cell > 0) {
    frame.value[cell - 1] = seven('-');
  }
  if (decimals > 0) {
    frame.value[value_cells - 1 - static_cast<std::size_t>(decimals)] |= glass_point;
  }
}

void put_dashes(DisplayFrame& frame) {
  frame.value.fill(seven('-'));
}

/// Six or eight digits in pairs: HH:MM:SS, YYYY:MM:DD. @source device.md B8
void put_pairs(DisplayFrame& frame, std::int64_t value, int digits) {
  put_number(frame, value, 0, digits);
  frame.value[value_cells - 3] |= colon;
  frame.value[value_cells - 5] |= colon;
}

/// Bit n of the status is digit n + 1 from the right. @source device.md K5: 2 EEPROM, 3 magnet ... 7 cover
void put_bits(DisplayFrame& frame, std::int64_t bits) {
  std::int64_t digits = 0;
  for (int n = 0; n < number_digits; ++n) {
    digits += (bits >> n & 1) * pow10(n);
  }
  put_number(frame, digits, 0, number_digits);
}

/// A stamp does not fit: its date is the value, its time the text, both local. Without a stamp, dashes.
void put_stamp(DisplayFrame& frame, RtcStamp const& stamp) {
  if (stamp.normal_time.month == 0) {
    put_dashes(frame);
    return;
  }
  auto const local = to_civil(to_seconds(stamp.normal_time) + (stamp.summer_time ? 3'600 : 0));
  put_pairs(frame, local.year * std::int64_t{10'000} + local.month * 100 + local.day, 8);
  auto const digit = [](int number) { return static_cast<char>('0' + number % 10); };
  std::array const text{digit(local.hour / 10),   digit(local.hour),   '-',
                        digit(local.minute / 10), digit(local.minute), '-',
                        digit(local.second / 10), digit(local.second)};
  frame.text.fill(0);
  put_text(frame, {text.data(), text.size()});
}

/// Characters from the left; what does not fit goes on in the text field.
void put_characters(DisplayFrame& frame, std::span<std::uint8_t const> octets) {
  for (std::size_t n = 0; n < octets.size() && n < value_cells; ++n) {
    frame.value[n] = seven(static_cast<char>(octets[n]));
  }
  for (std::size_t n = value_cells; n < octets.size() && n - value_cells < frame.text.size(); ++n) {
    frame.text[n - value_cells] = segments_for(fourteen_segment_glyphs, static_cast<char>(octets[n]));
  }
}

void put_reading(DisplayFrame& frame, Reading const& reading, RegisterDef const& row, std::uint8_t decimals_a,
                 bool leading_zeroes) {
  switch (row.unit) {
    case Unit::text:
      return put_characters(frame, reading.octets());
    case Unit::rtc:
      return put_stamp(frame, reading.stamp);
    case Unit::local_clock:
      return put_pairs(frame, reading.value, 6);
    case Unit::local_date:
      return put_pairs(frame, 20'000'000 + reading.value, 8);
    case Unit::bits:
      return put_bits(frame, reading.value);
    case Unit::none:
    case Unit::watt_hour:
    case Unit::var_hour:
    case Unit::volt_ampere_hour:
    case Unit::watt:
    case Unit::var:
    case Unit::volt_ampere:
    case Unit::volt:
    case Unit::ampere:
    case Unit::hertz:
    case Unit::hour:
    case Unit::power_factor:
    case Unit::kilowatt_hours:
    case Unit::cubic_metres:
    case Unit::litres:
      break;
  }
  auto const format = format_of(row, decimals_a);
  auto const value = scale(reading, row, decimals_a).value;
  auto const shown = format.rolls_over ? value % pow10(format.integers + format.decimals) : value;
  put_number(frame, shown, format.decimals, (leading_zeroes ? format.integers : 1) + format.decimals);
  frame.unit = unit_segments(row, reading.unit);
}

/// The number of a past period behind the tag: "A+/T1-12". @source inferred
void put_history(DisplayFrame& frame, std::size_t after, int history) {
  put_text(frame, "-", after);
  auto const tens = static_cast<char>('0' + history / 10);
  auto const ones = static_cast<char>('0' + history % 10);
  std::array const digits{tens, ones};
  put_text(frame, {digits.data(), digits.size()}, after + 1);
}

void put_item(DisplayFrame& frame, MeterView const& m, DisplayItem item, bool leading_zeroes) {
  auto const& row = definition(item.id);
  auto const& state = m.state();
  put_text(frame, row.glass.tag);
  if (item.history > 0) {
    put_id(frame, "98.1.0");
    put_history(frame, row.glass.tag.size(), item.history);
  } else {
    put_id(frame, row.glass.id.empty() ? row.short_obis : row.glass.id);
  }
  bool const is_there = item.history == 0 && is_present(row, m.config().type.energy) &&
                        (state.powered || !is_momentary(row.unit));
  if (is_there) {
    put_reading(frame, row.read(m), row, state.configuration.a, leading_zeroes);
  } else {
    put_dashes(frame);
  }
}

/// What stands for the checksum of a program that has no ROM: that of its type and revision, 75000801.
/// @source inferred
std::uint16_t rom_checksum(MeterView const& m) {
  auto rest = type_and_revision(m).value;
  std::array<std::uint8_t, number_digits> digits{};
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, rest /= 10) {
    *digit = static_cast<std::uint8_t>('0' + rest % 10);
  }
  return crc16_xmodem(digits);
}

void put_software(DisplayFrame& frame, MeterView const& m) {
  auto const number = m.config().software_number;
  auto const digit = [](int of) { return static_cast<char>('0' + of); };
  std::array const text{'S',
                        'W',
                        ' ',
                        static_cast<char>('A' + m.config().software_letter - 1),
                        number < 10 ? digit(number) : digit(number / 10),
                        number < 10 ? ' ' : digit(number % 10)};
  put_text(frame, {text.data(), text.size()});
  put_id(frame, "0.2.1");
  put_number(frame, type_and_revision(m).value, 0, number_digits);
}

DisplayFrame all_segments() {
  DisplayFrame frame;
  frame.value.fill(all_seven | colon);
  frame.unit = all_glass_units;
  frame.id.fill(all_seven | glass_point);
  frame.quadrants = 0xF;
  frame.text.fill(all_fourteen);
  frame.error = true;
  frame.tariffs = 0xF;
  frame.voltages = frame.imports = frame.exports = 0x7;
  return frame;
}

void set_mark(std::uint8_t& marks, int place, bool on) {
  marks = static_cast<std::uint8_t>(marks | (on ? 1U : 0U) << place);
}

/// What stands beside the reading all the time.
void put_marks(DisplayFrame& frame, MeterView const& m) {
  auto const& state = m.state();
  frame.error = shows_error(state, m.config().data_sheet);
  if (!state.powered) {
    return;
  }
  if (auto const number = quadrant(m).value; number > 0) {
    set_mark(frame.quadrants, static_cast<int>(number) - 1, true);
  }
  if (auto const tariff = state.tariffs.active; tariff > 0) {
    set_mark(frame.tariffs, tariff - 1, true);
  }
  for (int e = 0; e < element_count; ++e) {
    auto const way = direction(m, e).value;
    set_mark(frame.voltages, e, state.live[static_cast<std::size_t>(e)].u_mv >= voltage_present_mv);
    set_mark(frame.imports, e, way > 0);
    set_mark(frame.exports, e, way < 0);
  }
}

}  // namespace

DisplayFrame display_frame(MeterView const& m) {
  auto const& state = m.state();
  auto const& setup = display_setup(state.display, m.config());
  auto const screen = current_screen(state.display, setup, state.powered, state.now);
  DisplayFrame frame;
  switch (screen.kind) {
    case ScreenKind::dark:
      return frame;
    case ScreenKind::check:
      return all_segments();
    case ScreenKind::checksum:
      put_text(frame, "CSUM");
      put_id(frame, "96.54.1");
      put_number(frame, rom_checksum(m), 0, 1);
      break;
    case ScreenKind::software:
      put_software(frame, m);
      break;
    case ScreenKind::reading:
      put_item(frame, m, screen.item, setup.leading_zeroes);
      break;
  }
  put_marks(frame, m);
  return frame;
}

}  // namespace blondel
