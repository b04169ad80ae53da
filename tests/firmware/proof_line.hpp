#pragma once
/// A line of text in a fixed buffer: words, decimal and hexadecimal numbers.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <blondel/base/contract.hpp>
#include <blondel/base/decimal.hpp>

namespace blondel::proof {

class Line {
 public:
  Line& word(std::string_view text) {
    if (size_ > 0) {
      append(" ");
    }
    append(text);
    return *this;
  }
  Line& number(std::int64_t value) {
    std::array<char, 24> digits{};
    return word(format_decimal(value, 0, digits));
  }
  Line& hex(std::uint64_t value) {
    std::array<char, 16> digits{};
    for (std::size_t n = digits.size(); n-- > 0; value >>= 4) {
      digits[n] = "0123456789abcdef"[value & 0xF];
    }
    return word({digits.data(), digits.size()});
  }
  [[nodiscard]] std::string_view ended() {
    append("\n");
    return {text_.data(), size_};
  }

 private:
  void append(std::string_view text) {
    BLONDEL_EXPECTS(text.size() <= text_.size() - size_);
    std::copy(text.begin(), text.end(), text_.begin() + size_);
    size_ += text.size();
  }

  std::array<char, 160> text_{};
  std::size_t size_{};
};

}  // namespace blondel::proof
