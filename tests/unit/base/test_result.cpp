#include <blondel/base/result.hpp>

#include <catch2/catch.hpp>

#include <cstring>

using blondel::Error;
using blondel::ErrorCode;
using blondel::Result;

namespace {

Result<int> half_of_even(int number) {
  if (number % 2 != 0) {
    return blondel::fail(ErrorCode::out_of_range, number);
  }
  return number / 2;
}

}  // namespace

TEST_CASE("result: an error carries its code and a number") {
  auto const odd = half_of_even(7);
  REQUIRE_FALSE(odd.has_value());
  CHECK(odd.error() == Error{ErrorCode::out_of_range, 7});
}

TEST_CASE("result: a value passes through a chain, an error ends it") {
  CHECK(half_of_even(8).and_then(half_of_even) == 2);
  CHECK(half_of_even(6).and_then(half_of_even).error() == Error{ErrorCode::out_of_range, 3});
}

TEST_CASE("result: every code has words of its own") {
  for (int first = 0; first <= static_cast<int>(ErrorCode::in_use); ++first) {
    auto const* const words = blondel::name_of(static_cast<ErrorCode>(first));
    INFO("code " << first);
    CHECK(std::strcmp(words, "unknown error") != 0);
    for (int second = 0; second < first; ++second) {
      CHECK(std::strcmp(words, blondel::name_of(static_cast<ErrorCode>(second))) != 0);
    }
  }
}
