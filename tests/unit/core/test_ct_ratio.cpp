#include <catch2/catch.hpp>

#include <initializer_list>

#include "support/log_reader.hpp"

namespace blondel {
namespace {

Result<void> set_ratio(test::MeterFixture& fixture, std::uint16_t ratio, Level level = Level::operating) {
  Command command;
  command.kind = CommandKind::set_ct_ratio;
  command.ct_ratio = ratio;
  return fixture.meter.access().execute(command, level);
}

void open_terminals(test::MeterFixture& fixture) {
  REQUIRE(fixture.meter.handle_tamper(tamper_terminal_cover, fixture.now).has_value());
}

}  // namespace

TEST_CASE("ct ratio: a new ratio counts from now on, and what was counted stays") {
  // 3 phases of 1200 W for 10 s are 36 kJ = 10 Wh secondary: 400 Wh at 40, and 600 Wh more at 60.
  test::MeterFixture fixture;
  for (int n = 0; n < 10; ++n) {
    fixture.run_second(1'200.0, 0.0);
  }
  open_terminals(fixture);
  REQUIRE(set_ratio(fixture, 60).has_value());
  for (int n = 0; n < 10; ++n) {
    fixture.run_second(1'200.0, 0.0);
  }
  constexpr std::int64_t watt_hour_mj = 3'600'000;
  CHECK(fixture.native(RegisterId::active_energy_import_secondary) == 20 * watt_hour_mj);
  CHECK(fixture.native(RegisterId::active_energy_import) == 1'000 * watt_hour_mj);
  CHECK(fixture.native(RegisterId::ct_ratio) == 60);
  CHECK(fixture.native(RegisterId::ct_ratio_before) == 40);
  CHECK(fixture.native(RegisterId::configuration_5) == 6'011);
}

TEST_CASE("ct ratio: the change is logged with both ratios and the energies, and outlives the supply") {
  test::MeterFixture fixture;
  for (int n = 0; n < 10; ++n) {
    fixture.run_second(1'200.0, 0.0);
  }
  open_terminals(fixture);
  REQUIRE(set_ratio(fixture, 60).has_value());
  MeterState after_a_kill;
  Meter meter{after_a_kill, fixture.config, fixture.nv};
  REQUIRE(meter.power_up(SimTime{}).has_value());
  CHECK(after_a_kill.ct_ratio == 60);
  CHECK(after_a_kill.configuration.sss == 60);
  auto const rows = test::log_rows(meter, LogId::ct_ratio);
  REQUIRE(rows.size() == 1);
  // Stamp, old, new, hours, A+ A- R+ R- in kWh without decimals, the same secondary in 0.01 kWh: 10 Wh = 1.
  REQUIRE(rows[0].size() >= 12);
  CHECK(test::LogRow(rows[0].begin(), rows[0].begin() + 12) ==
        test::LogRow{10, 40, 60, 0, 0, 0, 0, 0, 1, 0, 0, 0});
}

TEST_CASE("ct ratio: it is refused without password, behind a closed cover and outside the table") {
  test::MeterFixture fixture;
  CHECK(set_ratio(fixture, 60).error().code == ErrorCode::forbidden);
  open_terminals(fixture);
  CHECK(set_ratio(fixture, 60, Level::open).error().code == ErrorCode::forbidden);
  // 001 to 010, 020, 040, 060, 080, 100, 200 ... 600; a factor of 1000 must not reach digits RRR.
  for (std::uint16_t const ratio :
       std::initializer_list<std::uint16_t>{0, 11, 30, 250, 601, 700, 1'040, 31'860}) {
    CAPTURE(ratio);
    CHECK(set_ratio(fixture, ratio).error() == Error{ErrorCode::out_of_range, ratio});
  }
  CHECK(fixture.native(RegisterId::ct_ratio) == 40);
  CHECK(fixture.native(RegisterId::configuration_5) == 4'011);
  REQUIRE(set_ratio(fixture, 40).has_value());  // as it is: no change
  CHECK(test::log_rows(fixture.meter, LogId::ct_ratio).empty());
}

TEST_CASE("ct ratio: digit T = 2 locks it, whatever is open") {
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00004021"})};
  open_terminals(fixture);
  CHECK(set_ratio(fixture, 60).error().code == ErrorCode::forbidden);
  CHECK(fixture.native(RegisterId::ct_ratio_lock) == 1);
}

TEST_CASE("ct ratio: mean currents of before the change are what flowed then") {
  // 15 minutes at 2.5 A and ratio 40 are 100 A primary, whatever the ratio is afterwards.
  test::MeterFixture fixture;
  for (int n = 0; n < 900; ++n) {
    fixture.run_second(575.0, 0.0);
  }
  REQUIRE(fixture.native(RegisterId::average_current_l1) == 100'000'000);
  open_terminals(fixture);
  REQUIRE(set_ratio(fixture, 60).has_value());
  // Kept as secondary microamperes: 1 666 667 at 60, within 30 uA.
  CHECK(fixture.native(RegisterId::average_current_l1) == 100'000'020);
}

}  // namespace blondel
