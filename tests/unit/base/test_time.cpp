#include <blondel/base/time.hpp>

#include <catch2/catch.hpp>

using blondel::SimDuration;
using blondel::SimTime;

TEST_CASE("time: durations count nanoseconds") {
  CHECK(SimDuration::milliseconds(20).ns() == 20'000'000);
  CHECK(SimDuration::seconds(900).ns() == 900'000'000'000);
  CHECK((SimDuration::seconds(1) - SimDuration::milliseconds(1)).ns() == 999'000'000);
  CHECK((SimDuration::milliseconds(20) * 50).ns() == 1'000'000'000);
}

TEST_CASE("time: an instant and a duration make an instant, two instants a duration") {
  auto const six = SimTime{6'000'000'000};
  CHECK((six + SimDuration::seconds(1)).ns() == 7'000'000'000);
  CHECK((six - SimDuration::seconds(1)).ns() == 5'000'000'000);
  CHECK((six - SimTime{}).ns() == 6'000'000'000);
}

TEST_CASE("time: never is later than a hundred years") {
  auto const century = SimTime{} + SimDuration::seconds(3'155'760'000);
  CHECK(SimTime::never() > century);
}
