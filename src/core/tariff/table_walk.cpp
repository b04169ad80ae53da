#include "core/tariff/table_walk.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

#include "core/clock/rtc.hpp"

namespace blondel {
namespace {

constexpr std::int64_t minute_s = 60;
constexpr std::int64_t hour_s = 3'600;

/// The time that the table's times mean.
CivilSeconds table_time(TariffTable const& table, CivilSeconds normal, Configuration const& configuration) {
  return table.is_normal_time ? normal : to_seconds(local_time(normal, configuration));
}

bool is_before(CivilTime const& date, std::uint8_t month, std::uint8_t day) {
  return date.month != month ? date.month < month : date.day < day;
}

TariffSeason const& season_of(TariffTable const& table, CivilTime const& date) {
  std::size_t found = table.season_count - 1U;  // of the last year, before the first one begins
  for (std::size_t n = 0; n < table.season_count; ++n) {
    if (!is_before(date, table.season[n].month, table.season[n].day)) {
      found = n;
    }
  }
  return table.season[found];
}

TariffDay const& day_of(TariffTable const& table, CivilSeconds shown) {
  auto const date = to_civil(shown);
  for (std::size_t n = 0; n < table.special_day_count; ++n) {
    auto const& special = table.special_day[n];
    if ((special.year == 0 || special.year == date.year) && special.month == date.month &&
        special.day == date.day) {
      return table.day_type[special.day_type];
    }
  }
  return table.day_type[season_of(table, date).day_type[weekday(shown) - 1U]];
}

}  // namespace

std::uint8_t tariff_by_table(TariffTable const& table, CivilSeconds normal,
                             Configuration const& configuration) {
  auto const shown = table_time(table, normal, configuration);
  auto const& day = day_of(table, shown);
  auto const minute = floor_divide(shown, day_s).rest / minute_s;
  std::uint8_t tariff = day.at[0].tariff;
  for (std::size_t n = 1; n < day.count && day.at[n].minute <= minute; ++n) {
    tariff = day.at[n].tariff;
  }
  return tariff;
}

CivilSeconds next_table_change(TariffTable const& table, CivilSeconds normal,
                               Configuration const& configuration) {
  auto const shown = table_time(table, normal, configuration);
  auto const& day = day_of(table, shown);
  auto const second = floor_divide(shown, day_s).rest;
  auto left_s = day_s - second;
  for (std::size_t n = 0; n < day.count; ++n) {
    auto const to_switch_s = day.at[n].minute * minute_s - second;
    if (to_switch_s > 0) {
      left_s = std::min(left_s, to_switch_s);
    }
  }
  auto const change = normal + left_s;
  if (table_time(table, change, configuration) == shown + left_s) {
    return change;
  }
  return std::min(change, (floor_divide(normal, hour_s).quotient + 1) * hour_s);
}

}  // namespace blondel
