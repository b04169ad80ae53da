#pragma once
/// The glass as it stands: every segment that is dark, and what an eye reads in them.

#include <array>
#include <cstddef>
#include <cstdint>

namespace blondel {

/// Segments a to g are bits 0 to 6; beside them a digit has two dots, both of which make a colon.
/// @source inferred: the sheet draws the fields, not their segments
enum GlassDot : std::uint16_t { glass_point = 1U << 7, glass_upper_dot = 1U << 8 };

/// Words and letters of the unit field; several stand together: k, W, h.
enum GlassUnit : std::uint16_t {
  unit_kilo = 1U << 0,
  unit_watt = 1U << 1,
  unit_var = 1U << 2,
  unit_va = 1U << 3,
  unit_volt = 1U << 4,
  unit_ampere = 1U << 5,
  unit_hour = 1U << 6,
  unit_hertz = 1U << 7,
  unit_cubic_metre = 1U << 8,
  unit_litre = 1U << 9,
};
inline constexpr std::uint16_t all_glass_units = (1U << 10) - 1;

/// @source data sheet, "Display": its nine fields
struct DisplayFrame {
  std::array<std::uint16_t, 9> value{};  ///< seven segments and dots each, from the left
  std::uint16_t unit{};                  ///< GlassUnit
  std::array<std::uint16_t, 7> id{};     ///< seven segments and a point each
  std::uint8_t quadrants{};              ///< bit n: quadrant n + 1
  std::array<std::uint16_t, 9> text{};   ///< fourteen segments each
  bool error{};
  std::uint8_t tariffs{};   ///< bit n: T n + 1
  std::uint8_t voltages{};  ///< bit n: L n + 1
  std::uint8_t imports{};   ///< bit n: current of L n + 1 flows towards the load
  std::uint8_t exports{};   ///< likewise, back to the grid
  friend constexpr bool operator==(DisplayFrame const&, DisplayFrame const&) = default;
};

/// What an eye reads in a cell of seven segments, without its dots: a digit or letter, ' ' when it is clear,
/// '?' when it is none.
[[nodiscard]] char read_seven_segments(std::uint16_t segments);
/// The same of fourteen segments; '#' when all are dark.
[[nodiscard]] char read_fourteen_segments(std::uint16_t segments);

}  // namespace blondel
