#include <scenario/tariff_tables.hpp>

#include <blondel/base/civil_time.hpp>
#include <scenario/model_nodes.hpp>
#include <scenario/models.hpp>

#include <algorithm>
#include <array>
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
ScenarioResult<CivilTime> load_date(Node const& node, std::string const& text, std::int32_t year) {
  CivilTime const date{.year = year,
                       .month = static_cast<std::uint8_t>(digits_at(text, 0, 2)),
                       .day = static_cast<std::uint8_t>(digits_at(text, 3, 2))};
  if (!is_valid(date)) {
    return node.refuse("no such day; allowed: MM from 01 to 12, DD as the month has");
  }
  return date;
}

std::size_t day_of_year(CivilTime const& date) {
  return static_cast<std::size_t>((to_seconds(date) - to_seconds({.year = leap_year})) / day_s);
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
  Reader(Node const& node, std::uint16_t code) : node_{&node} {
    table_.code = code;
    table_.is_normal_time = node.text_or("time", "local") == "normal";
  }

  ScenarioResult<TariffTable> read() {
    for (auto const part : {&Reader::day_types, &Reader::seasons, &Reader::special_days}) {
      if (auto done = (this->*part)(); !done) {
        return tl::unexpected{done.error()};
      }
    }
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
      auto const from = load_date(item.at("from"), item.at("from").text(), leap_year);
      auto const to = load_date(item.at("to"), item.at("to").text(), leap_year);
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
      auto const text = node.text();
      bool const has_year = text.size() > 5;
      std::uint16_t const year = has_year ? digits_at(text, 0, 4) : std::uint16_t{0};
      auto const date = load_date(node, has_year ? text.substr(5) : text, has_year ? year : leap_year);
      auto const type = day_type(item.at("day_type"));
      if (!date || !type) {
        return tl::unexpected{date ? type.error() : date.error()};
      }
      auto* const begin = table_.special_day.begin();
      auto* const end = begin + table_.special_day_count;
      if (std::any_of(begin, end, [&](TariffSpecialDay const& other) {
            return other.year == year && other.month == date->month && other.day == date->day;
          })) {
        return node.refuse("stands there twice; allowed: each date once");
      }
      *end = {.year = year, .month = date->month, .day = date->day, .day_type = *type};
      ++table_.special_day_count;
    }
    auto* const begin = table_.special_day.begin();
    std::stable_partition(begin, begin + table_.special_day_count,
                          [](TariffSpecialDay const& special) { return special.year != 0; });
    return {};
  }

  Node const* node_;
  TariffTable table_;
  std::vector<std::string> names_;
};

}  // namespace

ScenarioResult<TariffTable> load_tariff_table(Node const& table, std::uint16_t code) {
  return Reader{table, code}.read();
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
  auto const table = load_tariff_table(root.at("table"), digits_at(name, 0, 3));
  if (!table) {
    return tl::unexpected{table.error()};
  }
  return NamedTariffTable{name, *table};
}

}  // namespace blondel
