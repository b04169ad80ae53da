#include <catch2/catch.hpp>

#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

/// Books one increment of constant secondary powers, the same in each phase. @units W, var, s
void run(test::MeterFixture& fixture, double p_w, double q_var, std::int64_t seconds) {
  ElementIncrement increment;
  increment.span = SimDuration::seconds(seconds);
  for (auto& share : increment.element) {
    share.active_uj = static_cast<std::int64_t>(p_w * 1e6) * seconds;
    share.reactive_uvars = static_cast<std::int64_t>(q_var * 1e6) * seconds;
    share.apparent_uvas = 600'000'000 * seconds;
    share.u_mv = 230'000;
    share.i_ua = 2'500'000;
  }
  fixture.now = fixture.now + increment.span;
  REQUIRE(fixture.meter.handle_increment(increment, fixture.now).has_value());
}

void set_clock(test::MeterFixture& fixture, std::uint8_t hour, std::uint8_t minute, std::uint8_t second) {
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = {.year = 2026, .month = 3, .day = 2, .hour = hour, .minute = minute, .second = second};
  REQUIRE(fixture.meter.access().execute(command, Level::open).has_value());
}

void execute(test::MeterFixture& fixture, CommandKind kind, Level level) {
  Command command;
  command.kind = kind;
  REQUIRE(fixture.meter.access().execute(command, level).has_value());
}

RtcStamp stamp(test::MeterFixture const& fixture, RegisterId id) {
  auto const reading = fixture.meter.access().read({id}, Level::open);
  REQUIRE(reading.has_value());
  return reading->stamp;
}

}  // namespace

// 200/5: 3 x 500 W secondary are 60 kW primary, 3 x 250 W are 30 kW. The clock starts at 08:00:00; 15
// minutes.

TEST_CASE("demand: the mean of a period is its primary energy over its length") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 100.0, 450);
  run(fixture, 250.0, -50.0, 449);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 0);
  run(fixture, 250.0, -50.0, 1);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 45'000'000);
  CHECK(fixture.native(RegisterId::average_reactive_power_import) == 6'000'000);
  CHECK(fixture.native(RegisterId::average_reactive_power_export) == 3'000'000);
  CHECK(fixture.native(RegisterId::average_apparent_power_import) == 72'000'000);
  CHECK(fixture.native(RegisterId::average_voltage_l2) == 230'000);
  CHECK(fixture.native(RegisterId::average_current_l3) == 100'000'000);
}

TEST_CASE("demand: a peak is replaced by a higher mean only, with the end of its period in normal time") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import_time) == 81'500);
  CHECK(fixture.native(RegisterId::max_active_power_import_date) == 260'302);
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import_time) == 81'500);
  run(fixture, 501.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'120'000);
  auto const at = stamp(fixture, RegisterId::max_active_power_import_rtc);
  CHECK(at.normal_time == CivilTime{.year = 2026, .month = 3, .day = 2, .hour = 8, .minute = 45});
  CHECK(at.weekday == 1);
  CHECK(at.valid);
  CHECK_FALSE(at.summer_time);
}

TEST_CASE("demand: an increment over several periods closes each of them") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 450);
  run(fixture, 250.0, 0.0, 2'250);  // to 08:45
  CHECK(fixture.native(RegisterId::average_active_power_import) == 30'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 45'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import_time) == 81'500);
}

TEST_CASE("demand: a debiting stop adds the peaks to the accumulated ones and starts them anew") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 100.0, 900);
  execute(fixture, CommandKind::debiting_stop, Level::open);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 0);
  CHECK(fixture.native(RegisterId::max_active_power_import_date) == 0);
  CHECK_FALSE(stamp(fixture, RegisterId::max_active_power_import_rtc).valid);
  CHECK(fixture.native(RegisterId::accumulated_max_active_power_import) == 60'000'000);
  CHECK(fixture.native(RegisterId::debiting_count) == 1);
  run(fixture, 250.0, 100.0, 900);
  execute(fixture, CommandKind::debiting_stop, Level::open);
  CHECK(fixture.native(RegisterId::accumulated_max_active_power_import) == 90'000'000);
  CHECK(fixture.native(RegisterId::accumulated_max_reactive_power_import) == 24'000'000);
  CHECK(fixture.native(RegisterId::debiting_count) == 2);
}

TEST_CASE("demand: periods above the threshold are counted") {
  test::MeterFixture fixture;  // 99.000 kW: 3 x 825 W secondary are exactly that
  run(fixture, 825.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::power_threshold_count) == 0);
  run(fixture, 825.1, 0.0, 900);
  CHECK(fixture.native(RegisterId::power_threshold_count) == 1);
}

TEST_CASE("demand: a clock set by seconds leaves the period whole, by more than seven it gives no peak") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 600);
  set_clock(fixture, 8, 10, 5);  // five seconds ahead: 895 s of 60 kW over 900 s
  run(fixture, 500.0, 0.0, 295);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 59'666'666);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 59'666'666);
  run(fixture, 500.0, 0.0, 300);  // 08:20
  set_clock(fixture, 8, 21, 0);
  run(fixture, 750.0, 0.0, 540);  // 08:30; 300 s at 60 kW, 540 s at 90 kW
  CHECK(fixture.native(RegisterId::average_active_power_import) == 74'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 59'666'666);
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
}

TEST_CASE("demand: a clock set over the end of the period ends it without a peak, and the rest as well") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 600);
  set_clock(fixture, 8, 16, 0);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 60'000'000);  // over its ten minutes
  CHECK(fixture.native(RegisterId::max_active_power_import) == 0);
  run(fixture, 500.0, 0.0, 840);  // 08:30
  CHECK(fixture.native(RegisterId::average_active_power_import) == 56'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 0);
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
}

