#include <frontend/source/schedule_source.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

using blondel::ScheduleSource;
using blondel::SimTime;
using blondel::test::balanced;

namespace {

ScheduleSource two_steps() {
  return ScheduleSource{{{SimTime{100}, balanced(1.0)}, {SimTime{200}, balanced(2.0)}}};
}

double current_at(ScheduleSource& source, std::int64_t ns) {
  return source.point_at(SimTime{ns}).phase[0].i.value();
}

}  // namespace

TEST_CASE("frontend: a schedule's point holds from its instant on") {
  auto source = two_steps();
  CHECK(current_at(source, 0) == 1.0);
  CHECK(current_at(source, 199) == 1.0);
  CHECK(current_at(source, 200) == 2.0);
  CHECK(current_at(source, 1'000'000) == 2.0);
}

TEST_CASE("frontend: a schedule names the instants at which it changes") {
  auto const source = two_steps();
  CHECK(source.next_change(SimTime{0}) == SimTime{200});
  CHECK(source.next_change(SimTime{199}) == SimTime{200});
  CHECK(source.next_change(SimTime{200}) == SimTime::never());
}
