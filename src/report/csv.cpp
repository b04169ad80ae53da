#include <report/csv.hpp>

#include <string_view>

namespace blondel {
namespace {

void append_cell(std::string& line, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (char const c : cell) {
    if (c == '"') {
      line += '"';
    }
    line += c;
  }
  line += '"';
}

}  // namespace

std::string csv_record(std::span<std::string const> cells) {
  std::string line;
  for (std::size_t n = 0; n < cells.size(); ++n) {
    if (n != 0) {
      line += ',';
    }
    append_cell(line, cells[n]);
  }
  line += "\r\n";
  return line;
}

}  // namespace blondel
