#include <scenario/tariff_tables.hpp>

#include <blondel/base/civil_time.hpp>
#include <scenario/calendars.hpp>
#include <scenario/model_nodes.hpp>
#include <scenario/models.hpp>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>
#include <vector>

namespace blondel {
namespace {

constexpr std::int32_t leap_year = 2000;
constexpr std::size_t days_a_year = 366;

/// The whole number that stands in a text. @param text digits there, as the schema has seen
std::uint16_t digits_at(std::string const& text, std::size_t from, std::size_t count) {
  return static_cast<std::uint16_t>(std::stoi(text.substr(from, count)));
}

/// A date without a year, as a day of a leap year.
std::size_t day_of_year(CalendarDay const& date) {
  CivilTime const day{.year = leap_year, .month = date.month, .day = date.day};
  return static_cast<std::size_t>((to_seconds(day) - to_seconds({.year = leap_year})) / day_s);
}

std::string listed(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) {
    text += (text.empty() ? "\"" : ", \"") + name + '"';
  }
  return text;
}

/// Reads one table, part by part.
class Reader {
 public:
  Reader(Node const& node, std::uint16_t code, std::filesystem::path models)
      : node_{&node},
        models_{std::move(models)} {
    table_.code = code;
    table_.is_normal_time = node.text_or("time", "local") == "normal";
  }

  ScenarioResult<TariffTable> read() {
    for (auto const part : {&Reader::day_types, &Reader::seasons, &Reader::special_days, &Reader::holidays}) {
      if (auto done = (this->*part)(); !done) {
        return tl::unexpected{done.error()};
      }
    }
    auto* const begin = table_.special_day.begin();
    std::stable_partition(begin, begin + table_.special_day_count,
                          [](TariffSpecialDay const& special) { return special.year != 0; });
    return table_;
  }

 private:
  ScenarioResult<void> day_types() {
    for (auto const& item : node_->at("day_types").items()) {
      auto const name = item.at("name").text();
      if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
        return item.at("name").refuse("stands there twice; allowed: names that differ");
      }
      names_.push_back(name);
      if (auto read = switches(item.at("switches"), table_.day_type[table_.day_type_count++]); !read) {
        return read;
      }
    }
    return {};
  }

  static ScenarioResult<void> switches(Node const& list, TariffDay& day) {
    for (auto const& item : list.items()) {
      auto const at = item.at("at").text();
      auto const minute = static_cast<std::uint16_t>(digits_at(at, 0, 2) * 60 + digits_at(at, 3, 2));
      if (day.count == 0 && minute != 0) {
        return item.at("at").refuse("the first switch of a day; allowed: \"00:00\"");
      }
      if (day.count > 0 && minute <= day.at[day.count - 1U].minute) {
        return item.at("at").refuse("is out of order; allowed: later than the switch before it");
      }
      day.at[day.count++] = {minute, static_cast<std::uint8_t>(item.at("tariff").integer())};
    }
    return {};
  }

  ScenarioResult<std::uint8_t> day_type(Node const& node) const {
    auto const found = std::find(names_.begin(), names_.end(), node.text());
    if (found == names_.end()) {
      return node.refuse("unknown day type; allowed: " + listed(names_));
    }
    return static_cast<std::uint8_t>(found - names_.begin());
  }

