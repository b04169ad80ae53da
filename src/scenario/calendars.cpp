#include <scenario/calendars.hpp>

#include <blondel/base/civil_time.hpp>
#include <scenario/model_nodes.hpp>

#include <algorithm>

namespace blondel {

ScenarioResult<CalendarDay> load_date(Node const& node) {
  constexpr std::int32_t leap_year = 2000;
  constexpr std::size_t without_year = 5;
  auto const text = node.text();
  auto const month_at = text.size() - without_year;
  auto const digits = [&text](std::size_t from, std::size_t count) {
    return std::stoi(text.substr(from, count));
  };
  int const year = month_at > 0 ? digits(0, 4) : 0;
  CivilTime const date{.year = month_at > 0 ? year : leap_year,
                       .month = static_cast<std::uint8_t>(digits(month_at, 2)),
                       .day = static_cast<std::uint8_t>(digits(month_at + 3, 2))};
  if (!is_valid(date)) {
    return node.refuse("no such day; allowed: MM from 01 to 12, DD as the month has");
  }
  return CalendarDay{static_cast<std::uint16_t>(year), date.month, date.day};
}

ScenarioResult<Calendar> load_calendar(std::filesystem::path const& file) {
  auto const document = Document::load(file, DocumentKind::calendar);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  if (auto fault = wrong_name(*document)) {
    return tl::unexpected{*fault};
  }
  Calendar calendar;
  calendar.name = document->root().at("name").text();
  for (auto const& item : document->root().at("holidays").items()) {
    auto const node = item.at("date");
    auto const day = load_date(node);
    if (!day) {
      return tl::unexpected{day.error()};
    }
    auto& days = calendar.holidays;
    if (std::find(days.begin(), days.end(), *day) != days.end()) {
      return node.refuse("stands there twice; allowed: each date once");
    }
    days.push_back(*day);
  }
  return calendar;
}

}  // namespace blondel
