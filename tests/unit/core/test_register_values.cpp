#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

/// One second in which no two phases agree. @units W, var and VA for uJ, mV, uA
ElementIncrement one_second() {
  ElementIncrement increment;
  increment.span = SimDuration::seconds(1);
  increment.frequency_mhz = 50'000;
  increment.element[0] = {200'000'000, 100'000'000, 240'000'000, 231'000, 1'000'000};
  increment.element[1] = {-300'000'000, 50'000'000, 310'000'000, 232'000, 1'500'000};
  increment.element[2] = {400'000'000, -80'000'000, 420'000'000, 233'000, 2'000'000};
  return increment;
}

using Row = std::pair<char const*, std::int64_t>;

/// By hand: each phase's sign decides, so A+ = 200 + 400, A- = 300, R+ = 100 + 50, R- = 80, R1 = 100 of L1,
/// R4 = 80 of L3, S+ = 240 + 420, S- = 310; primary 40 times that. @units mJ, mW, mV, uA, millionths
std::vector<Row> const expected{
    {"active_energy_import", 24'000'000},
    {"active_energy_export", 12'000'000},
    {"reactive_energy_import", 6'000'000},
    {"reactive_energy_export", 3'200'000},
    {"reactive_energy_q1", 4'000'000},
    {"reactive_energy_q4", 3'200'000},
    {"active_energy_import_secondary", 600'000},
    {"active_energy_export_secondary", 300'000},
    {"reactive_energy_import_secondary", 150'000},
    {"reactive_energy_export_secondary", 80'000},
    {"reactive_energy_q1_secondary", 100'000},
    {"reactive_energy_q4_secondary", 80'000},
    {"active_energy_import_verification", 600'000},
    {"active_energy_export_verification", 300'000},
    {"reactive_energy_import_verification", 150'000},
    {"reactive_energy_export_verification", 80'000},
    {"active_energy_absolute", 36'000'000},
    {"apparent_energy_import", 26'400'000},
    {"apparent_energy_export", 12'400'000},
    {"active_power_import", 24'000'000},
    {"active_power_export", 12'000'000},
    {"reactive_power_import", 6'000'000},
    {"reactive_power_export", 3'200'000},
    {"apparent_power_import", 26'400'000},
    {"apparent_power_export", 12'400'000},
    {"voltage_l1", 231'000},
    {"voltage_l2", 232'000},
    {"voltage_l3", 233'000},
    {"current_l1", 40'000'000},
    {"current_l2", 60'000'000},
    {"current_l3", 80'000'000},
    {"active_power_import_l1", 8'000'000},
    {"active_power_import_l2", 0},
    {"active_power_import_l3", 16'000'000},
    {"active_power_export_l1", 0},
    {"active_power_export_l2", 12'000'000},
    {"active_power_export_l3", 0},
    {"reactive_power_import_l1", 4'000'000},
    {"reactive_power_import_l2", 2'000'000},
    {"reactive_power_import_l3", 0},
    {"reactive_power_export_l1", 0},
    {"reactive_power_export_l2", 0},
    {"reactive_power_export_l3", 3'200'000},
    {"apparent_power_import_l1", 9'600'000},
    {"apparent_power_import_l2", 0},
    {"apparent_power_import_l3", 16'800'000},
    {"apparent_power_export_l1", 0},
    {"apparent_power_export_l2", 12'400'000},
    {"apparent_power_export_l3", 0},
    {"power_factor_l1", 833'333},     // 200 / 240
    {"power_factor_l2", -967'741},    // -300 / 310
    {"power_factor_l3", 952'380},     // 400 / 420
    {"power_factor_total", 309'278},  // (200 - 300 + 400) / (240 + 310 + 420)
    {"quadrant", 1},                  // 200 - 300 + 400 W and 100 + 50 - 80 var
    {"direction_l1", 1},
    {"direction_l2", -1},
    {"direction_l3", 1},
    {"frequency", 50'000},
    // No integration period has ended, tariffs are disabled, nothing was reset.
    {"average_active_power_import", 0},
    {"average_active_power_export", 0},
    {"average_reactive_power_import", 0},
    {"average_reactive_power_export", 0},
    {"average_apparent_power_import", 0},
    {"average_apparent_power_export", 0},
    {"max_active_power_import", 0},
    {"max_active_power_export", 0},
    {"max_reactive_power_import", 0},
    {"max_reactive_power_export", 0},
    {"max_apparent_power_import", 0},
    {"max_apparent_power_export", 0},
    {"max_active_power_import_time", 0},
    {"max_active_power_import_date", 0},
    {"max_reactive_power_import_time", 0},
    {"max_reactive_power_import_date", 0},
    {"max_active_power_import_t1", 0},
    {"max_active_power_import_t1_time", 0},
    {"max_active_power_import_t1_date", 0},
    {"max_active_power_import_t2", 0},
    {"max_active_power_import_t2_time", 0},
    {"max_active_power_import_t2_date", 0},
    {"max_reactive_power_import_t1", 0},
    {"max_reactive_power_import_t1_time", 0},
    {"max_reactive_power_import_t1_date", 0},
    {"max_reactive_power_import_t2", 0},
    {"max_reactive_power_import_t2_time", 0},
    {"max_reactive_power_import_t2_date", 0},
    {"accumulated_max_active_power_import", 0},
    {"accumulated_max_active_power_export", 0},
    {"accumulated_max_reactive_power_import", 0},
    {"accumulated_max_reactive_power_export", 0},
    {"accumulated_max_active_power_import_t1", 0},
    {"accumulated_max_active_power_import_t2", 0},
    {"day_max_active_power_import", 0},
    {"day_max_active_power_import_time", 0},
    {"day_max_active_power_import_date", 0},
    {"day_min_active_power_import", 0},
    {"day_min_active_power_import_time", 0},
    {"day_min_active_power_import_date", 0},
    {"debiting_count", 0},
    {"power_threshold", 99'000'000},
    {"power_threshold_count", 0},
    {"average_voltage_l1", 0},
    {"average_voltage_l2", 0},
    {"average_voltage_l3", 0},
    {"average_current_l1", 0},
    {"average_current_l2", 0},
    {"average_current_l3", 0},
    {"active_energy_import_t1", 0},
    {"active_energy_export_t1", 0},
    {"reactive_energy_import_t1", 0},
    {"reactive_energy_export_t1", 0},
    {"active_energy_import_t2", 0},
    {"active_energy_export_t2", 0},
    {"reactive_energy_import_t2", 0},
    {"reactive_energy_export_t2", 0},
    {"active_energy_import_t3", 0},
    {"active_energy_export_t3", 0},
    {"reactive_energy_import_t3", 0},
    {"reactive_energy_export_t3", 0},
    {"active_energy_import_t4", 0},
    {"active_energy_export_t4", 0},
    {"reactive_energy_import_t4", 0},
    {"reactive_energy_export_t4", 0},
    {"active_energy_import_t1_secondary", 0},
    {"active_energy_export_t1_secondary", 0},
    {"reactive_energy_import_t1_secondary", 0},
    {"reactive_energy_export_t1_secondary", 0},
    {"active_energy_import_t2_secondary", 0},
    {"active_energy_export_t2_secondary", 0},
    {"reactive_energy_import_t2_secondary", 0},
    {"reactive_energy_export_t2_secondary", 0},
    {"active_energy_import_t3_secondary", 0},
    {"active_energy_export_t3_secondary", 0},
    {"reactive_energy_import_t3_secondary", 0},
    {"reactive_energy_export_t3_secondary", 0},
    {"active_energy_import_t4_secondary", 0},
    {"active_energy_export_t4_secondary", 0},
    {"reactive_energy_import_t4_secondary", 0},
    {"reactive_energy_export_t4_secondary", 0},
    {"trip_active_energy_import", 24'000'000},
    {"trip_active_energy_export", 12'000'000},
    {"active_tariff", 0},
    {"pulse_input", 0},
    {"pulse_input_level", 0},
    {"load_1_active", 0},
    {"load_2_active", 0},
    {"load_1_mode", 1},
    {"load_2_mode", 1},
    {"load_1_tariffs", 2},
    {"load_2_tariffs", 2},
    {"load_delay", 3600},
    {"working_days", 63},
    {"load_1_delay_left", 0},
    {"load_2_delay_left", 0},
    {"clock", 80'001},
    {"date", 260'302},
    {"hour_counter", 1},  // s
    {"meter_status", 1},  // the reset of the power-up
    {"operation_mode", 1},
    {"serial_number", 12'345'678},
    {"meter_number_1", 11},
    {"meter_number_2", 22},
    {"meter_number_3", 33},
    {"configuration_1", 11'000'162},
    {"configuration_2", 42'301'011},
    {"configuration_3", 1'100},
    {"configuration_4", 101},
    {"configuration_5", 4'011},
    {"type_and_revision", 75'000'801},
    {"ct_ratio", 40},
    {"ct_ratio_before", 40},  // never changed
    {"ct_ratio_denominator", 1},
    {"ct_ratio_lock", 0},
    {"event_status_a", 0x40001},  // the reset, and its record in the status log
    {"event_mask_a", 0xFFFF'FFFF},
    {"event_status_b", 1 << 25},
    {"event_mask_b_rising", 0xF8F8'FFFF},
    {"event_mask_b_falling", 0xF8F8'FFFF},
    {"voltage_min_l1", 231'000},
    {"voltage_min_l2", 232'000},
    {"voltage_min_l3", 233'000},
    {"voltage_max_l1", 231'000},
    {"voltage_max_l2", 232'000},
    {"voltage_max_l3", 233'000},
    {"voltage_extreme", 0},
    {"voltage_event", 0},
    {"voltage_limit_low", 207'000},
    {"voltage_limit_high", 253'000},
    {"voltage_event_duration", 600},
    {"neutral_fault", 0},
    {"special_data_1", 0},
    {"special_data_2", 0},
    {"integration_period", 15},
    {"configuration_changes", 0},
    {"debiting_2_interval", 0},
    {"password", 0},
    {"analysis_interval", 15},
    {"load_profile_setup", 1},
    {"summer_time_setup", 1},
    {"data_quality_mask", 0x7FF},
    {"neutral_fault_high", 253'000},
    {"neutral_fault_low", 190'000},
    {"neutral_fault_duration", 60},
    {"bus_address", 0},
    {"kmp_address", 0},
    {"tariff_mode", 0},
    {"log_fill", 1},
    {"quality_outage", 180},
    {"quality_overvoltage", 265'000},
    {"quality_undervoltage", 184'000},
};

}  // namespace

TEST_CASE("registers: each row reads its own quantity of its own phase") {
  test::MeterFixture fixture;
  fixture.now = fixture.now + SimDuration::seconds(1);
  REQUIRE(fixture.meter.handle_increment(one_second(), fixture.now).has_value());
  std::set<std::string> named{"rtc", "type_number", "type_number_short", "analysis_setup"};  // no numbers
  for (auto const& row : catalogue()) {
    if (row.unit == Unit::rtc) {
      named.emplace(row.name);
    }
  }
  for (auto const& [name, value] : expected) {
    CAPTURE(name);
    named.insert(name);
    auto const* const row = find_by_name(name);
    REQUIRE(row != nullptr);
    CHECK(fixture.native(row->id) == value);
  }
  for (auto const& row : catalogue()) {
    CAPTURE(row.name);
    CHECK(named.count(std::string{row.name}) == 1);
  }
}

TEST_CASE("registers: the type number is read whole and in its first ten characters") {
  test::MeterFixture fixture;
  auto text = [&](RegisterId id) {
    auto const reading = fixture.meter.access().read({id}, Level::open);
    REQUIRE(reading.has_value());
    return std::string(reading->octets().begin(), reading->octets().end());
  };
  CHECK(text(RegisterId::type_number) == "68535CC453010");
  CHECK(text(RegisterId::type_number_short) == "68535CC453");
}

TEST_CASE("registers: the analysis set-up lists the default set by KMP numbers") {
  test::MeterFixture fixture;
  auto const reading = fixture.meter.access().read({RegisterId::analysis_setup}, Level::open);
  REQUIRE(reading.has_value());
  // 35 to 38, and 1215 to 1220 = 04BF to 04C4; the rest of 32 octets is zero.
  std::vector<std::uint8_t> const expected_octets{
      0, 35,   0, 36,   0, 37,   0, 38,   4, 0xBF, 4, 0xC0, 4, 0xC1, 4, 0xC2,
      4, 0xC3, 4, 0xC4, 0, 0,    0, 0,    0, 0,    0, 0,    0, 0,    0, 0};
  CHECK(std::vector<std::uint8_t>(reading->octets().begin(), reading->octets().end()) == expected_octets);
}

}  // namespace blondel
