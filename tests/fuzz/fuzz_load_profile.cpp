/// A column of a text file from any octets: finite numbers, no more than there are lines, or a message that
/// names file and line and can be printed.
///
/// Input: one octet, then the file. Low three bits: the column, 0 = by the name "P"; the next two: header
/// lines.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include <blondel/base/contract.hpp>

#include "scenario/load_profile.hpp"

using namespace blondel;

namespace {

bool is_control(char c) {
  auto const octet = static_cast<std::uint8_t>(c);
  return octet < 0x20 || octet == 0x7F;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  ColumnRequest request;
  request.file = "p.csv";
  request.header_lines = (data[0] >> 3) & 3;
  request.column = data[0] & 7;
  if (request.column == 0) {
    request.column = 1;
    request.column_name = "P";
    request.header_lines = std::max<std::size_t>(request.header_lines, 1);
  }
  std::string const text{reinterpret_cast<char const*>(data) + 1, size - 1};
  std::istringstream stream{text};
  auto const values = read_column(stream, request);
  if (values) {
    auto const lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    BLONDEL_EXPECTS(!values->empty() && values->size() <= lines);
    BLONDEL_EXPECTS(std::all_of(values->begin(), values->end(), [](double v) { return std::isfinite(v); }));
  } else {
    auto const& message = values.error().message;
    BLONDEL_EXPECTS(message.starts_with("p.csv:") &&
                    std::none_of(message.begin(), message.end(), is_control));
  }
  return 0;
}
