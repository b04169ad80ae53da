#pragma once
/// What the display goes through: three lists of registers, data of the configuration.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/base/result.hpp>
#include <blondel/meter/register_id.hpp>

namespace blondel {

/// One reading of a list: a register now, or as it stood at a debiting stop.
struct DisplayItem {
  RegisterId id{RegisterId::active_energy_import};
  std::uint8_t history{};  ///< 0 = now, n = the n-th debiting period back
  friend constexpr bool operator==(DisplayItem const&, DisplayItem const&) = default;
};

/// A list of at most `Capacity` readings, in the order in which they are shown.
template<std::size_t Capacity>
struct DisplayList {
  std::array<DisplayItem, Capacity> item{};
  std::uint8_t count{};
  [[nodiscard]] constexpr std::span<DisplayItem const> items() const { return std::span{item}.first(count); }
  /// @return false when the list is full
  constexpr bool add(DisplayItem added) {
    if (count == Capacity) {
      return false;
    }
    item[count++] = added;
    return true;
  }
};

/// All lists. A fixed value is an automatic list of one.
/// @source data sheet, "Display": 16, 30 and 8 readings
struct DisplaySetup {
  DisplayList<16> automatic{.item = {}, .count = 1};  ///< never empty; no historical data
  DisplayList<30> manual{.item = {}, .count = 1};     ///< holds the legal readings
  DisplayList<8> backup;                              ///< without supply; may be empty
  bool leading_zeroes{};
};

enum class EnergyType : std::uint8_t;

/// Checks lists that somebody wants to set.
/// @errors out_of_range: detail = 100 * list (1 automatic, 2 manual, 3 back-up) + place of the item: no such
/// row or period, historical data in the automatic list or of a row that no debiting snapshot has, an empty
/// list, an item too many; contradiction: detail = the legal row that the manual list lacks
[[nodiscard]] Result<void> check_display(DisplaySetup const& setup, EnergyType energy);

/// How long the push button is held.
enum class PushLength : std::uint8_t { brief, prolonged, extra };

}  // namespace blondel
