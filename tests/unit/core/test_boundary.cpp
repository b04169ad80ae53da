#include <catch2/catch.hpp>

#include "core/energy/split_increment.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {

TEST_CASE("boundary: an increment is split by time, and the two parts make the whole") {
  ElementIncrement rest;
  rest.span = SimDuration::seconds(1'200);
  rest.element[0].active_uj = 1'200'000'007;
  rest.element[1].reactive_uvars = -1'000;
  rest.element[2].apparent_uvas = 3;
  auto const front = take_front(rest, SimDuration::seconds(900));
  CHECK(front.span == SimDuration::seconds(900));
  CHECK(rest.span == SimDuration::seconds(300));
  CHECK(front.element[0].active_uj == 900'000'005);
  CHECK(rest.element[0].active_uj == 300'000'002);
  CHECK(front.element[1].reactive_uvars == -750);
  CHECK(rest.element[1].reactive_uvars == -250);
  CHECK(front.element[2].apparent_uvas == 2);
  CHECK(rest.element[2].apparent_uvas == 1);
}

TEST_CASE("boundary: the share of a day's largest energy does not overflow") {
  // 50 kW for a day are 4.32e15 uJ; a third of the day is a third of it, to the 2^-31 of the cut span.
  constexpr std::int64_t day_ns = 86'400 * ns_per_s;
  CHECK(share_of_span(4'320'000'000'000'000, day_ns / 3, day_ns) == 1'440'000'000'000'000);
  // A nanosecond more has no common measure with the day: 50'000 uJ, within 2^-31 of the value.
  CHECK(share_of_span(4'320'000'000'000'000, day_ns / 3 + 1, day_ns) ==
        Approx(1.44e15 + 5e4).margin(4.32e15 / 2.0e9));
}

TEST_CASE("boundary: the meter asks to be stepped at the end of its integration period") {
  // Clock 08:00:00 at the start, digit E = 2: 15 minutes.
  test::MeterFixture fixture;
  CHECK(fixture.meter.next_deadline() == SimTime{} + SimDuration::seconds(900));
  for (int second = 0; second < 900; ++second) {
    fixture.run_second(575.0, 0.0);
  }
  CHECK(fixture.meter.next_deadline() == SimTime{} + SimDuration::seconds(1'800));
}

TEST_CASE("boundary: setting the clock moves the end of the integration period") {
  test::MeterFixture fixture;
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = {.year = 2026, .month = 3, .day = 2, .hour = 8, .minute = 14, .second = 50};
  REQUIRE(fixture.meter.access().execute(command, Level::open).has_value());
  CHECK(fixture.meter.next_deadline() == SimTime{} + SimDuration::seconds(10));
}

TEST_CASE("boundary: splitting loses nothing of the registers") {
  // One increment over 25 minutes, 3 x 575 W: 2 587 500 J, booked in parts at 08:15.
  test::MeterFixture fixture;
  ElementIncrement increment;
  increment.span = SimDuration::seconds(1'500);
  for (auto& share : increment.element) {
    share.active_uj = 862'500'000'000;
    share.apparent_uvas = 862'500'000'000;
    share.u_mv = 230'000;
    share.i_ua = 2'500'000;
  }
  REQUIRE(fixture.meter.handle_increment(increment, SimTime{} + increment.span).has_value());
  CHECK(fixture.native(RegisterId::active_energy_import_secondary) == 2'587'500'000);
  CHECK(fixture.meter.next_deadline() == SimTime{} + SimDuration::seconds(1'800));
}

TEST_CASE("boundary: a clock set inside a cycle to the end of a period ends none") {
  // 08:00:10.5, of which the last half second waits for its cycle; the clock is set to 11:00:00.
  test::MeterFixture fixture;
  for (int second = 0; second < 10; ++second) {
    fixture.run_second(575.0, 0.0);
  }
  auto const now = test::at_second(10) + SimDuration::milliseconds(500);
  fixture.meter.advance(now);
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = {.year = 2026, .month = 3, .day = 2, .hour = 11};
  REQUIRE(fixture.meter.access().execute(command, Level::open).has_value());
  CHECK(fixture.meter.next_deadline() == now + SimDuration::seconds(900));
  ElementIncrement rest;
  rest.span = SimDuration::seconds(1);
  REQUIRE(fixture.meter.handle_increment(rest, test::at_second(11)).has_value());
  CHECK(fixture.meter.access().log_info(LogId::load_profile).record_count == 0);
}

}  // namespace blondel
