#include <vector>

#include <catch2/catch.hpp>

#include "core/nv/nv_layout.hpp"
#include "support/meter_fixture.hpp"
#include "twin/faulty_nv.hpp"
#include "twin/ram_nv.hpp"

namespace blondel {
namespace {

void save_totals(MeterState& state, NvStore& nv, std::initializer_list<std::int64_t> totals_mj) {
  for (auto const total_mj : totals_mj) {
    of(state.secondary, Energy::a_plus).total_mj = total_mj;
    REQUIRE(save(state, nv).has_value());
  }
}

}  // namespace

TEST_CASE("permanent memory: everything legal comes back after a power cut") {
  test::MeterFixture fixture;
  for (int second = 0; second < 100; ++second) {
    fixture.run_second(575.0, 100.0);
  }
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  CHECK(fixture.meter.access().read({RegisterId::active_energy_import}, Level::open).error().code ==
        ErrorCode::meter_off);
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  CHECK(fixture.native(RegisterId::active_energy_import_secondary) == 172'500'000);
  CHECK(fixture.native(RegisterId::reactive_energy_import_secondary) == 30'000'000);
  CHECK(fixture.native(RegisterId::serial_number) == 12'345'678);
  CHECK(fixture.native(RegisterId::hour_counter) == 100);
  CHECK(fixture.native(RegisterId::meter_status) == 1);
  CHECK(fixture.meter.led_pulses() == 479);
}

TEST_CASE("permanent memory: a write torn at any octet leaves the record before it") {
  for (std::size_t torn_at = 0; torn_at < 400; torn_at += 13) {
    MeterState state;
    FaultyNv nv{std::make_unique<RamNv>()};
    state.serial_number = 7;
    of(state.secondary, Energy::a_plus).total_mj = 111;
    REQUIRE(save(state, nv).has_value());
    of(state.secondary, Energy::a_plus).total_mj = 222;
    REQUIRE(save(state, nv).has_value());
    nv.cut_power(2, torn_at);  // the first write says that the second begins
    of(state.secondary, Energy::a_plus).total_mj = 333;
    REQUIRE_FALSE(save(state, nv).has_value());
    REQUIRE(nv.last_write_size() > 400);  // the cut lies inside the record
    CHECK((state.status & status_eeprom) != 0);
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(of(back.secondary, Energy::a_plus).total_mj == 222);
    CHECK(back.serial_number == 7);
  }
}

TEST_CASE("permanent memory: the newest record is found when the sequence wraps") {
  MeterState state;
  RamNv nv;
  state.nv_sequence = 0xFFFF'FFFD;
  for (std::int64_t total_mj = 1; total_mj <= 4; ++total_mj) {
    of(state.secondary, Energy::a_plus).total_mj = total_mj;
    REQUIRE(save(state, nv).has_value());
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(of(back.secondary, Energy::a_plus).total_mj == total_mj);
  }
  CHECK(state.nv_sequence == 3);
}

TEST_CASE("permanent memory: each lasting field is read back as it was written") {
  MeterState state;
  state.serial_number = 35'100'001;
  state.meter_numbers = {11, 22, 33};
  state.sealed = true;
  state.ct_ratio = 40;
  for (std::size_t n = 0; n < energy_count; ++n) {
    state.secondary[n] = {1'000 + static_cast<std::int64_t>(n), 100 + static_cast<std::int32_t>(n)};
    state.primary[n] = {2'000 + static_cast<std::int64_t>(n), 200 + static_cast<std::int32_t>(n)};
  }
  state.led = {301, 302};
  state.s0 = {303, 304};
  state.powered_ns = 401;
  state.calibration[1] = {-501, 502, 503, 504, -505, 506};
  RamNv nv;
  REQUIRE(save(state, nv).has_value());
  MeterState back;
  REQUIRE(restore(back, nv).has_value());
  CHECK(back.serial_number == 35'100'001);
  CHECK(back.meter_numbers == std::array<std::uint32_t, 3>{11, 22, 33});
  CHECK(back.sealed);
  CHECK(back.ct_ratio == 40);
  for (std::size_t n = 0; n < energy_count; ++n) {
    CAPTURE(n);
    CHECK(back.secondary[n].total_mj == 1'000 + static_cast<std::int64_t>(n));
    CHECK(back.secondary[n].rest_uj == 100 + static_cast<std::int32_t>(n));
    CHECK(back.primary[n].total_mj == 2'000 + static_cast<std::int64_t>(n));
    CHECK(back.primary[n].rest_uj == 200 + static_cast<std::int32_t>(n));
  }
  CHECK(back.led.count == 301);
  CHECK(back.led.rest_uj == 302);
  CHECK(back.s0.count == 303);
  CHECK(back.s0.rest_uj == 304);
  CHECK(back.powered_ns == 401);
  CHECK(back.calibration[1].phase_delay_q30 == -501);
  CHECK(back.calibration[1].power_gain == 502);
  CHECK(back.calibration[1].u_gain == 503);
  CHECK(back.calibration[1].i_gain == 504);
  CHECK(back.calibration[1].power_offset == -505);
  CHECK(back.calibration[1].i_noise == 506);
}

TEST_CASE(
    "permanent memory: one damaged copy costs at most the newest record, and shows; two are never guessed") {
  FaultyNv nv{std::make_unique<RamNv>()};
  MeterState state;
  save_totals(state, nv, {111, 222});  // sequence 1 goes to the second slot, 2 to the first
  CHECK(newest_slot_address(state) == 0);
  auto const is_newest = GENERATE(true, false);
  REQUIRE(nv.flip_bit(is_newest ? 40 : 4'096 + 40, 3).has_value());
  MeterState back;
  REQUIRE(restore(back, nv).has_value());
  CHECK(of(back.secondary, Energy::a_plus).total_mj == (is_newest ? 111 : 222));
  CHECK(back.status == status_eeprom);
  CHECK(back.nv_dirty);
  REQUIRE(nv.flip_bit(is_newest ? 4'096 + 40 : 40, 3).has_value());
  CHECK(restore(back, nv).error() == Error{ErrorCode::nv_corrupt, 0});
  CHECK(is_blank(nv) == false);
}

TEST_CASE("permanent memory: a stop in any of the writes of a copy is no damage") {
  for (std::uint64_t write = 1; write <= 3; ++write) {
    for (std::size_t octets = 0; octets < 10; ++octets) {
      CAPTURE(write, octets);
      FaultyNv nv{std::make_unique<RamNv>()};
      MeterState state;
      save_totals(state, nv, {111, 222});
      nv.cut_power(write, octets);
      of(state.secondary, Energy::a_plus).total_mj = 333;
      REQUIRE_FALSE(save(state, nv).has_value());
      nv.restore_power();
      MeterState back;
      REQUIRE(restore(back, nv).has_value());
      CHECK(back.status == 0);
      CHECK(of(back.secondary, Energy::a_plus).total_mj == (write == 3 ? 333 : 222));
    }
  }
}

TEST_CASE("permanent memory: a copy that the medium acknowledged and did not write shows") {
  FaultyNv nv{std::make_unique<RamNv>()};
  MeterState state;
  save_totals(state, nv, {111, 222});
  SECTION("the next one is written") {
    nv.lose_writes(0);
    save_totals(state, nv, {333});
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(back.status == 0);
  }
  SECTION("the next one is lost, but for its last word") {
    nv.lose_writes(2);
    save_totals(state, nv, {333});
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(of(back.secondary, Energy::a_plus).total_mj == 222);
    CHECK(back.status == status_eeprom);
  }
  SECTION("half of the first word is written, all of the copy and of the last word") {
    nv.tear_write();
    save_totals(state, nv, {333});
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(of(back.secondary, Energy::a_plus).total_mj == 333);
    CHECK(back.status == 0);  // as a stop there would have left it
  }
}

TEST_CASE("permanent memory: a stuck bit shows at the next power-up, and what is saved since is kept") {
  FaultyNv nv{std::make_unique<RamNv>()};
  MeterState state;
  save_totals(state, nv, {111, 222});
  REQUIRE(nv.stick_bit(40, 3).has_value());
  MeterState back;
  REQUIRE(restore(back, nv).has_value());
  CHECK(of(back.secondary, Energy::a_plus).total_mj == 111);
  CHECK(back.status == status_eeprom);
  save_totals(back, nv, {444, 555});  // 444 where the bit is stuck, 555 beside it
  MeterState later;
  REQUIRE(restore(later, nv).has_value());
  CHECK(of(later.secondary, Energy::a_plus).total_mj == 555);
  CHECK(later.status == status_eeprom);
}

TEST_CASE("permanent memory: a meter whose first copy was never finished is none") {
  for (std::uint64_t write = 1; write <= 2; ++write) {
    FaultyNv nv{std::make_unique<RamNv>()};
    CHECK(is_blank(nv) == true);
    nv.cut_power(write, 7);
    MeterState state;
    REQUIRE_FALSE(save(state, nv).has_value());
    CHECK(is_blank(nv) == true);
  }
  FaultyNv nv{std::make_unique<RamNv>()};
  nv.cut_power(3, 7);
  MeterState state;
  REQUIRE_FALSE(save(state, nv).has_value());
  CHECK(is_blank(nv) == false);
}

TEST_CASE("permanent memory: what the self-tests found stays over power cuts, until it is cleared") {
  test::MeterFixture fixture;
  auto const cut = [&] {
    REQUIRE(fixture.meter.power_down(fixture.now).has_value());
    REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  };
  fixture.state.status |= status_eeprom | status_rom | status_alarm_input;
  cut();
  CHECK(fixture.native(RegisterId::meter_status) == 1 + 2 + 16);
  Command clear;
  clear.kind = CommandKind::clear_event_status;
  clear.unconditional_mask = 0xFF00'0000;  // ES0
  REQUIRE(fixture.meter.access().execute(clear, Level::open).has_value());
  cut();
  CHECK(fixture.native(RegisterId::meter_status) == 1);
}

TEST_CASE("permanent memory: what it refuses keeps no energy out of the registers") {
  auto const config = test::class_c_200_5();
  FaultyNv nv{std::make_unique<RamNv>(nv_size_min, true)};
  MeterState state;
  Meter meter{state, config, nv};
  REQUIRE(meter.manufacture({.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8}}, SimTime{})
              .has_value());
  REQUIRE(meter.power_up(SimTime{}).has_value());
  nv.wear_out(0);
  ElementIncrement increment;
  increment.span = SimDuration::seconds(7'200);
  increment.element[0].active_uj = 7'200'000'000'000;
  increment.element[0].u_mv = 230'000;
  auto const done = meter.handle_increment(increment, SimTime{} + increment.span);
  CHECK(done.error().code == ErrorCode::nv_io);
  // 1 kW for two hours, over eight periods, in which every record was refused.
  CHECK(of(state.secondary, Energy::a_plus).total_mj == 7'200'000'000);
  CHECK((state.status & status_eeprom) != 0);
  CHECK(head_of(state.loggers, LogId::load_profile).last_id == 0);
}

TEST_CASE("permanent memory: every change of a shown energy digit is written") {
  test::MeterFixture fixture;
  // 3 x 575 W at 200/5 is 19.17 Wh primary a second: the 1 kWh digit steps at 52.17 s, the secondary 0.01 kWh
  // at 20.87 s.
  for (int second = 0; second < 21; ++second) {
    fixture.run_second(575.0, 0.0);
  }
  MeterState found;
  REQUIRE(restore(found, fixture.nv).has_value());
  CHECK(of(found.secondary, Energy::a_plus).total_mj == 36'225'000);
  // No digit changes in the 22nd second, and nothing is written.
  fixture.run_second(575.0, 0.0);
  REQUIRE(restore(found, fixture.nv).has_value());
  CHECK(of(found.secondary, Energy::a_plus).total_mj == 36'225'000);
}

TEST_CASE("permanent memory: a digit that only the primary register shows is written too") {
  // Digit A = 3 shows 0.01 kWh primary, 36 kJ: at 19.17 Wh a second it steps every second, the secondary 0.01
  // kWh first at 20.87 s. 2 s x 69 kW = 138 kJ.
  test::MeterFixture fixture(
      test::class_c_200_5("68535CC453010", {"31000162", "42301011", "00001100", "00000101", "00004011"}));
  fixture.run_second(575.0, 0.0);
  fixture.run_second(575.0, 0.0);
  MeterState found;
  REQUIRE(restore(found, fixture.nv).has_value());
  CHECK(of(found.primary, Energy::a_plus).total_mj == 138'000'000);
}

TEST_CASE("permanent memory: copies that were erased are damage, not a new meter's memory") {
  test::MeterFixture fixture;
  fixture.run_second(575.0, 0.0);
  REQUIRE(save(fixture.state, fixture.nv).has_value());
  REQUIRE_FALSE(is_blank(fixture.nv).value());
  std::vector<std::uint8_t> const erased(2 * state_slot_size, 0);
  REQUIRE(fixture.nv.write(0, erased).has_value());
  CHECK_FALSE(is_blank(fixture.nv).value());
  MeterState back;
  CHECK(restore(back, fixture.nv).error().code == ErrorCode::nv_corrupt);
}

TEST_CASE("permanent memory: a copy in order of a state that cannot be is refused") {
  // An interval of no minutes would divide, a fill beyond the page would read outside it.
  auto const forge = GENERATE(
      +[](MeterState& s) { s.loggers.analysis_minutes = 0; }, +[](MeterState& s) { s.ct_ratio = 0; },
      +[](MeterState& s) { s.tariffs.active = 9; }, +[](MeterState& s) { s.loggers.heads[3].fill = 500; },
      +[](MeterState& s) { s.loggers.heads[0].field_count = 200; });
  test::MeterFixture fixture;
  forge(fixture.state);
  REQUIRE(save(fixture.state, fixture.nv).has_value());
  MeterState back;
  CHECK(restore(back, fixture.nv).error().code == ErrorCode::nv_corrupt);
}

TEST_CASE("permanent memory: a command is told done when it is in the memory, and not before") {
  test::MeterFixture fixture;
  Command command;
  command.kind = CommandKind::reset_trip;
  fixture.run_second(575.0, 0.0);
  REQUIRE(fixture.meter.access().execute(command, Level::operating).has_value());
  REQUIRE(fixture.meter.access()
              .write(RegisterId::meter_number_1, Reading::number(Unit::none, 4'711), Level::operating)
              .has_value());
  MeterState after_a_kill;
  REQUIRE(restore(after_a_kill, fixture.nv).has_value());
  CHECK(after_a_kill.meter_numbers[0] == 4'711);
  CHECK(after_a_kill.tariffs.trip[0].total_mj == 1'725'000 * 40);

  FaultyNv worn{std::make_unique<RamNv>(nv_size_min, true)};
  MeterState state;
  Meter meter{state, fixture.config, worn};
  Nameplate nameplate;
  nameplate.serial_number = 7;
  REQUIRE(meter.manufacture(nameplate, SimTime{}).has_value());
  REQUIRE(meter.power_up(SimTime{}).has_value());
  worn.wear_out(0);
  CHECK(meter.access().execute(command, Level::operating).error().code == ErrorCode::nv_io);
}

}  // namespace blondel
