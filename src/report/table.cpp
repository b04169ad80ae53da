#include <report/csv.hpp>
#include <report/markup.hpp>
#include <report/table.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace blondel {
namespace {

std::vector<std::string> all_columns(DataTable const& table) {
  auto columns = table.columns;
  for (auto const& row : table.rows) {
    while (columns.size() < row.size()) {
      columns.push_back("column_" + std::to_string(columns.size() + 1));
    }
  }
  return columns;
}

std::string text_of(TableCell const& cell) {
  if (auto const* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (auto const* count = std::get_if<std::int64_t>(&cell)) {
    return std::to_string(*count);
  }
  if (auto const* number = std::get_if<double>(&cell)) {
    return std::isfinite(*number) ? number_text(*number) : std::string{};
  }
  return {};
}

nlohmann::ordered_json json_of(TableCell const& cell) {
  if (auto const* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (auto const* count = std::get_if<std::int64_t>(&cell)) {
    return *count;
  }
  if (auto const* number = std::get_if<double>(&cell); number != nullptr && std::isfinite(*number)) {
    return *number;
  }
  return nullptr;
}

}  // namespace

std::string csv_text(DataTable const& table) {
  auto const columns = all_columns(table);
  std::string text = csv_record(columns);
  for (auto const& row : table.rows) {
    std::vector<std::string> cells(columns.size());
    std::transform(row.begin(), row.end(), cells.begin(), text_of);
    text += csv_record(cells);
  }
  return text;
}

nlohmann::ordered_json json_of(DataTable const& table) {
  auto const columns = all_columns(table);
  auto out = nlohmann::ordered_json::array();
  for (auto const& row : table.rows) {
    auto object = nlohmann::ordered_json::object();
    for (std::size_t n = 0; n < columns.size(); ++n) {
      object[columns[n]] = n < row.size() ? json_of(row[n]) : nlohmann::ordered_json(nullptr);
    }
    out.push_back(std::move(object));
  }
  return out;
}

std::string json_text(nlohmann::ordered_json const& json) {
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

DataTable table_of(Chart const& chart) {
  DataTable table{{"kind", "name", "x", "x_to", "y"}, {}};
  for (auto const& series : chart.series) {
    for (auto const& point : series.points) {
      table.rows.push_back({"series", series.name, point.x, {}, point.y});
    }
  }
  for (auto const& limit : chart.limits) {
    for (auto const& step : limit.steps) {
      table.rows.push_back({"limit", limit.name, step.x_from, step.x_to, step.y});
    }
  }
  for (auto const& mark : chart.marks) {
    table.rows.push_back({"mark", mark.label, mark.x, {}, {}});
  }
  return table;
}

DataTable table_of(Histogram const& histogram) {
  DataTable table{{"kind", "name", "x"}, {}};
  for (double const value : histogram.values) {
    table.rows.push_back({"value", {}, value});
  }
  for (auto const& limit : histogram.limits) {
    table.rows.push_back({"limit", limit.label, limit.x});
  }
  return table;
}

}  // namespace blondel
