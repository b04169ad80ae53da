#include <catch2/catch.hpp>

#include "support/log_reader.hpp"

namespace blondel {
namespace {

using test::log_rows;
using test::LogRow;
using Rows = std::vector<LogRow>;

MeterConfig russian() {
  auto config = test::class_c_200_5();
  config.data_sheet = DataSheet::russian;
  return config;
}

void clear(test::MeterFixture& fixture, std::uint32_t conditional, std::uint32_t unconditional) {
  Command command;
  command.kind = CommandKind::clear_event_status;
  command.conditional_mask = conditional;
  command.unconditional_mask = unconditional;
  REQUIRE(fixture.meter.access().execute(command, Level::open).has_value());
}

void set_clock(test::MeterFixture& fixture, std::uint8_t minute, std::uint8_t second) {
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = {.year = 2026, .month = 3, .day = 2, .hour = 8, .minute = minute, .second = second};
  REQUIRE(fixture.meter.access().execute(command, Level::open).has_value());
}

}  // namespace

TEST_CASE("events: a cover and a magnet are in the status while they last, and in its log") {
  // Status: 1 reset, 4 magnet, 64 cover; in the log 256 for the terminal cover and 512 for the meter cover.
  test::MeterFixture fixture;
  REQUIRE(fixture.meter.handle_tamper(tamper_terminal_cover, test::at_second(10)).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 1);
  REQUIRE(fixture.meter.handle_tamper(tamper_terminal_cover | tamper_meter_cover, test::at_second(20))
              .has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 65);
  REQUIRE(fixture.meter.handle_tamper(tamper_magnet, test::at_second(30)).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 5);
  REQUIRE(fixture.meter.handle_tamper(0, test::at_second(40)).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 1);
  CHECK(log_rows(fixture.meter, LogId::status) == Rows{{0, 1}, {10, 257}, {20, 65 + 768}, {30, 5}, {40, 1}});
}

TEST_CASE("events: bit 6 is the terminal cover on the Russian sheet") {
  test::MeterFixture fixture{russian()};
  REQUIRE(fixture.meter.handle_tamper(tamper_meter_cover, test::at_second(10)).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 1);
  REQUIRE(fixture.meter.handle_tamper(tamper_terminal_cover, test::at_second(20)).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 65);
}

TEST_CASE("events: what happens without supply is stamped when it happens") {
  test::MeterFixture fixture;
  REQUIRE(fixture.meter.power_down(test::at_second(10)).has_value());
  REQUIRE(fixture.meter.handle_tamper(tamper_meter_cover, test::at_second(20)).has_value());
  REQUIRE(fixture.meter.handle_tamper(0, test::at_second(30)).has_value());
  MeterState other_process;
  Meter meter{other_process, fixture.config, fixture.nv};
  REQUIRE(meter.power_up(test::at_second(40)).has_value());
  auto const rows = log_rows(meter, LogId::status);
  REQUIRE(rows.size() == 4);
  CHECK(rows[1] == LogRow{20, 65 + 512});
  CHECK(rows[2] == LogRow{30, 1});
  CHECK(rows[3][1] == 1);  // the power-up; that process was not told the time
}

TEST_CASE("events: a flag is cleared conditionally only when the newest record was read") {
  // ES2 bit 2 stands for the status log, ES0 for the status.
  test::MeterFixture fixture;
  REQUIRE(fixture.meter.handle_tamper(tamper_terminal_cover, test::at_second(1)).has_value());
  auto access = fixture.meter.access();
  REQUIRE(access.event_status() == 0x01000400);
  clear(fixture, 0x01000400, 0);
  CHECK(access.event_status() == 0x01000400);
  access.note_read_out(LogId::status, 1);  // the first of two
  clear(fixture, 0x01000400, 0);
  CHECK(access.event_status() == 0x01000400);
  access.note_read_out(LogId::status, 2);
  clear(fixture, 0x00000400, 0);
  CHECK(access.event_status() == 0x01000000);
  clear(fixture, 0x01000000, 0);
  CHECK(access.event_status() == 0x00000400);  // that the reset was cleared is a record
}

TEST_CASE("events: a bit whose cause lasts comes back, one whose cause is gone does not") {
  test::MeterFixture fixture;
  REQUIRE(fixture.meter.handle_tamper(tamper_magnet, test::at_second(1)).has_value());
  clear(fixture, 0, 0xFF000400);
  // ES1 bit 3: something in event status B has changed.
  CHECK(fixture.meter.access().event_status() == 0x04080000);
  CHECK(fixture.native(RegisterId::event_status_b) == 1 << 21);
}

TEST_CASE("events: the masks decide what of event status B is told, and what of A shows") {
  Command masks;
  masks.kind = CommandKind::set_event_masks;
  masks.mask_a = 0xFFFF'FFFF;
  masks.mask_b_falling = 1U << 21;
  test::MeterFixture fixture;
  CHECK(fixture.meter.access().execute(masks, Level::open).error().code == ErrorCode::forbidden);
  REQUIRE(fixture.meter.access().execute(masks, Level::operating).has_value());
  clear(fixture, 0, ~0U);
  auto const changed = [&] { return (fixture.native(RegisterId::event_status_a) & 1 << 11) != 0; };
  REQUIRE(fixture.meter.handle_tamper(tamper_magnet, test::at_second(1)).has_value());
  CHECK_FALSE(changed());
  REQUIRE(fixture.meter.handle_tamper(0, test::at_second(2)).has_value());
  CHECK(changed());
  masks.mask_a = 0x0000'00FF;
  REQUIRE(fixture.meter.access().execute(masks, Level::operating).has_value());
  CHECK(fixture.native(RegisterId::event_status_a) == 0);
}

TEST_CASE("events: a set of the clock by more than 7 s is logged with the time before") {
  test::MeterFixture fixture;
  fixture.run_second(0.0, 0.0);
  set_clock(fixture, 0, 8);  // 7 s forward
  CHECK(log_rows(fixture.meter, LogId::rtc).empty());
  set_clock(fixture, 10, 0);
  auto const rows = log_rows(fixture.meter, LogId::rtc);
  REQUIRE(rows.size() == 1);
  // Seconds from the start, times 8, and 2 for a valid clock without summer time.
  CHECK(rows[0] == LogRow{600, (test::fixture_start_s + 8) * 8 + 2, 1});
  // Bit 10: the clock was adjusted; bits 17 and 18: unread records; the reset.
  CHECK(fixture.native(RegisterId::event_status_a) == 0x60401);
  auto const before = fixture.meter.access().read({RegisterId::rtc_before_set}, Level::open);
  REQUIRE(before.has_value());
  CHECK(before->stamp.normal_time == CivilTime{2026, 3, 2, 8, 0, 8});
}

TEST_CASE("events: a second power-up is a record though nobody cleared the first") {
  test::MeterFixture fixture;
  REQUIRE(fixture.meter.power_down(test::at_second(5)).has_value());
  REQUIRE(fixture.meter.power_up(test::at_second(6)).has_value());
  CHECK(log_rows(fixture.meter, LogId::status) == Rows{{0, 1}, {6, 1}});
}

TEST_CASE("events: clearing leaves an alarm whose input is still asserted") {
  // DD 03: pulse and alarm in; digit I = 2: the alarm is on. Bit 5 of the status is the alarm, bit 0 the
  // reset.
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000032", "42301012", "00001100", "00000101", "00004011"})};
  REQUIRE(fixture.meter.set_input(1, true, fixture.now).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 33);
  Command clear;
  clear.kind = CommandKind::clear_event_status;
  clear.unconditional_mask = 0xFFFF'FFFF;
  REQUIRE(fixture.meter.access().execute(clear, Level::open).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 32);
  REQUIRE(fixture.meter.set_input(1, false, fixture.now).has_value());
  CHECK(fixture.native(RegisterId::meter_status) == 0);
}

TEST_CASE("events: an alarm is logged the moment its input is asserted") {
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000032", "42301012", "00001100", "00000101", "00004011"})};
  REQUIRE(fixture.meter.set_input(1, true, test::at_second(7)).has_value());
  CHECK(log_rows(fixture.meter, LogId::status) == Rows{{0, 1}, {7, 33}});
}

TEST_CASE("events: a cover that opens when no store carries the clock is seen when the supply is back") {
  // Without its battery the supercap carries the clock for 7 days.
  constexpr std::int64_t eight_days = 8 * day_s;
  test::MeterFixture fixture;
  fixture.state.backup.battery_ns = 0;
  REQUIRE(fixture.meter.power_down(test::at_second(10)).has_value());
  REQUIRE(fixture.meter.handle_tamper(tamper_meter_cover, test::at_second(eight_days)).has_value());
  REQUIRE(fixture.meter.power_up(test::at_second(eight_days + 60)).has_value());
  // The clock goes on from what the memory knows, 10 s; 64 is the cover's bit, 512 that of its log.
  CHECK(log_rows(fixture.meter, LogId::status) == Rows{{0, 1}, {10, 1}});
  REQUIRE(fixture.meter.handle_tamper(tamper_meter_cover, test::at_second(eight_days + 65)).has_value());
  CHECK(log_rows(fixture.meter, LogId::status) == Rows{{0, 1}, {10, 1}, {15, 65 + 512}});
}

TEST_CASE("events: word B tells currents that are missing or reversed, and the order of the phases") {
  constexpr std::int64_t no_current = 7 << 16;
  constexpr std::int64_t reversed = 7 << 24;
  test::MeterFixture fixture;
  clear(fixture, 0, ~0U);
  fixture.run_second(575.0, 0.0);
  CHECK(fixture.native(RegisterId::event_status_b) == 0);
  fixture.run_second(0.0, 0.0, 230'000, 9'000);  // 9 mA
  CHECK(fixture.native(RegisterId::event_status_b) == no_current);
  for (int n = 0; n < 30; ++n) {
    fixture.run_second(-575.0, 0.0);
  }
  CHECK(fixture.native(RegisterId::event_status_b) == reversed);
  // Load comes and goes; by default nobody is told of it.
  CHECK((fixture.native(RegisterId::event_status_a) & 1 << 11) == 0);
  ElementIncrement increment;
  increment.span = SimDuration::seconds(1);
  increment.frequency_mhz = 50'000;
  increment.reversed_sequence = true;
  for (auto& share : increment.element) {
    share.u_mv = 230'000;
    share.i_ua = 2'500'000;
  }
  REQUIRE(fixture.meter.handle_increment(increment, fixture.now + increment.span).has_value());
  CHECK(fixture.native(RegisterId::event_status_b) == 1 << 19);
  CHECK((fixture.native(RegisterId::event_status_a) & 1 << 11) != 0);
}

}  // namespace blondel
