#pragma once
/// Calendars of public holidays: models/calendar/NAME.json.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <scenario/document.hpp>

namespace blondel {

/// A day, of one year or of every year.
struct CalendarDay {
  std::uint16_t year{};  ///< 0 = every year
  std::uint8_t month{1};
  std::uint8_t day{1};
  friend bool operator==(CalendarDay const&, CalendarDay const&) = default;
};

struct Calendar {
  std::string name;
  std::vector<CalendarDay> holidays;
};

/// Reads a date, MM-DD or YYYY-MM-DD as the schema has seen. @errors invalid: no such day
[[nodiscard]] ScenarioResult<CalendarDay> load_date(Node const& node);

/// Reads a file of models/calendar.
/// @errors as Document::load; invalid: no such day, the same date twice, a name that is not the file's
[[nodiscard]] ScenarioResult<Calendar> load_calendar(std::filesystem::path const& file);

}  // namespace blondel
