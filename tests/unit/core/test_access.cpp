#include <catch2/catch.hpp>

#include "support/meter_fixture.hpp"

namespace blondel {

TEST_CASE("access: the energy type decides which registers exist") {
  test::MeterFixture fixture(test::class_c_200_5("68535CC153010"));
  auto const access = fixture.meter.access();
  CHECK(access.read({RegisterId::active_energy_import}, Level::open).has_value());
  CHECK(access.read({RegisterId::active_energy_export}, Level::open).error().code ==
        ErrorCode::unknown_register);
  CHECK(access.read({RegisterId::reactive_energy_import}, Level::open).error().code ==
        ErrorCode::unknown_register);
}

TEST_CASE("access: calibration needs the unsealed state, whatever the level") {
  test::MeterFixture fixture;
  auto access = fixture.meter.access();
  Command write;
  write.kind = CommandKind::write_calibration;
  write.calibration = test::ideal_calibration;
  write.calibration.power_gain = 1;
  CHECK(access.execute(write, Level::operating).error().code == ErrorCode::forbidden);
  REQUIRE(access.execute(write, Level::factory).has_value());
  Command seal;
  seal.kind = CommandKind::seal;
  REQUIRE(access.execute(seal, Level::factory).has_value());
  write.calibration.power_gain = 2;
  CHECK(access.execute(write, Level::factory).error().code == ErrorCode::forbidden);
  CHECK(access.calibration_sums(0).error().code == ErrorCode::forbidden);
  CHECK(access.calibration(0)->power_gain == 1);
}

TEST_CASE("access: with the password the LED follows another energy, for 16 hours at most") {
  test::MeterFixture fixture;
  auto access = fixture.meter.access();
  Command command;
  command.kind = CommandKind::set_operation_mode;
  command.mode = OperationMode::r_plus;
  CHECK(access.execute(command, Level::open).error().code == ErrorCode::forbidden);
  REQUIRE(access.execute(command, Level::operating).has_value());
  CHECK(fixture.native(RegisterId::operation_mode) == 4);
  // 3 x 1 kW and 3 x 3.6 kvar for a second: 10 800 var.s are thirty pulses, 3000 W.s would be eight.
  fixture.run_second(1'000.0, 3'600.0);
  CHECK(fixture.meter.led_pulses() == 30);
  CHECK(fixture.meter.s0_pulses() == 4);  // stays with A+: 3000 J of 720 J
  auto const end = SimTime{} + SimDuration::seconds(16 * 3'600);
  fixture.meter.handle_deadline(end - SimDuration{1});
  CHECK(fixture.native(RegisterId::operation_mode) == 4);
  CHECK(fixture.meter.next_deadline() == end);
  fixture.meter.handle_deadline(end);
  CHECK(fixture.native(RegisterId::operation_mode) == 1);
  CHECK(fixture.meter.next_deadline() == SimTime::never());
  command.mode = OperationMode{6};
  CHECK(access.execute(command, Level::operating).error() == Error{ErrorCode::out_of_range, 6});
}

TEST_CASE("access: elements beyond the third are refused") {
  test::MeterFixture fixture;
  auto access = fixture.meter.access();
  Command write;
  write.kind = CommandKind::write_calibration;
  write.element = 3;
  CHECK(access.execute(write, Level::factory).error() == Error{ErrorCode::out_of_range, 3});
  CHECK(access.calibration_sums(3).error() == Error{ErrorCode::out_of_range, 3});
  CHECK(access.calibration_sums(-1).error() == Error{ErrorCode::out_of_range, -1});
  CHECK(access.calibration(3).error() == Error{ErrorCode::out_of_range, 3});
}

TEST_CASE("access: without supply nothing is read and no command is taken") {
  test::MeterFixture fixture;
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  auto access = fixture.meter.access();
  Command clear;
  clear.kind = CommandKind::clear_event_status;
  CHECK(access.read({RegisterId::serial_number}, Level::open).error().code == ErrorCode::meter_off);
  CHECK(access.execute(clear, Level::open).error().code == ErrorCode::meter_off);
}

TEST_CASE("access: the service measurement is what flowed since it was started") {
  test::MeterFixture fixture;
  fixture.run_second(575.0, 0.0);
  Command start;
  start.kind = CommandKind::start_calibration;
  REQUIRE(fixture.meter.access().execute(start, Level::factory).has_value());
  fixture.run_second(287.5, 100.0);
  fixture.run_second(287.5, 100.0);
  auto const sums = fixture.meter.access().calibration_sums(2);
  REQUIRE(sums.has_value());
  CHECK(sums->active_uj == 575'000'000);
  CHECK(sums->reactive_uvars == 200'000'000);
  CHECK(sums->span == SimDuration::seconds(2));
  CHECK(sums->u_mv == 230'000);
}

TEST_CASE("access: event status mirrors the reset bit until it is cleared") {
  test::MeterFixture fixture;
  // ES0 bit 0, and in ES2 bit 2: the status log holds a record of it.
  CHECK(fixture.meter.access().event_status() == 0x01000400);
  Command clear;
  clear.kind = CommandKind::clear_event_status;
  clear.unconditional_mask = 0x01000400;
  REQUIRE(fixture.meter.access().execute(clear, Level::open).has_value());
  CHECK(fixture.meter.access().event_status() == 0);
  CHECK(fixture.meter.access().type_code() == 0x7500);
}

}  // namespace blondel
