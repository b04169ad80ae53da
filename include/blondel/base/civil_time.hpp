#pragma once
/// Civil time: UTC or a fixed offset, the European rule for summer time, no time-zone database.

#include <cstdint>

namespace blondel {

/// A moment of a calendar day, without a zone.
struct CivilTime {
  std::int32_t year{2000};
  std::uint8_t month{1};  ///< 1 to 12
  std::uint8_t day{1};    ///< 1 to 31
  std::uint8_t hour{};    ///< 0 to 23
  std::uint8_t minute{};  ///< 0 to 59
  std::uint8_t second{};  ///< 0 to 59
  friend constexpr bool operator==(CivilTime const&, CivilTime const&) = default;
};

/// Seconds since 2000-01-01 00:00:00 of the same (unnamed) zone.
using CivilSeconds = std::int64_t;
inline constexpr CivilSeconds day_s = 86'400;

[[nodiscard]] CivilSeconds to_seconds(CivilTime const& civil);
[[nodiscard]] CivilTime to_civil(CivilSeconds seconds);
/// 1 = Monday ... 7 = Sunday.
[[nodiscard]] std::uint8_t weekday(CivilSeconds seconds);
[[nodiscard]] std::uint8_t days_in_month(std::int32_t year, std::uint8_t month);
/// True when every field is in its range, the day by month and leap year. @param civil years 2000 to 2099
[[nodiscard]] bool is_valid(CivilTime const& civil);

/// True between 01:00 UTC on the last Sunday of March and 01:00 UTC on the last Sunday of October.
/// @param utc seconds since 2000-01-01 00:00:00 UTC
/// @source directive 2000/84/EC, articles 2 and 3
[[nodiscard]] bool eu_summer_time(CivilSeconds utc);

}  // namespace blondel
