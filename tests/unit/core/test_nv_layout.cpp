#include <catch2/catch.hpp>

#include "core/nv/nv_layout.hpp"
#include "support/meter_fixture.hpp"
#include "support/torn_nv.hpp"

namespace blondel {
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
    test::TornNv nv;
    state.serial_number = 7;
    of(state.secondary, Energy::a_plus).total_mj = 111;
    REQUIRE(save(state, nv).has_value());
    of(state.secondary, Energy::a_plus).total_mj = 222;
    REQUIRE(save(state, nv).has_value());
    nv.writes_left = 1;
    nv.torn_at = torn_at;
    of(state.secondary, Energy::a_plus).total_mj = 333;
    REQUIRE_FALSE(save(state, nv).has_value());
    REQUIRE(nv.last_size > 400);  // the cut lies inside the record
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

TEST_CASE("permanent memory: one damaged copy costs the newest record, two are reported and never guessed") {
  MeterState state;
  RamNv nv;
  for (std::int64_t const total_mj : {111, 222}) {  // sequence 1 goes to the second slot, 2 to the first
    of(state.secondary, Energy::a_plus).total_mj = total_mj;
    REQUIRE(save(state, nv).has_value());
  }
  std::array<std::uint8_t, 1> const flipped{0x55};
  REQUIRE(nv.write(40, flipped).has_value());
  MeterState back;
  REQUIRE(restore(back, nv).has_value());
  CHECK(of(back.secondary, Energy::a_plus).total_mj == 111);
  REQUIRE(nv.write(4'096 + 40, flipped).has_value());
  CHECK(restore(back, nv).error() == Error{ErrorCode::nv_corrupt, 0});
  CHECK(is_blank(nv) == false);
  RamNv fresh;
  CHECK(is_blank(fresh) == true);
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

}  // namespace blondel
