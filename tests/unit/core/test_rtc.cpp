#include <catch2/catch.hpp>

#include "core/clock/rtc.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

Configuration zone(std::uint8_t ll, std::uint16_t ppp) {
  Configuration configuration;
  configuration.ll = ll;
  configuration.ppp = ppp;
  return configuration;
}

Result<void> set_clock(test::MeterFixture& fixture, CivilTime const& local) {
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = local;
  return fixture.meter.access().execute(command, Level::open);
}

}  // namespace

TEST_CASE("rtc: time zone codes count from London eastwards and wrap") {
  CHECK(utc_offset_s(0) == 0);
  CHECK(utc_offset_s(1) == 3'600);
  CHECK(utc_offset_s(12) == 43'200);
  CHECK(utc_offset_s(13) == -39'600);
  CHECK(utc_offset_s(23) == -3'600);
}

TEST_CASE("rtc: summer time starts on 2026-03-29 at 02:00 in Denmark") {
  auto const denmark = zone(1, 1);
  CHECK(local_time(to_seconds({2026, 3, 29, 1, 59, 59}), denmark) == CivilTime{2026, 3, 29, 1, 59, 59});
  CHECK(local_time(to_seconds({2026, 3, 29, 2, 0, 0}), denmark) == CivilTime{2026, 3, 29, 3, 0, 0});
  CHECK(local_time(to_seconds({2026, 10, 25, 1, 59, 59}), denmark) == CivilTime{2026, 10, 25, 2, 59, 59});
  CHECK(local_time(to_seconds({2026, 10, 25, 2, 0, 0}), denmark) == CivilTime{2026, 10, 25, 2, 0, 0});
  CHECK(local_time(to_seconds({2026, 7, 1, 12, 0, 0}), zone(1, 0)) == CivilTime{2026, 7, 1, 12, 0, 0});
}

TEST_CASE("rtc: a local time of the summer is kept as normal time") {
  auto const denmark = zone(1, 1);
  CHECK(to_civil(normal_of_local({2026, 7, 1, 0, 30, 0}, denmark)) == CivilTime{2026, 6, 30, 23, 30, 0});
  CHECK(to_civil(normal_of_local({2026, 1, 1, 0, 30, 0}, denmark)) == CivilTime{2026, 1, 1, 0, 30, 0});
}

TEST_CASE("rtc: a clock that runs 5 ppm fast gains 0.432 s a day") {
  Rtc rtc;
  rtc.rate_error_ppb = 5'000;
  CHECK(rtc.normal_seconds(SimTime{86'400 * ns_per_s} - SimDuration::milliseconds(432)) == 86'399);
  CHECK(rtc.normal_seconds(SimTime{10 * 86'400 * ns_per_s}) == 864'004);
}

TEST_CASE("clock: setting it moves date, time and stamp") {
  test::MeterFixture fixture(
      test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00004011"}));
  REQUIRE(set_clock(fixture, {2026, 7, 4, 13, 5, 9}).has_value());
  CHECK(fixture.native(RegisterId::clock) == 130'509);
  CHECK(fixture.native(RegisterId::date) == 260'704);
  auto const stamped = fixture.meter.access().read({RegisterId::rtc}, Level::open);
  REQUIRE(stamped.has_value());
  CHECK(stamped->stamp.weekday == 6);
  CHECK(stamped->stamp.valid);
}

TEST_CASE("clock: setting it makes a doubtful time valid again") {
  test::MeterFixture fixture;
  fixture.state.rtc.valid = false;
  fixture.state.rtc.restored = true;
  auto const quality = [&] { return fixture.meter.access().read({RegisterId::rtc}, Level::open)->stamp; };
  CHECK_FALSE(quality().valid);
  CHECK(quality().restored);
  REQUIRE(set_clock(fixture, {2026, 7, 4, 13, 5, 9}).has_value());
  CHECK(quality().valid);
  CHECK_FALSE(quality().restored);
}

TEST_CASE("clock: a date that does not exist is refused") {
  test::MeterFixture fixture;
  CHECK(set_clock(fixture, {2026, 2, 30, 12, 0, 0}).error().code == ErrorCode::out_of_range);
  CHECK(set_clock(fixture, {2026, 2, 28, 24, 0, 0}).error().code == ErrorCode::out_of_range);
  CHECK(fixture.native(RegisterId::clock) == 80'000);
}

TEST_CASE("rtc: the instant of a shown second is its first, fast or slow") {
  auto const rate_ppb = GENERATE(0, 5'000, -20'000, 100'000);
  CAPTURE(rate_ppb);
  Rtc rtc{.anchor = SimTime{} + SimDuration::seconds(100),
          .anchor_normal_ns = 1'000 * ns_per_s,
          .rate_error_ppb = rate_ppb,
          .valid = true};
  for (CivilSeconds const normal : {1'001, 1'900, 87'400, 31'537'000}) {
    auto const instant = rtc.instant_of(normal);
    CHECK(rtc.normal_seconds(instant) == normal);
    CHECK(rtc.normal_seconds(instant - SimDuration{1}) == normal - 1);
  }
}

}  // namespace blondel
