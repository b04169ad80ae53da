#pragma once
/// Results as a table for programs: CSV and JSON.

#include <report/chart.hpp>
#include <report/histogram.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace blondel {

/// Nothing, a word, a count or a measured number.
using TableCell = std::variant<std::monostate, std::string, std::int64_t, double>;

struct DataTable {
  std::vector<std::string> columns;
  std::vector<std::vector<TableCell>> rows;  ///< what a row lacks at its end is nothing
};

/// A record of the columns, then one a row. A number is the shortest text that reads back as the same; what
/// is not finite is an empty cell. Cells beyond the columns stand in columns named column_4 and so on.
/// @source RFC 4180 @cost allocates
[[nodiscard]] std::string csv_text(DataTable const& table);

/// An array of one object a row, keys as the columns, in their order; nothing and what is not finite are
/// null.
/// @cost allocates
[[nodiscard]] nlohmann::ordered_json json_of(DataTable const& table);
/// JSON as text with a final newline, octets that are no UTF-8 replaced. @cost allocates
[[nodiscard]] std::string json_text(nlohmann::ordered_json const& json);

/// What a chart shows, as numbers: columns kind (series, limit, mark), name, x, x_to, y. A limit holds from x
/// to x_to between -y and y. Everything is there, whatever the axes cut off.
[[nodiscard]] DataTable table_of(Chart const& chart);

/// What a histogram shows: columns kind (value, limit), name, x; the values in their order.
[[nodiscard]] DataTable table_of(Histogram const& histogram);

}  // namespace blondel
