#include <scenario/comtrade_text.hpp>

#include <charconv>
#include <cmath>
#include <utility>

namespace blondel::comtrade {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

template<class Number>
bool fills(std::string_view cell, Number& value) {
  if (!cell.empty() && cell.front() == '+') {
    cell.remove_prefix(1);
  }
  auto const done = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return done.ec == std::errc{} && done.ptr == cell.data() + cell.size();
}

}  // namespace

Lines::Lines(std::string_view text) : rest_{text} {
  constexpr char end_of_file = '\x1a';  // recorders that ran under DOS close their text with it
  while (!rest_.empty() && (rest_.back() == end_of_file || rest_.back() == '\0')) {
    rest_.remove_suffix(1);
  }
}

bool Lines::next(std::string_view& line) {
  if (rest_.empty()) {
    return false;
  }
  auto const end = rest_.find('\n');
  line = trimmed(rest_.substr(0, end));
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  ++number_;
  return true;
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> found;
  for (;;) {
    auto const comma = line.find(',');
    found.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) {
      return found;
    }
    line.remove_prefix(comma + 1);
  }
}

bool to_number(std::string_view cell, double& value) {
  return fills(cell, value) && std::isfinite(value);
}
bool to_integer(std::string_view cell, std::int64_t& value) {
  return fills(cell, value);
}

tl::unexpected<ComtradeFault> refuse_line(std::size_t line, std::string why) {
  return tl::unexpected{ComtradeFault{":" + std::to_string(line), std::move(why)}};
}

std::string quoted(std::string_view cell) {
  constexpr std::size_t longest = 60;
  std::string text{"\""};
  for (char const c : cell.substr(0, longest)) {
    text += c >= ' ' && c <= '~' ? c : '?';
  }
  text += cell.size() > longest ? "...\"" : "\"";
  return text;
}

}  // namespace blondel::comtrade
