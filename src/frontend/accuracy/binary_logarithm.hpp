#pragma once
/// The logarithm to base 2, the same bits with every library.

#include <bit>
#include <cstdint>

namespace blondel {

/// @param t (m - 1) / (m + 1) of the mantissa, a number or a vector of them @param whole octaves beside it
template<class Value>
constexpr __attribute__((always_inline)) void logarithm_of_mantissa(Value const& t, Value const& whole,
                                                                    Value& octaves) {
  Value const square = t * t;
  constexpr double two_over_ln2 = 2.8853900817779268;
  // Two halves, so that half the additions wait for each other.
  Value const fourth = square * square;
  Value const even = 1 + fourth * (1.0 / 5 + fourth * (1.0 / 9 + fourth * (1.0 / 13 + fourth * (1.0 / 17))));
  Value const odd =
      1.0 / 3 + fourth * (1.0 / 7 + fourth * (1.0 / 11 + fourth * (1.0 / 15 + fourth * (1.0 / 19))));
  octaves = whole + two_over_ln2 * t * (even + square * odd);
}

/// log2 of a positive normal number, to some 1e-16 of an octave beside the rounding of the result.
/// @source x = m 2^e with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh((m - 1) / (m + 1)), its series to the
/// 19th
///         power
[[nodiscard]] constexpr double binary_logarithm(double x) {
  constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCDU;  // the bits of sqrt(1/2)
  constexpr unsigned exponent_shift = 52;
  auto const above = std::bit_cast<std::uint64_t>(x) - root_half;
  auto const exponent = static_cast<std::int64_t>(above) >> exponent_shift;
  auto const mantissa = std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) -
                                              (static_cast<std::uint64_t>(exponent) << exponent_shift));
  auto const t = (mantissa - 1) / (mantissa + 1);
  double octaves{};
  logarithm_of_mantissa(t, static_cast<double>(exponent), octaves);
  return octaves;
}

}  // namespace blondel
