#include <catch2/catch.hpp>

#include "support/log_reader.hpp"

namespace blondel {
namespace {

using test::log_rows;
using test::LogRow;
using Rows = std::vector<LogRow>;

MeterConfig aron() {
  return test::class_c_200_5("68525CC453010");
}

/// A fixture whose voltages a test sets, in one increment or in many.
struct VoltageFixture : test::MeterFixture {
  using MeterFixture::MeterFixture;

  /// @param step of the increments
  void feed(std::array<std::int32_t, 3> const& u_v, SimDuration span, SimDuration step) {
    for (auto const end = now + span; now < end;) {
      ElementIncrement increment;
      increment.span = std::min(step, end - now);
      increment.frequency_mhz = 50'000;
      for (std::size_t e = 0; e < element_count; ++e) {
        increment.element[e].u_mv = u_v[e] * 1'000;
        increment.element[e].i_ua = 1'000'000;
      }
      now = now + increment.span;
      REQUIRE(meter.handle_increment(increment, now).has_value());
    }
  }
  void feed_seconds(std::array<std::int32_t, 3> const& u_v, std::int64_t seconds) {
    feed(u_v, SimDuration::seconds(seconds), SimDuration::seconds(seconds));
  }
  [[nodiscard]] Rows rows() const { return log_rows(meter, LogId::voltage_quality); }
};

constexpr std::array<std::int32_t, 3> healthy{230, 231, 229};

}  // namespace

TEST_CASE("voltage: a phase below 160 V for a second has failed, with begin, extreme and duration") {
  // Octet: 2 = L2, 16 below the cut-off, 8 above it again.
  auto const step = GENERATE(SimDuration::milliseconds(20), SimDuration::seconds(3'600));
  VoltageFixture fixture;
  fixture.feed(healthy, SimDuration::seconds(100), step);
  fixture.feed({230, 150, 229}, SimDuration::seconds(10), step);
  CHECK(fixture.native(RegisterId::event_status_b) == 1 << 7);
  CHECK(fixture.native(RegisterId::voltage_event) == 18);
  fixture.feed({230, 40, 229}, SimDuration::seconds(20), step);
  fixture.feed(healthy, SimDuration::seconds(10), step);
  CHECK(fixture.rows() == Rows{{100, 18, 2, 150'000, 0}, {130, 10, 2, 40'000, 30}});
  CHECK(fixture.native(RegisterId::event_status_b) == 0);
  CHECK(fixture.native(RegisterId::voltage_min_l2) == 231'000);  // a failure is no voltage
}

TEST_CASE("voltage: a dip shorter than a second is no failure, one of a second is") {
  VoltageFixture fixture;
  fixture.feed_seconds(healthy, 100);
  fixture.feed({150, 231, 229}, SimDuration::milliseconds(980), SimDuration::milliseconds(20));
  fixture.feed_seconds(healthy, 100);
  CHECK(fixture.rows().empty());
  fixture.feed({150, 231, 229}, SimDuration::milliseconds(1'000), SimDuration::milliseconds(20));
  CHECK(fixture.rows().size() == 1);
}

TEST_CASE("voltage: ten minutes whose mean is beyond a limit are an under- or overvoltage") {
  // Windows end at 600, 1200 ... s. L1: 200 V from 600 to 1800, L3: 260 V from 1200 to 1800. Octets: 1 + 64
  // L1 under, 4 + 128 L3 over, + 32 within again.
  auto const step = GENERATE(SimDuration::milliseconds(200), SimDuration::seconds(3'600));
  VoltageFixture fixture;
  fixture.feed(healthy, SimDuration::seconds(600), step);
  fixture.feed({200, 231, 229}, SimDuration::seconds(600), step);
  fixture.feed({198, 231, 260}, SimDuration::seconds(600), step);
  CHECK(fixture.native(RegisterId::event_status_b) == (1 << 10 | 1 << 13));
  // Unread: status 18, voltage quality 19, load profile 21, analysis 30; event status B has changed 11;
  // reset.
  CHECK(fixture.native(RegisterId::event_status_a) == 0x402C0801);
  fixture.feed(healthy, SimDuration::seconds(600), step);
  CHECK(fixture.rows() == Rows{{600, 65, 1, 200'000, 0},
                               {1'200, 132, 3, 260'000, 0},
                               {1'800, 33, 1, 198'000, 1'200},
                               {1'800, 36, 3, 260'000, 600}});
  CHECK(fixture.native(RegisterId::voltage_min_l1) == 198'000);
  CHECK(fixture.native(RegisterId::voltage_max_l3) == 260'000);
}

TEST_CASE("voltage: it is the mean that counts") {
  // 300 s at 180 and 300 s at 233 are 206.5 V on average; at 235 they are 207.5.
  VoltageFixture fixture;
  fixture.feed_seconds({180, 180, 230}, 300);
  fixture.feed_seconds({233, 235, 230}, 300);
  CHECK(fixture.rows() == Rows{{0, 65, 1, 180'000, 0}});
}

TEST_CASE("voltage: a window with a failure in it decides nothing") {
  VoltageFixture fixture;
  fixture.feed_seconds(healthy, 500);
  fixture.feed_seconds({0, 231, 229}, 300);
  fixture.feed_seconds(healthy, 1'000);
  CHECK(fixture.rows() == Rows{{500, 17, 1, 0, 0}, {800, 9, 1, 0, 300}});
}

TEST_CASE("voltage: limits and duration can be set within bounds") {
  VoltageFixture fixture;
  Command command;
  command.kind = CommandKind::set_voltage_limits;
  auto const set = [&](std::int32_t low_mv, std::int32_t high_mv, std::uint16_t duration_s) {
    command.voltage_low_mv = low_mv;
    command.voltage_high_mv = high_mv;
    command.voltage_duration_s = duration_s;
    return fixture.meter.access().execute(command, Level::operating);
  };
  CHECK(set(160'000, 253'000, 600).error() == Error{ErrorCode::out_of_range, 160'000});
  CHECK(set(253'000, 253'000, 600).error() == Error{ErrorCode::out_of_range, 253'000});
  CHECK(set(207'000, 480'001, 600).error() == Error{ErrorCode::out_of_range, 480'001});
  CHECK(set(207'000, 253'000, 9).error() == Error{ErrorCode::out_of_range, 9});
  CHECK(set(207'000, 253'000, 1'801).error() == Error{ErrorCode::out_of_range, 1'801});
  CHECK(fixture.meter.access().execute(command, Level::open).error().code == ErrorCode::forbidden);
  REQUIRE(set(225'000, 235'000, 10).has_value());
  fixture.feed_seconds({220, 230, 230}, 10);
  CHECK(fixture.rows() == Rows{{0, 65, 1, 220'000, 0}});
}

TEST_CASE("voltage: a loss of the whole supply fails each phase, and ends with it") {
  VoltageFixture fixture;
  fixture.feed_seconds(healthy, 60);
  fixture.feed_seconds({0, 0, 0}, 1);
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  fixture.now = test::at_second(360);
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  fixture.feed_seconds(healthy, 60);
  CHECK(fixture.rows() == Rows{{60, 17, 1, 0, 0},
                               {60, 18, 2, 0, 0},
                               {60, 20, 3, 0, 0},
                               {360, 9, 1, 0, 300},
                               {360, 10, 2, 0, 300},
                               {360, 12, 3, 0, 300}});
}

TEST_CASE("voltage: a clock set in mid-failure does not change its length") {
  VoltageFixture fixture;
  fixture.feed_seconds({0, 231, 229}, 60);
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = {.year = 2026, .month = 3, .day = 2, .hour = 10};
  REQUIRE(fixture.meter.access().execute(command, Level::open).has_value());
  fixture.feed_seconds({0, 231, 229}, 60);
  fixture.feed_seconds(healthy, 1);
  CHECK(fixture.rows() == Rows{{0, 17, 1, 0, 0}, {7'260, 9, 1, 0, 120}});
}

TEST_CASE("voltage: two phases above 253 V and one below 190 V for a minute are a neutral fault") {
  auto const step = GENERATE(SimDuration::milliseconds(20), SimDuration::seconds(3'600));
  VoltageFixture fixture;
  fixture.feed(healthy, SimDuration::seconds(100), step);
  fixture.feed({260, 180, 255}, SimDuration::milliseconds(59'900), step);
  CHECK(fixture.native(RegisterId::neutral_fault) == 0);
  fixture.feed({253, 180, 255}, SimDuration::milliseconds(100), step);
  fixture.feed({260, 180, 255}, SimDuration::seconds(60), step);
  CHECK(fixture.native(RegisterId::neutral_fault) == 1);
  CHECK(fixture.native(RegisterId::event_status_b) == 1 << 3);
  fixture.feed(healthy, SimDuration::seconds(10), step);
  CHECK(log_rows(fixture.meter, LogId::neutral_fault) == Rows{{160, 1}, {220, 0}});
  CHECK(fixture.native(RegisterId::neutral_fault) == 0);
}

TEST_CASE("voltage: three wires have no neutral, and no voltage of L2") {
  VoltageFixture fixture{aron()};
  fixture.feed_seconds({260, 0, 255}, 300);
  CHECK(log_rows(fixture.meter, LogId::neutral_fault).empty());
  CHECK(fixture.rows().empty());
  CHECK(fixture.native(RegisterId::voltage_max_l2) == 0);
}

}  // namespace blondel
