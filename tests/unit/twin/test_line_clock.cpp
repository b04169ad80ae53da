#include <catch2/catch.hpp>

#include "twin/line_clock.hpp"

namespace blondel {

TEST_CASE("line clock: at real:60 thirty milliseconds on the line are 1.8 s of the meter") {
  LineClock clock;
  clock.set_ratio(60'000'000, SimTime{5 * ns_per_s});
  CHECK(clock.to_line(SimTime{65 * ns_per_s}) == SimTime{6 * ns_per_s});
  auto const due = clock.to_sim(SimTime{5 * ns_per_s} + SimDuration::milliseconds(30));
  CHECK((due - SimTime{5 * ns_per_s}).ns() == Approx(1'800'000'000).margin(2));
  CHECK(clock.to_line(due) >= SimTime{5 * ns_per_s} + SimDuration::milliseconds(30));
}

TEST_CASE("line clock: a deadline is never mapped to an instant that is too early") {
  LineClock clock;
  clock.set_ratio(333'333, SimTime{1});
  for (std::int64_t line_ns = 1; line_ns < 10'000'000; line_ns += 99'991) {
    CHECK(clock.to_line(clock.to_sim(SimTime{line_ns})) >= SimTime{line_ns});
  }
  CHECK(clock.to_sim(SimTime::never()) == SimTime::never());
}

TEST_CASE("line clock: changing the ratio does not move line time") {
  LineClock clock;
  clock.set_ratio(2'000'000, SimTime{});
  auto const before = clock.to_line(SimTime{10 * ns_per_s});
  clock.set_ratio(500'000, SimTime{10 * ns_per_s});
  CHECK(clock.to_line(SimTime{10 * ns_per_s}) == before);
}

}  // namespace blondel
