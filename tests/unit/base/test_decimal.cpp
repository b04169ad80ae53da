#include <blondel/base/decimal.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <string>

namespace {

std::string text_of(std::int64_t value, int exponent) {
  std::array<char, 64> buffer{};
  return std::string{blondel::format_decimal(value, exponent, buffer)};
}

constexpr auto int64_min = std::numeric_limits<std::int64_t>::min();
constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("decimal: powers of ten reach eighteen digits") {
  CHECK(blondel::pow10(0) == 1);
  CHECK(blondel::pow10(3) == 1'000);
  CHECK(blondel::pow10(18) == 1'000'000'000'000'000'000);
}

// Expected: Python's integers of any size, (v * f + rest) >> s and the low s bits.
TEST_CASE("decimal: multiply_shift keeps every bit of a product of 96 bits") {
  struct Row {
    char const* name;
    std::int64_t value;
    std::uint32_t factor;
    unsigned shift;
    std::uint64_t rest_in;
    std::int64_t quotient;
    std::uint64_t rest;
  };
  constexpr std::array rows{
      Row{"small", 1, 3, 1, 0, 1, 1},
      Row{"negative floors", -1, 3, 1, 0, -2, 1},
      Row{"negative by the low word", -1, 1, 32, 0, -1, 4294967295},
      Row{"calibration of a cycle", 11505746123, 4000000001, 32, 123456789, 10715561104, 3659548128},
      Row{"large negative", -4611686018427387904, 4294967295, 40, 0, -18014398505287680, 0},
      Row{"large with a full rest", 4611686018427387904, 4294967295, 40, 1099511627775, 18014398505287680,
          1099511627775},
      Row{"largest by the largest", int64_max, 4294967295, 63, 0, 4294967294, 9223372032559808513U},
      Row{"smallest by the largest", int64_min, 4294967295, 63, 5, -4294967295, 5},
      Row{"no shift", 12345, 678, 0, 9, 8369919, 0},
  };
  for (auto const& row : rows) {
    INFO(row.name);
    auto const got = blondel::multiply_shift(row.value, row.factor, row.shift, row.rest_in);
    CHECK(got.quotient == row.quotient);
    CHECK(got.rest == row.rest);
  }
}

// By hand: 1000 times 1/3 in 32 bits is 1000 * 1431655765 = 1431655765000 = 333 * 2^32 + 1431655432,
// and ten calls of 100 that carry the rest must come to the same.
TEST_CASE("decimal: a carried rest makes parts equal to the whole") {
  std::int64_t sum = 0;
  std::uint64_t rest = 0;
  for (int n = 0; n < 10; ++n) {
    auto const part = blondel::multiply_shift(100, 1431655765, 32, rest);
    sum += part.quotient;
    rest = part.rest;
  }
  CHECK(sum == 333);
  CHECK(rest == 1431655432);
}

TEST_CASE("decimal: truncation goes towards zero, rounding away from it at the half") {
  CHECK(blondel::truncate_divide(69'034'999, 1'000) == 69'034);
  CHECK(blondel::truncate_divide(-1'999, 1'000) == -1);
  CHECK(blondel::round_divide(1'499, 1'000) == 1);
  CHECK(blondel::round_divide(1'500, 1'000) == 2);
  CHECK(blondel::round_divide(-1'499, 1'000) == -1);
  CHECK(blondel::round_divide(-1'500, 1'000) == -2);
}

// walk.md 7: 11 505 746 uJ are 11 505 mJ and 746 uJ; the reverse flow keeps a rest that is not negative.
TEST_CASE("decimal: floor_divide leaves a rest that is not negative") {
  auto const import = blondel::floor_divide(11'505'746, 1'000);
  CHECK(import.quotient == 11'505);
  CHECK(import.rest == 746);
  auto const reverse = blondel::floor_divide(-11'505'746, 1'000);
  CHECK(reverse.quotient == -11'506);
  CHECK(reverse.rest == 254);
  auto const exact = blondel::floor_divide(-2'000, 1'000);
  CHECK(exact.quotient == -2);
  CHECK(exact.rest == 0);
}

// Expected: Python's math.isqrt.
TEST_CASE("decimal: the integer root is floored over all 64 bits") {
  struct Row {
    char const* name;
    std::uint64_t value;
    std::uint32_t root;
  };
  constexpr std::array rows{
      Row{"zero", 0, 0},
      Row{"one", 1, 1},
      Row{"three", 3, 1},
      Row{"four", 4, 2},
      Row{"below 2^32", 4294967295, 65535},
      Row{"2^32", 4294967296, 65536},
      Row{"10^18", 1'000'000'000'000'000'000, 1'000'000'000},
      Row{"below the last square", 18446744065119617024U, 4294967294},
      Row{"the last square", 18446744065119617025U, 4294967295},
      Row{"the largest", 18446744073709551615U, 4294967295},
  };
  for (auto const& row : rows) {
    INFO(row.name);
    CHECK(blondel::integer_sqrt(row.value) == row.root);
  }
}

TEST_CASE("decimal: numbers are written with all their decimals and no exponent") {
  CHECK(text_of(69'034, -3) == "69.034");
  CHECK(text_of(5, -3) == "0.005");
  CHECK(text_of(-5, -2) == "-0.05");
  CHECK(text_of(1'000, -3) == "1.000");
  CHECK(text_of(0, -2) == "0.00");
  CHECK(text_of(0, 0) == "0");
  CHECK(text_of(42, 0) == "42");
  CHECK(text_of(42, 3) == "42000");
  CHECK(text_of(0, 3) == "0");
}

TEST_CASE("decimal: the extremes of 64 bits are written in full") {
  CHECK(text_of(int64_min, 0) == "-9223372036854775808");
  CHECK(text_of(int64_min, -18) == "-9.223372036854775808");
  CHECK(text_of(int64_max, 18) == "9223372036854775807000000000000000000");
}

TEST_CASE("decimal: a buffer that is too small gets nothing") {
  std::array<char, 5> five{};
  CHECK(blondel::format_decimal(69'034, -3, five).empty());
  CHECK(blondel::format_decimal(9'034, -3, five) == "9.034");
}