  ScenarioResult<void> seasons() {
    std::array<bool, days_a_year> is_taken{};
    auto const list = node_->at("seasons");
    for (auto const& item : list.items()) {
      auto const from = load_date(item.at("from"));
      auto const to = load_date(item.at("to"));
      if (!from || !to) {
        return tl::unexpected{(from ? to : from).error()};
      }
      auto const last = day_of_year(*to);
      for (auto day = day_of_year(*from);; day = (day + 1) % days_a_year) {
        if (is_taken[day]) {
          return item.refuse("overlaps another season; allowed: seasons that share no day");
        }
        is_taken[day] = true;
        if (day == last) {
          break;
        }
      }
      TariffSeason season{.month = from->month, .day = from->day, .day_type = {}};
      std::size_t weekday = 0;
      for (auto const& name : item.at("week").items()) {
        auto const type = day_type(name);
        if (!type) {
          return tl::unexpected{type.error()};
        }
        season.day_type[weekday++] = *type;
      }
      table_.season[table_.season_count++] = season;
    }
    if (auto const free = std::find(is_taken.begin(), is_taken.end(), false); free != is_taken.end()) {
      auto const date = to_civil(to_seconds({.year = leap_year}) + (free - is_taken.begin()) * day_s);
      return list.refuse("no season has " + std::to_string(date.day) + "." + std::to_string(date.month) +
                         ".; allowed: seasons that fill the year");
    }
    std::sort(table_.season.begin(), table_.season.begin() + table_.season_count,
              [](TariffSeason const& a, TariffSeason const& b) {
                return a.month != b.month ? a.month < b.month : a.day < b.day;
              });
    return {};
  }

  ScenarioResult<void> special_days() {
    auto const list = node_->find("special_days");
    if (!list) {
      return {};
    }
    for (auto const& item : list->items()) {
      auto const node = item.at("date");
      auto const date = load_date(node);
      auto const type = day_type(item.at("day_type"));
      if (!date || !type) {
        return tl::unexpected{date ? type.error() : date.error()};
      }
      if (is_special(*date)) {
        return node.refuse("stands there twice; allowed: each date once");
      }
      put_special(*date, *type);
    }
    return {};
  }

  ScenarioResult<void> holidays() {
    auto const holidays = node_->find("holidays");
    if (!holidays) {
      return {};
    }
    auto const type = day_type(holidays->at("day_type"));
    auto const node = holidays->at("calendar");
    auto const file = models_ / "calendar" / (node.text() + ".json");
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown)) {
      return node.refuse("there is no " + file.string() + "; allowed: a calendar of that folder");
    }
    auto const calendar = load_calendar(file);
    if (!type || !calendar) {
      return tl::unexpected{type ? calendar.error() : type.error()};
    }
    for (auto const& day : calendar->holidays) {
      if (is_special(day)) {
        continue;
      }
      if (table_.special_day_count == tariff_special_day_max) {
        return node.refuse("has too many days beside the special days; allowed: " +
                           std::to_string(tariff_special_day_max) + " together");
      }
      put_special(day, *type);
    }
    return {};
  }

  [[nodiscard]] bool is_special(CalendarDay const& date) const {
    auto const* const begin = table_.special_day.begin();
    return std::any_of(begin, begin + table_.special_day_count, [&](TariffSpecialDay const& other) {
      return CalendarDay{other.year, other.month, other.day} == date;
    });
  }
  void put_special(CalendarDay const& date, std::uint8_t type) {
    table_.special_day[table_.special_day_count++] = {
        .year = date.year, .month = date.month, .day = date.day, .day_type = type};
  }

  Node const* node_;
  std::filesystem::path models_;
  TariffTable table_;
  std::vector<std::string> names_;
};

}  // namespace

ScenarioResult<TariffTable> load_tariff_table(Node const& table, std::uint16_t code,
                                              std::filesystem::path const& models) {
  return Reader{table, code, models}.read();
}

ScenarioResult<NamedTariffTable> load_tariff_model(std::filesystem::path const& file) {
  auto const document = Document::load(file, DocumentKind::tariff_table);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  if (auto fault = wrong_name(*document)) {
    return tl::unexpected{*fault};
  }
  auto const root = document->root();
  auto const name = root.at("name").text();
  auto const table = load_tariff_table(root.at("table"), digits_at(name, 0, 3), models_of(file));
  if (!table) {
    return tl::unexpected{table.error()};
  }
  return NamedTariffTable{name, *table};
}

}  // namespace blondel
