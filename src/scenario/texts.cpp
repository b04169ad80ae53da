#include <scenario/texts.hpp>

#include <blondel/base/decimal.hpp>
#include <scenario/local_time.hpp>

#include <array>
#include <charconv>

namespace blondel {
namespace {

/// Native steps of one unit as shown: 3.6e9 mJ for a kWh.
std::int64_t native_per_shown_unit(RegisterDef const& row) {
  return row.prefix >= 0 ? native_per_unit(row.unit) * pow10(row.prefix)
                         : truncate_divide(native_per_unit(row.unit), pow10(-row.prefix));
}

bool is_plain_count(Reading const& reading) {
  return native_per_unit(reading.unit) == 1;
}

std::string stamp_text(RtcStamp const& stamp) {
  return iso_civil(stamp.normal_time) + (stamp.summer_time ? " summer" : "") +
         (stamp.valid ? "" : " invalid") + (stamp.restored ? " restored" : "");
}

/// Text as it is, other octets as hexadecimal digits.
std::string octets_text(Reading const& reading) {
  if (reading.unit == Unit::text) {
    return {reading.octets().begin(), reading.octets().end()};
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (auto const octet : reading.octets()) {
    text += {digits[octet >> 4], digits[octet & 0x0F]};
  }
  return text;
}

std::string decimal_text(std::int64_t value, int exponent) {
  std::array<char, 48> buffer{};
  return std::string{format_decimal(value, exponent, buffer)};
}

}  // namespace

std::string plain_number(double value) {
  std::array<char, 64> buffer{};
  auto const done =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 12);
  return {buffer.data(), done.ptr};
}

namespace {

/// Octets of the character at the front of a text in UTF-8; 0 when it is none. @source RFC 3629, 4
std::size_t character_length(std::string_view text) {
  auto const octet = [text](std::size_t n) { return static_cast<std::uint8_t>(text[n]); };
  auto const lead = octet(0);
  std::size_t const length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length > text.size()) {
    return 0;
  }
  for (std::size_t n = 1; n < length; ++n) {
    if ((octet(n) & 0xC0) != 0x80) {
      return 0;
    }
  }
  return length;
}

}  // namespace

std::string quoted_text(std::string_view text, std::size_t longest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string quoted{'"'};
  std::size_t used = 0;
  while (used < text.size() && used < longest) {
    auto const octet = static_cast<std::uint8_t>(text[used]);
    auto const length = character_length(text.substr(used));
    if (length == 0 || octet < 0x20 || octet == 0x7F) {
      quoted += {'\\', 'x', digits[octet >> 4], digits[octet & 0x0F]};
      ++used;
    } else {
      quoted += text.substr(used, length);
      used += length;
    }
  }
  return quoted + (used < text.size() ? "...\"" : "\"");
}

std::string micro_text(std::int64_t micro) {
  return decimal_text(micro, -6);
}

std::int64_t micro_of(Reading const& reading, RegisterDef const& row) {
  constexpr std::int64_t micro = 1'000'000;
  auto const divisor = native_per_shown_unit(row);
  // Whole units and rest apart: value * 1e6 would leave 64 bits at 2500 kWh.
  auto const whole = truncate_divide(reading.value, divisor);
  auto const rest = reading.value - whole * divisor;
  return whole * micro + truncate_divide(rest * micro, divisor);
}

std::string shown_text(Reading const& reading, RegisterDef const& row, std::uint8_t decimals_a) {
  switch (reading.kind) {
    case ReadingKind::stamp:
      return stamp_text(reading.stamp);
    case ReadingKind::octets:
      return octets_text(reading);
    case ReadingKind::number:
      break;
  }
  auto const scaled = scale(reading, row, decimals_a);
  return decimal_text(scaled.value, scaled.exponent);
}

std::string shown_with_unit(Reading const& reading, RegisterDef const& row, std::string_view unit,
                            std::uint8_t decimals_a) {
  bool const has_unit = reading.kind == ReadingKind::number && !unit.empty();
  return shown_text(reading, row, decimals_a) + (has_unit ? " " + std::string{unit} : "");
}

std::string exact_text(Reading const& reading, RegisterDef const& row) {
  switch (reading.kind) {
    case ReadingKind::stamp:
      return stamp_text(reading.stamp);
    case ReadingKind::octets:
      return octets_text(reading);
    case ReadingKind::number:
      break;
  }
  return is_plain_count(reading) ? std::to_string(reading.value) : micro_text(micro_of(reading, row));
}

}  // namespace blondel
