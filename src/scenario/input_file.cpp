#include <scenario/input_file.hpp>

#include <system_error>

namespace blondel {

ScenarioResult<void> expect_regular_file(std::filesystem::path const& file, ScenarioError::Kind kind) {
  std::error_code unknown;
  auto const status = std::filesystem::status(file, unknown);
  if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status)) {
    return {};
  }
  auto const is_directory = std::filesystem::is_directory(status);
  return tl::unexpected{ScenarioError{
      kind, file.string() + (is_directory ? ": is a directory" : ": is a pipe, a device or a socket") +
                "; allowed: a regular file"}};
}

LineRead read_line(std::istream& stream, std::string& line) {
  using Traits = std::istream::traits_type;
  line.clear();
  if (!stream.good()) {
    return LineRead::end;
  }
  auto* const octets = stream.rdbuf();
  for (auto c = octets->sbumpc(); c != Traits::to_int_type('\n'); c = octets->sbumpc()) {
    if (Traits::eq_int_type(c, Traits::eof())) {
      stream.setstate(std::ios::eofbit);
      return line.empty() ? LineRead::end : LineRead::line;
    }
    if (line.size() == line_max) {
      return LineRead::too_long;
    }
    line += Traits::to_char_type(c);
  }
  return LineRead::line;
}

}  // namespace blondel
