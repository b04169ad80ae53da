#pragma once
/// KMP's unit codes and the catalogue's units.

#include <cstdint>
#include <string_view>

#include <blondel/meter/reading.hpp>

namespace blondel {

/// Unit codes that are not plain amounts. @source device.md K3
inline constexpr std::uint8_t kmp_unit_clock = 47;
inline constexpr std::uint8_t kmp_unit_date = 48;
inline constexpr std::uint8_t kmp_unit_number = 51;
inline constexpr std::uint8_t kmp_unit_rtc = 53;
inline constexpr std::uint8_t kmp_unit_ascii = 54;

/// A unit as KMP writes it.
struct KmpUnit {
  std::uint8_t code{};
  std::int8_t exponent_shift{};  ///< to be added to the value's exponent: a prefix for which there is no code
};

/// The code of a catalogue unit with its prefix (3 = kilo).
/// A bit field is sent as a number, as the family does (register 50 on the 382).
/// @source device.md K3, K7; power factor as a number is inferred
[[nodiscard]] KmpUnit kmp_unit(Unit unit, std::int8_t prefix);

/// "kWh", "V", ...; empty for a bare number and for codes nobody documented. ASCII. @source device.md K3
[[nodiscard]] std::string_view kmp_unit_text(std::uint8_t code);

}  // namespace blondel
