#pragma once
/// Exact integer scaling and number text: the only place that rounds or truncates for output.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace blondel {

/// 10^exponent. @param exponent 0 to 18
[[nodiscard]] constexpr std::int64_t pow10(int exponent) {
  std::int64_t value = 1;
  for (int n = 0; n < exponent; ++n) {
    value *= 10;
  }
  return value;
}

/// floor(a * b / divisor) and what was left over, without losing a bit in between.
/// @source metrology.md 2.8: "multiply by calibration once per block in 64x32 -> 96 bit, keep the remainder"
struct ScaledAndRest {
  std::int64_t quotient{};
  std::uint64_t rest{};  ///< in 0 .. 2^shift - 1
};
/// (value * factor + rest_in) / 2^shift, floored; the rest is carried to the next call.
/// @param shift 0 to 63; value * factor may need 96 bits, the quotient must fit 64
[[nodiscard]] ScaledAndRest multiply_shift(std::int64_t value, std::uint32_t factor, unsigned shift,
                                           std::uint64_t rest_in);

/// Divides towards zero by a positive number. @units as given
[[nodiscard]] constexpr std::int64_t truncate_divide(std::int64_t value, std::int64_t divisor) {
  return value / divisor;
}

/// Divides to nearest, halves away from zero. @units as given
[[nodiscard]] constexpr std::int64_t round_divide(std::int64_t value, std::int64_t divisor) {
  auto const half = divisor / 2;
  return (value >= 0 ? value + half : value - half) / divisor;  // the division cuts off towards zero
}

/// Floor division and the non-negative rest, for carried remainders.
struct QuotientRest {
  std::int64_t quotient{};
  std::int64_t rest{};
};
[[nodiscard]] constexpr QuotientRest floor_divide(std::int64_t value, std::int64_t divisor) {
  std::int64_t quotient = value / divisor;
  std::int64_t rest = value % divisor;
  if (rest < 0) {
    quotient -= 1;
    rest += divisor;
  }
  return {quotient, rest};
}

/// The integer square root, floored. @cost about 30 steps without division
[[nodiscard]] std::uint32_t integer_sqrt(std::uint64_t value);

/// value * 10^exponent as text with -exponent decimals ("69034", -3 -> "69.034"); no exponent, no locale.
/// @param exponent -18 to 18
/// @return the used front of `buffer`; empty when it is too small
[[nodiscard]] std::string_view format_decimal(std::int64_t value, int exponent, std::span<char> buffer);

}  // namespace blondel
