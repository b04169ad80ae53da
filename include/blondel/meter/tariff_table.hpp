#pragma once
/// A tariff control table: which tariff is active when, with non-working days and holidays.

#include <array>
#include <cstdint>

namespace blondel {

inline constexpr std::size_t tariff_season_max = 4;
inline constexpr std::size_t tariff_day_type_max = 8;
inline constexpr std::size_t tariff_switch_max = 16;
inline constexpr std::size_t tariff_special_day_max = 64;

/// From this minute of a day on.
struct TariffSwitch {
  std::uint16_t minute{};
  std::uint8_t tariff{1};  ///< 1 to 4
};

/// A day from its first switch, at midnight, on; minutes rise.
struct TariffDay {
  std::array<TariffSwitch, tariff_switch_max> at{};
  std::uint8_t count{};
};

/// From this day of the year on, until the next season; the last one reaches over the turn of the year.
struct TariffSeason {
  std::uint8_t month{1};
  std::uint8_t day{1};
  std::array<std::uint8_t, 7> day_type{};  ///< Monday to Sunday
};

struct TariffSpecialDay {
  std::uint16_t year{};  ///< 0 = every year
  std::uint8_t month{1};
  std::uint8_t day{1};
  std::uint8_t day_type{};
};

/// @source data sheet, digits OOO; the makers' tables are not public: what one can hold is inferred
struct TariffTable {
  std::uint16_t code{};   ///< OOO; 0 = there is none
  bool is_normal_time{};  ///< its times know no summer time
  std::uint8_t season_count{};
  std::uint8_t day_type_count{};
  std::uint8_t special_day_count{};
  std::array<TariffSeason, tariff_season_max> season{};  ///< by date
  std::array<TariffDay, tariff_day_type_max> day_type{};
  std::array<TariffSpecialDay, tariff_special_day_max> special_day{};  ///< the first that fits counts
};

}  // namespace blondel
