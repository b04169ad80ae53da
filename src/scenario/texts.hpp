#pragma once
/// Values as text for transcripts, CSV and messages; the same octets on every machine.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <blondel/meter/reading.hpp>
#include <blondel/meter/register_def.hpp>

namespace blondel {

/// The shortest text that gives the same number back, at most twelve significant digits; no locale.
[[nodiscard]] std::string plain_number(double value);

/// Text of a file for a message: in quotes, control characters and what is no UTF-8 as \xNN, cut at the first
/// character that begins `longest` octets on or later.
[[nodiscard]] std::string quoted_text(std::string_view text, std::size_t longest = 80);

/// A whole count of millionths as a decimal number, trailing zeros kept: 69034500 -> "69.034500".
[[nodiscard]] std::string micro_text(std::int64_t micro);

/// A reading's number in millionths of the row's unit as shown (kWh, not Wh), truncated towards zero.
[[nodiscard]] std::int64_t micro_of(Reading const& reading, RegisterDef const& row);

/// As the meter shows it: at the row's resolution, without the unit; time stamps as ISO 8601, octets as text.
[[nodiscard]] std::string shown_text(Reading const& reading, RegisterDef const& row, std::uint8_t decimals_a);
/// The same followed by the unit, where there is one.
[[nodiscard]] std::string shown_with_unit(Reading const& reading, RegisterDef const& row,
                                          std::string_view unit, std::uint8_t decimals_a);
/// With everything the meter knows: energies and powers with six decimals. For CSV and expectations.
[[nodiscard]] std::string exact_text(Reading const& reading, RegisterDef const& row);

}  // namespace blondel
