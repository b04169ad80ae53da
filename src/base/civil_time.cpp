#include <blondel/base/civil_time.hpp>

#include <blondel/base/decimal.hpp>

namespace blondel {
namespace {

/// Days since 2000-01-01 in the proleptic Gregorian calendar.
/// @source H. Hinnant, chrono-compatible low-level date algorithms (days_from_civil)
constexpr std::int64_t days_of(std::int32_t year, std::uint8_t month, std::uint8_t day) {
  std::int64_t const y = year - (month <= 2 ? 1 : 0);
  auto const era = floor_divide(y, 400).quotient;
  auto const year_of_era = y - era * 400;
  auto const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  auto const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  constexpr std::int64_t days_to_2000 = 730'425;  // from 0000-03-01 to 2000-01-01
  return era * 146'097 + day_of_era - days_to_2000;
}

/// 01:00 UTC on the last Sunday of a 31-day month.
CivilSeconds last_sunday_1_utc(std::int32_t year, std::uint8_t month) {
  auto const last_day = days_of(year, month, 31) * day_s;
  return last_day - static_cast<CivilSeconds>(weekday(last_day) % 7) * day_s + 3'600;
}

}  // namespace

CivilSeconds to_seconds(CivilTime const& civil) {
  return days_of(civil.year, civil.month, civil.day) * day_s + civil.hour * 3'600 + civil.minute * 60 +
         civil.second;
}

CivilTime to_civil(CivilSeconds seconds) {
  auto const [days, rest] = floor_divide(seconds, day_s);
  constexpr std::int64_t days_to_2000 = 730'425;
  auto const z = days + days_to_2000;
  auto const era = floor_divide(z, 146'097).quotient;
  auto const day_of_era = z - era * 146'097;
  auto const year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  auto const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  auto const shifted_month = (5 * day_of_year + 2) / 153;
  auto const month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  CivilTime civil;
  civil.year = static_cast<std::int32_t>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  civil.month = static_cast<std::uint8_t>(month);
  civil.day = static_cast<std::uint8_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  civil.hour = static_cast<std::uint8_t>(rest / 3'600);
  civil.minute = static_cast<std::uint8_t>(rest / 60 % 60);
  civil.second = static_cast<std::uint8_t>(rest % 60);
  return civil;
}

std::uint8_t weekday(CivilSeconds seconds) {
  auto const days = floor_divide(seconds, day_s).quotient;
  return static_cast<std::uint8_t>(floor_divide(days + 5, 7).rest + 1);  // 2000-01-01 was a Saturday
}

std::uint8_t days_in_month(std::int32_t year, std::uint8_t month) {
  if (month == 2) {
    bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return leap ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool is_valid(CivilTime const& civil) {
  return civil.year >= 2000 && civil.year <= 2099 && civil.month >= 1 && civil.month <= 12 &&
         civil.day >= 1 && civil.day <= days_in_month(civil.year, civil.month) && civil.hour <= 23 &&
         civil.minute <= 59 && civil.second <= 59;
}

bool eu_summer_time(CivilSeconds utc) {
  auto const year = to_civil(utc).year;
  return utc >= last_sunday_1_utc(year, 3) && utc < last_sunday_1_utc(year, 10);
}

}  // namespace blondel
