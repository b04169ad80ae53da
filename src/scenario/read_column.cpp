#include <scenario/load_profile.hpp>

#include <scenario/input_file.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>

namespace blondel {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

char separator_of(std::string_view line) {
  for (char const candidate : {';', ',', '\t'}) {
    if (trimmed(line).find(candidate) != std::string_view::npos) {
      return candidate;
    }
  }
  return ' ';
}

std::vector<std::string_view> cells_of(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  line = trimmed(line);
  while (!line.empty()) {
    auto const end = line.find(separator);
    cells.push_back(trimmed(line.substr(0, end)));
    if (end == std::string_view::npos) {
      return cells;
    }
    line = separator == ' ' ? trimmed(line.substr(end)) : line.substr(end + 1);
    if (line.empty()) {
      cells.emplace_back();  // a separator at the end opens one more, empty cell
    }
  }
  return cells;
}

/// "\"P\"" as well as "P".
std::string_view unquoted(std::string_view cell) {
  return cell.size() >= 2 && cell.front() == '"' && cell.back() == '"' ? cell.substr(1, cell.size() - 2)
                                                                       : cell;
}

std::optional<double> number_of(std::string_view cell) {
  cell = unquoted(cell);
  if (!cell.empty() && cell.front() == '+') {
    cell.remove_prefix(1);
  }
  double value = 0.0;
  auto const done = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (done.ec != std::errc{} || done.ptr != cell.data() + cell.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

tl::unexpected<ScenarioError> bad_line(ColumnRequest const& request, std::size_t line_number,
                                       std::string const& line, std::string const& why) {
  return tl::unexpected{ScenarioError{
      ScenarioError::Kind::invalid,
      request.file.string() + ":" + std::to_string(line_number) + ": " + quoted_text(line) + ": " + why}};
}

/// Keeps what the lines before taught: the separator and where the wanted column is.
class ColumnReader {
 public:
  explicit ColumnReader(ColumnRequest const& request) : request_{request}, column_{request.column} {}

  ScenarioResult<void> take(std::string const& line) {
    ++line_number_;
    if (line_number_ <= request_.header_lines) {
      return line_number_ == request_.header_lines && !request_.column_name.empty() ? find_name(line)
                                                                                    : ScenarioResult<void>{};
    }
    if (trimmed(line).empty()) {
      if (first_empty_ == 0) {
        first_empty_ = line_number_;
      }
      return {};
    }
    if (first_empty_ != 0) {
      return bad_line(request_, first_empty_, "", "an empty line inside the data");
    }
    if (separator_ == 0) {
      separator_ = separator_of(line);
    }
    auto const cells = cells_of(line, separator_);
    if (cells.size() < column_) {
      return bad_line(request_, line_number_, line,
                      "has " + std::to_string(cells.size()) + " cells, column " + std::to_string(column_) +
                          " is wanted (truncated?)");
    }
    if (request_.is_only_column && cells.size() > 1) {
      return bad_line(request_, line_number_, line,
                      "has " + std::to_string(cells.size()) +
                          " cells, and no \"column\" says which; decimals take a point, not a comma");
    }
    auto const value = number_of(cells[column_ - 1]);
    if (!value) {
      return bad_line(request_, line_number_, line, "column " + std::to_string(column_) + " is no number");
    }
    values_.push_back(*value);
    least_decimals_before_ = least_decimals_;
    last_decimals_ = decimals_of(cells[column_ - 1]);
    least_decimals_ = values_.size() == 1 ? last_decimals_ : std::min(least_decimals_, last_decimals_);
    return {};
  }

  /// The last line had no end. @errors invalid when its number looks cut off
  ScenarioResult<void> end_without_newline(std::string const& line) const {
    if (values_.size() < 2 || last_decimals_ >= least_decimals_before_) {
      return {};
    }
    return bad_line(request_, line_number_, line,
                    "the file ends inside this line: no line end, and fewer decimals than every row before "
                    "(truncated? if it is whole, end the line)");
  }

  /// @param line the beginning of the next one
  [[nodiscard]] tl::unexpected<ScenarioError> refuse_length(std::string const& line) const {
    return bad_line(request_, line_number_ + 1, line,
                    "the line is too long; allowed: up to " + std::to_string(line_max) + " octets");
  }

  ScenarioResult<std::vector<double>> finish() {
    if (values_.empty()) {
      return bad_line(request_, line_number_, "", "the file ends before the first row of data");
    }
    return std::move(values_);
  }

 private:
  ScenarioResult<void> find_name(std::string const& line) {
    separator_ = separator_of(line);
    auto const cells = cells_of(line, separator_);
    for (std::size_t n = 0; n < cells.size(); ++n) {
      if (unquoted(cells[n]) == request_.column_name) {
        column_ = n + 1;
        return {};
      }
    }
    return bad_line(request_, line_number_, line, "has no column \"" + request_.column_name + "\"");
  }

  static std::size_t decimals_of(std::string_view cell) {
    auto const point = unquoted(cell).find('.');
    return point == std::string_view::npos ? 0 : unquoted(cell).size() - point - 1;
  }

  ColumnRequest const& request_;
  std::size_t last_decimals_{}, least_decimals_{}, least_decimals_before_{};
  std::size_t column_;
  std::size_t line_number_{};
  std::size_t first_empty_{};
  char separator_{};
  std::vector<double> values_;
};

}  // namespace

ScenarioResult<std::vector<double>> read_column(ColumnRequest const& request) {
  if (auto regular = expect_regular_file(request.file, ScenarioError::Kind::invalid); !regular) {
    return tl::unexpected{regular.error()};
  }
  std::ifstream stream{request.file};
  return read_column(stream, request);
}

ScenarioResult<std::vector<double>> read_column(std::istream& stream, ColumnRequest const& request) {
  ColumnReader reader{request};
  std::string line;
  std::string last;
  bool is_read = false;
  bool has_end = true;
  for (auto read = read_line(stream, line); read != LineRead::end; read = read_line(stream, line)) {
    is_read = true;
    if (read == LineRead::too_long) {
      return reader.refuse_length(line);
    }
    if (auto taken = reader.take(line); !taken) {
      return tl::unexpected{taken.error()};
    }
    has_end = !stream.eof();
    last = line;
  }
  if (!has_end) {
    if (auto whole = reader.end_without_newline(last); !whole) {
      return tl::unexpected{whole.error()};
    }
  }
  if (stream.bad() || (!is_read && !stream.eof())) {
    return tl::unexpected{ScenarioError{
        ScenarioError::Kind::invalid, request.file.string() + ": cannot be read (missing or no permission)"}};
  }
  return reader.finish();
}

}  // namespace blondel
