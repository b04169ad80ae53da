#include <blondel/base/decimal.hpp>

#include <bit>

namespace blondel {

ScaledAndRest multiply_shift(std::int64_t value, std::uint32_t factor, unsigned shift,
                             std::uint64_t rest_in) {
  // value = high * 2^32 + low, low unsigned: the two partial products fit 64 bits each on a 32-bit
  // controller.
  auto const low = static_cast<std::uint64_t>(value & 0xFFFF'FFFF) * factor;
  auto const high = (value >> 32) * static_cast<std::int64_t>(factor);
  // 128-bit two's complement sum as (upper, lower).
  auto lower = low + (static_cast<std::uint64_t>(high) << 32);
  auto upper = (high >> 32) + (lower < low ? 1 : 0);
  lower += rest_in;
  upper += lower < rest_in ? 1 : 0;
  if (shift == 0) {
    return {static_cast<std::int64_t>(lower), 0};
  }
  auto const quotient = static_cast<std::uint64_t>(upper) << (64 - shift) | lower >> shift;
  return {static_cast<std::int64_t>(quotient), lower & ((std::uint64_t{1} << shift) - 1)};
}

std::uint32_t integer_sqrt(std::uint64_t value) {
  std::uint64_t root = 0;
  auto const highest = 62U - (static_cast<unsigned>(std::countl_zero(value | 1)) & ~1U);
  for (std::uint64_t bit = std::uint64_t{1} << highest; bit != 0; bit >>= 2) {
    // A mask and no branch: the bits of a root are as good as random, and a wrong guess costs a processor
    // more.
    auto const trial = root + bit;
    auto const mask = 0 - static_cast<std::uint64_t>(value >= trial);
    value -= trial & mask;
    root = (root >> 1) + (bit & mask);
  }
  return static_cast<std::uint32_t>(root);
}

std::string_view format_decimal(std::int64_t value, int exponent, std::span<char> buffer) {
  constexpr int digits_max = 20 + 18 + 2;
  char text[digits_max];
  int used = 0;
  auto put = [&](char c) { text[digits_max - 1 - used++] = c; };
  // Least significant first, from the end of `text`.
  auto magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  int decimals = exponent < 0 ? -exponent : 0;
  for (int zero = 0; zero < exponent && magnitude != 0; ++zero) {
    put('0');
  }
  int digits = 0;
  while (magnitude != 0 || digits <= decimals) {
    if (digits == decimals && decimals > 0) {
      put('.');
    }
    put(static_cast<char>('0' + magnitude % 10));
    magnitude /= 10;
    ++digits;
  }
  if (value < 0) {
    put('-');
  }
  auto const size = static_cast<std::size_t>(used);
  if (buffer.size() < size) {
    return {};
  }
  for (std::size_t n = 0; n < size; ++n) {
    buffer[n] = text[static_cast<std::size_t>(digits_max - used) + n];
  }
  return {buffer.data(), size};
}

}  // namespace blondel
