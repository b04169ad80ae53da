#include "cli/trace_limit.hpp"

#include <catch2/catch.hpp>

using namespace blondel;

namespace {

constexpr HostInstant at_ms(std::int64_t ms) {
  return HostInstant{ms * ns_per_ms};
}

}  // namespace

TEST_CASE("trace limit: a flood gets 200 lines a second, and the rest is counted once") {
  TraceLimit limit;
  int admitted = 0;
  for (int n = 0; n < 1'000; ++n) {
    admitted += limit.admit(at_ms(5'000)) ? 1 : 0;
  }
  CHECK(admitted == 200);
  CHECK(limit.take_left_out(at_ms(5'999)) == 0);
  CHECK(limit.take_left_out(at_ms(6'000)) == 800);
  CHECK(limit.take_left_out(at_ms(7'000)) == 0);
}

TEST_CASE("trace limit: the next second admits lines again") {
  TraceLimit limit;
  for (int n = 0; n < 300; ++n) {
    (void)limit.admit(at_ms(5'000));
  }
  CHECK_FALSE(limit.admit(at_ms(5'999)));
  CHECK(limit.admit(at_ms(6'000)));
}
