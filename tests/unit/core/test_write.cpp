#include <catch2/catch.hpp>

#include "support/log_reader.hpp"

namespace blondel {
namespace {

using test::log_rows;
using Rows = std::vector<test::LogRow>;

struct WriteFixture : test::MeterFixture {
  using MeterFixture::MeterFixture;

  Result<void> write(char const* name, std::int64_t native, Level level = Level::operating) {
    auto const* const row = find_by_name(name);
    REQUIRE(row != nullptr);
    return meter.access().write(row->id, Reading::number(row->unit, native), level);
  }
  /// Constant 1 kW a phase, in one increment.
  void run_minutes(std::int64_t minutes) {
    ElementIncrement increment;
    increment.span = SimDuration::seconds(60 * minutes);
    increment.frequency_mhz = 50'000;
    for (auto& share : increment.element) {
      share = {60'000'000'000 * minutes, 0, 60'000'000'000 * minutes, 230'000, 4'348'000};
    }
    now = now + increment.span;
    REQUIRE(meter.handle_increment(increment, now).has_value());
  }
  [[nodiscard]] Rows changes() const { return log_rows(meter, LogId::configuration); }
};

}  // namespace

TEST_CASE("write: a change is kept, counted and logged with its register, old and new value") {
  WriteFixture fixture;
  fixture.run_minutes(1);
  REQUIRE(fixture.write("meter_number_2", 77'777'777).has_value());
  CHECK(fixture.native(RegisterId::meter_number_2) == 77'777'777);
  REQUIRE(fixture.write("power_threshold", 50'000'000).has_value());
  REQUIRE(fixture.write("power_threshold", 50'000'000).has_value());  // no change
  CHECK(fixture.native(RegisterId::configuration_changes) == 2);
  CHECK(fixture.changes() == Rows{{60, 52, 22, 77'777'777}, {60, 1'039, 99'000, 50'000}});
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  CHECK(fixture.native(RegisterId::meter_number_2) == 77'777'777);
  CHECK(fixture.native(RegisterId::configuration_changes) == 2);
  CHECK(fixture.changes().size() == 2);
}

TEST_CASE(
    "write: without the password, without supply, between steps and beyond the range nothing is taken") {
  WriteFixture fixture;
  CHECK(fixture.write("meter_number_1", 5, Level::open).error() == Error{ErrorCode::forbidden, 51});
  CHECK(fixture.write("meter_number_1", 100'000'000).error() == Error{ErrorCode::out_of_range, 100'000'000});
  CHECK(fixture.write("power_threshold", 500).error() == Error{ErrorCode::out_of_range, 500});
  CHECK(fixture.write("serial_number", 5, Level::factory).error() == Error{ErrorCode::forbidden, 1'001});
  CHECK(fixture.write("voltage_limit_low", 253'000).error() == Error{ErrorCode::out_of_range, 253'000});
  CHECK(fixture.write("active_tariff", 2).error().code == ErrorCode::forbidden);  // disabled
  CHECK(fixture.meter.access()
            .write(RegisterId::voltage_limit_low, Reading::number(Unit::none, 210'000), Level::operating)
            .error()
            .code == ErrorCode::out_of_range);
  CHECK(fixture.changes().empty());
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  CHECK(fixture.write("meter_number_1", 5).error().code == ErrorCode::meter_off);
}

TEST_CASE("write: commands of their own leave the same trace") {
  WriteFixture fixture;
  Command limits;
  limits.kind = CommandKind::set_voltage_limits;
  limits.voltage_low_mv = 210'000;
  limits.voltage_high_mv = 253'000;
  limits.voltage_duration_s = 30;
  REQUIRE(fixture.meter.access().execute(limits, Level::operating).has_value());
  CHECK(fixture.changes() == Rows{{0, 1'212, 207, 210}, {0, 1'214, 600, 30}});
  auto setup = fixture.meter.access().display_setup();
  setup.manual = {};
  for (auto const legal : {RegisterId::active_energy_import, RegisterId::active_energy_export,
                           RegisterId::reactive_energy_import, RegisterId::reactive_energy_export}) {
    setup.manual.add({legal, 0});
  }
  REQUIRE(fixture.meter.access().set_display(setup, Level::operating).has_value());
  REQUIRE(fixture.changes().size() == 3);
  CHECK(fixture.changes()[2][1] == 1'202);
}

TEST_CASE("write: another integration period clears the load profile and interrupts the period") {
  WriteFixture fixture;
  fixture.run_minutes(20);  // 08:15 is recorded, a third of the next period has passed
  CHECK(fixture.meter.access().log_info(LogId::load_profile).record_count == 1);
  CHECK(fixture.native(RegisterId::max_active_power_import) == 120'000'000);
  REQUIRE(fixture.write("integration_period", 60).has_value());
  CHECK(fixture.meter.access().log_info(LogId::load_profile).record_count == 0);
  CHECK(log_rows(fixture.meter, LogId::load_profile_events) == Rows{{1'200, 5}});
  // E is the last digit of number 1: 2 becomes 4.
  CHECK(fixture.changes() == Rows{{1'200, 54, 11'000'162, 11'000'164}, {1'200, 199, 15, 60}});
  // 3 kW, times 40, over the five minutes that there were.
  CHECK(fixture.native(RegisterId::average_active_power_import) == 120'000'000);
  fixture.run_minutes(40);
  // 40 minutes of the hour that ends at nine: 80 kW on average, and no peak of a period that is none.
  CHECK(fixture.native(RegisterId::average_active_power_import) == 80'000'000);
  fixture.run_minutes(60);
  CHECK(fixture.native(RegisterId::average_active_power_import) == 120'000'000);
  auto const info = fixture.meter.access().log_info(LogId::load_profile);
  CHECK(info.oldest_id == 2);
  CHECK(info.newest_id == 3);
  CHECK(fixture.write("integration_period", 20).error() == Error{ErrorCode::out_of_range, 20});
}

TEST_CASE("write: before the first record another integration period is one event, too") {
  WriteFixture fixture;
  REQUIRE(fixture.write("integration_period", 5).has_value());
  fixture.run_minutes(10);
  CHECK(log_rows(fixture.meter, LogId::load_profile_events) == Rows{{0, 5}});
  auto const rows = log_rows(fixture.meter, LogId::load_profile);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0][1] == 256);  // the interval has changed
  CHECK(rows[1][1] == 0);
}

TEST_CASE("write: another base of the load profile clears it with event 2") {
  WriteFixture fixture;
  fixture.run_minutes(20);
  REQUIRE(fixture.write("load_profile_setup", 2).has_value());
  CHECK(fixture.meter.access().log_info(LogId::load_profile).record_count == 0);
  CHECK(log_rows(fixture.meter, LogId::load_profile_events) == Rows{{1'200, 2}});
  CHECK(fixture.native(RegisterId::configuration_4) == 102);
}

TEST_CASE("write: the digits of the configuration follow") {
  WriteFixture fixture;
  REQUIRE(fixture.write("summer_time_setup", 0).has_value());
  CHECK(fixture.native(RegisterId::configuration_4) == 1);
  REQUIRE(fixture.write("debiting_2_interval", 2).has_value());
  CHECK(fixture.native(RegisterId::configuration_5) == 4'013);
  REQUIRE(fixture.write("tariff_mode", 2).has_value());
  CHECK(fixture.native(RegisterId::configuration_4) == 200'001);
  CHECK(fixture.native(RegisterId::active_tariff) == 1);
  REQUIRE(fixture.write("active_tariff", 3).has_value());
  CHECK(fixture.native(RegisterId::active_tariff) == 3);
  CHECK(fixture.write("tariff_mode", 101).error() == Error{ErrorCode::out_of_range, 101});
}

TEST_CASE("write: analysis set-up in octets, of registers that are numbers") {
  WriteFixture fixture;
  auto const write = [&](std::vector<std::uint8_t> const& octets) {
    Reading reading;
    reading.kind = ReadingKind::octets;
    std::copy(octets.begin(), octets.end(), reading.octet_data.begin());
    reading.octet_count = static_cast<std::uint8_t>(octets.size());
    return fixture.meter.access().write(RegisterId::analysis_setup, reading, Level::operating);
  };
  REQUIRE(write({0, 7, 4, 0x1E}).has_value());  // 7 and 1054
  CHECK(fixture.meter.access().log_info(LogId::analysis).columns.count == 6);
  CHECK(write({0, 7, 4}).error() == Error{ErrorCode::bad_length, 3});
  CHECK(write({0, 7, 0, 0, 0, 8}).error() == Error{ErrorCode::unknown_register, 8});
  CHECK(write({0xFF, 0xFF}).error() == Error{ErrorCode::unknown_register, 65'535});
  CHECK(write({4, 0x66}).error() == Error{ErrorCode::unknown_register, 1'126});  // text
  REQUIRE(write({}).has_value());
  CHECK(fixture.meter.access().log_info(LogId::analysis).columns.count == 14);
  CHECK(fixture.native(RegisterId::configuration_changes) == 2);
}

TEST_CASE("write: a password that is wrong three times is not looked at for a minute") {
  WriteFixture fixture;
  REQUIRE(fixture.write("password", 1'234).has_value());
  CHECK(fixture.native(RegisterId::password) == 0);
  CHECK(fixture.changes() == Rows{{0, 1'180, 0, 0}});
  auto access = fixture.meter.access();
  CHECK(access.level_of(1'234) == Level::operating);
  for (int n = 0; n < 3; ++n) {
    CHECK(access.level_of(0).error().code == ErrorCode::forbidden);
  }
  CHECK(access.level_of(1'234).error().code == ErrorCode::forbidden);
  fixture.meter.advance(test::at_second(59));
  CHECK(access.level_of(1'234).error().code == ErrorCode::forbidden);
  fixture.meter.advance(test::at_second(60));
  CHECK(access.level_of(1'234) == Level::operating);
}

TEST_CASE("write: thresholds of data quality act, and its mask hides bits") {
  WriteFixture fixture;
  REQUIRE(fixture.write("quality_undervoltage", 240'000).has_value());
  fixture.run_minutes(15);
  REQUIRE(fixture.write("data_quality_mask", 0x6FF).has_value());
  fixture.run_minutes(15);
  auto const rows = log_rows(fixture.meter, LogId::load_profile);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0][2] == 256);
  CHECK(rows[1][2] == 0);
}

TEST_CASE("write: a relay is switched at once") {
  WriteFixture fixture{test::class_c_200_5(
      "68535CC453010", {"11000262", "42301011", "00001100", "00200101", "00004011"})};  // DD 26
  REQUIRE(fixture.write("load_1_active", 1).has_value());
  CHECK(fixture.native(RegisterId::load_1_active) == 1);
  REQUIRE(fixture.write("load_2_mode", 2).has_value());
  CHECK(fixture.native(RegisterId::load_2_delay_left) > 0);
  REQUIRE(fixture.write("load_2_mode", 0).has_value());
  CHECK(fixture.native(RegisterId::load_2_delay_left) == 0);
  REQUIRE(fixture.write("pulse_input", 123).has_value());
  CHECK(fixture.native(RegisterId::pulse_input) == 123);
  CHECK(fixture.changes() == Rows{{0, 1'229, 1, 2}, {0, 1'229, 2, 0}});
}

TEST_CASE("write: the pulse register rolls over after eight digits") {
  // DD 03: I/O 1 counts pulses of weight 1.
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000032", "42301011", "00001100", "00000101", "00004011"})};
  auto const unit = fixture.meter.access().read({RegisterId::pulse_input}, Level::open)->unit;
  REQUIRE(fixture.meter.access()
              .write(RegisterId::pulse_input, Reading::number(unit, 99'999'999), Level::operating)
              .has_value());
  for (int pulse = 0; pulse < 2; ++pulse) {
    for (bool const level : {true, false}) {
      fixture.now = fixture.now + SimDuration::seconds(1);
      REQUIRE(fixture.meter.set_input(0, level, fixture.now).has_value());
    }
  }
  fixture.meter.advance(fixture.now + SimDuration::seconds(20));
  CHECK(fixture.native(RegisterId::pulse_input) == 1);
}

TEST_CASE("write: another analysis interval begins its means anew") {
  // 2.5 A to 08:10, 1 A to the new interval's end at 08:15; ratio 40.
  test::MeterFixture fixture;
  for (int second = 0; second < 600; ++second) {
    fixture.run_second(575.0, 0.0);
  }
  REQUIRE(fixture.meter.access()
              .write(RegisterId::analysis_interval, Reading::number(Unit::none, 5), Level::operating)
              .has_value());
  for (int second = 0; second < 300; ++second) {
    fixture.run_second(230.0, 0.0, 230'000, 1'000'000);
  }
  CHECK(fixture.native(RegisterId::average_current_l1) == 40'000'000);
}

}  // namespace blondel
