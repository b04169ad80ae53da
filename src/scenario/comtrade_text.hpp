#pragma once
/// Lines and cells of COMTRADE text.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <scenario/comtrade.hpp>

namespace blondel::comtrade {

/// One line without its end and the blanks around it; numbered from 1.
class Lines {
 public:
  explicit Lines(std::string_view text);
  /// @return false at the end
  bool next(std::string_view& line);
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_{};
};

/// The cells between commas, trimmed.
[[nodiscard]] std::vector<std::string_view> cells(std::string_view line);
/// A finite number that fills the cell.
[[nodiscard]] bool to_number(std::string_view cell, double& value);
[[nodiscard]] bool to_integer(std::string_view cell, std::int64_t& value);
[[nodiscard]] tl::unexpected<ComtradeFault> refuse_line(std::size_t line, std::string why);
/// The cell for a message, cut to a readable length, unprintable octets as '?'.
[[nodiscard]] std::string quoted(std::string_view cell);

}  // namespace blondel::comtrade