TEST_CASE("demand: seconds back over an end close no period twice") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 902);
  set_clock(fixture, 8, 14, 58);
  run(fixture, 500.0, 0.0, 2);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 60'000'000);
  run(fixture, 500.0, 0.0, 900);  // 904 s of 60 kW in the period that ends at 08:30
  CHECK(fixture.native(RegisterId::average_active_power_import) == 60'266'666);
}

TEST_CASE(
    "demand: a power cut within a period lowers its mean, over an end it closes the period at power-up") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 300);
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  fixture.now = fixture.now + SimDuration::seconds(300);
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  run(fixture, 500.0, 0.0, 300);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 40'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 40'000'000);
  run(fixture, 750.0, 0.0, 600);  // 08:25: 54 MJ primary
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  fixture.now = fixture.now + SimDuration::seconds(3'600);
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import_time) == 83'000);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 0);  // of 09:00 to 09:15
  CHECK(fixture.meter.next_deadline() == fixture.now + SimDuration::seconds(300));
}

TEST_CASE("demand: the day's highest and lowest start anew after local midnight") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 900);
  run(fixture, 250.0, 0.0, 15 * 3'600);  // 23:15
  run(fixture, 600.0, 0.0, 2'700);       // midnight
  CHECK(fixture.native(RegisterId::day_max_active_power_import) == 72'000'000);
  CHECK(fixture.native(RegisterId::day_max_active_power_import_time) == 233'000);
  CHECK(fixture.native(RegisterId::day_min_active_power_import) == 30'000'000);
  CHECK(fixture.native(RegisterId::day_min_active_power_import_time) == 83'000);
  run(fixture, 550.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::day_max_active_power_import) == 66'000'000);
  CHECK(fixture.native(RegisterId::day_min_active_power_import) == 66'000'000);
  CHECK(fixture.native(RegisterId::day_min_active_power_import_date) == 260'303);
}

TEST_CASE("demand: a clock that went back while the meter was off gives no peak") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 1'500);  // 08:25; 60 kW
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  fixture.state.rtc.anchor_normal_ns -= 7'440 * ns_per_s;
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());  // 06:21, ten minutes of the old period held
  run(fixture, 500.0, 0.0, 540);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
}

TEST_CASE("demand: the day's extremes start anew although the clock was set in its last period") {
  test::MeterFixture fixture;
  run(fixture, 600.0, 0.0, 57'000);  // 23:50; 72 kW
  set_clock(fixture, 23, 49, 30);
  run(fixture, 600.0, 0.0, 630);  // midnight
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::day_max_active_power_import) == 60'000'000);
}

TEST_CASE("demand: means of voltage follow the analysis interval, not the integration period") {
  // 60 minutes; analysis every 15.
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000164", "42301011", "00001100", "00000101", "00004011"})};
  run(fixture, 500.0, 0.0, 900);
  CHECK(fixture.native(RegisterId::average_voltage_l2) == 230'000);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 0);
}

TEST_CASE("tariffs: the registers of the tariffs grow by what the total grows while each is active") {
  test::MeterFixture fixture;
  auto& s = fixture.state;
  run(fixture, 500.0, 100.0, 100);  // 150 kJ secondary without a tariff
  switch_tariff(s.tariffs, s.primary, s.secondary, 2);
  run(fixture, 500.0, -100.0, 100);
  switch_tariff(s.tariffs, s.primary, s.secondary, 1);
  run(fixture, -250.0, 0.0, 100);
  CHECK(fixture.native(RegisterId::active_energy_import_t2_secondary) == 150'000'000);
  CHECK(fixture.native(RegisterId::active_energy_import_t2) == 6'000'000'000);
  CHECK(fixture.native(RegisterId::reactive_energy_export_t2) == 1'200'000'000);
  CHECK(fixture.native(RegisterId::reactive_energy_import_t2) == 0);
  CHECK(fixture.native(RegisterId::active_energy_import_t1) == 0);
  CHECK(fixture.native(RegisterId::active_energy_export_t1) == 3'000'000'000);
  CHECK(fixture.native(RegisterId::active_energy_import_t3) == 0);
}

TEST_CASE("tariffs: tariff peaks compare only while their tariff is active") {
  test::MeterFixture fixture;
  auto& s = fixture.state;
  switch_tariff(s.tariffs, s.primary, s.secondary, 2);
  run(fixture, 500.0, 100.0, 900);
  switch_tariff(s.tariffs, s.primary, s.secondary, 1);
  run(fixture, 250.0, 50.0, 900);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 60'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import_t1) == 30'000'000);
  CHECK(fixture.native(RegisterId::max_active_power_import_t1_time) == 83'000);
  CHECK(fixture.native(RegisterId::max_active_power_import_t2) == 60'000'000);
  CHECK(fixture.native(RegisterId::max_reactive_power_import_t2) == 12'000'000);
  execute(fixture, CommandKind::debiting_stop, Level::open);
  CHECK(fixture.native(RegisterId::accumulated_max_active_power_import_t1) == 30'000'000);
  CHECK(fixture.native(RegisterId::accumulated_max_active_power_import_t2) == 60'000'000);
}

TEST_CASE("tariffs: the resettable registers start anew, the others do not notice") {
  test::MeterFixture fixture;
  run(fixture, 500.0, 0.0, 100);
  Command command;
  command.kind = CommandKind::reset_trip;
  CHECK(fixture.meter.access().execute(command, Level::open).error().code == ErrorCode::forbidden);
  execute(fixture, CommandKind::reset_trip, Level::operating);
  run(fixture, 500.0, 0.0, 10);
  CHECK(fixture.native(RegisterId::trip_active_energy_import) == 600'000'000);
  CHECK(fixture.native(RegisterId::active_energy_import) == 6'600'000'000);
}

}  // namespace blondel
