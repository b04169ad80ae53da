#include <frontend/source/profile_source.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

using blondel::ProfileEnd;
using blondel::ProfileRow;
using blondel::ProfileSettings;
using blondel::ProfileSource;
using blondel::SimDuration;
using blondel::SimTime;
using blondel::Vars;
using blondel::Watts;
using blondel::test::within;

namespace {

constexpr double rounding = 1e-12;

ProfileRow row(double p_w, double q_var) {
  ProfileRow row;
  row.active[1] = Watts{p_w};
  row.reactive[1] = Vars{q_var};
  return row;
}

/// 300 W + 400 var, the same again, then -230 W; rows of one minute from second 10 on.
ProfileSource three_rows(ProfileEnd end) {
  ProfileSettings settings;
  settings.start = SimTime{10'000'000'000};
  settings.end = end;
  return ProfileSource{{row(300.0, 400.0), row(300.0, 400.0), row(-230.0, 0.0)}, settings};
}

SimTime second(std::int64_t s) {
  return SimTime{} + SimDuration::seconds(s);
}

}  // namespace

TEST_CASE("frontend: a profile row becomes the current that draws its power") {
  // 500 VA at 230 V = 2.1739130434782608 A; atan2(400, 300) = 0.9272952180016122
  auto source = three_rows(ProfileEnd::hold);
  auto const phase = source.point_at(second(10)).phase[1];
  CHECK(phase.i.value() == within(2.1739130434782608, rounding));
  CHECK(phase.lag.value() == within(0.9272952180016122, rounding));
  CHECK(phase.u_angle.value() == within(-2.0943951023931953, rounding));
}

TEST_CASE("frontend: exported power turns the current round") {
  auto source = three_rows(ProfileEnd::hold);
  auto const phase = source.point_at(second(131)).phase[1];
  CHECK(phase.i.value() == within(1.0, rounding));
  CHECK(phase.lag.value() == within(3.141592653589793, rounding));
}

TEST_CASE("frontend: a profile changes where neighbouring rows differ") {
  auto const holding = three_rows(ProfileEnd::hold);
  CHECK(holding.next_change(second(0)) == second(130));
  CHECK(holding.next_change(second(129)) == second(130));
  CHECK(holding.next_change(second(130)) == SimTime::never());
  auto const ending = three_rows(ProfileEnd::zero);
  CHECK(ending.next_change(second(130)) == second(190));
  CHECK(ending.next_change(second(190)) == SimTime::never());
}

TEST_CASE("frontend: after the last row a profile holds or falls to zero, as told") {
  CHECK(three_rows(ProfileEnd::hold).point_at(second(10'000)).phase[1].i.value() == within(1.0, rounding));
  CHECK(three_rows(ProfileEnd::zero).point_at(second(10'000)).phase[1].i.value() == 0.0);
  CHECK(three_rows(ProfileEnd::zero).point_at(second(10'000)).phase[1].u.value() == 230.0);
}
