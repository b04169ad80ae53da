#include <catch2/catch.hpp>

#include <string>

#include "support/meter_fixture.hpp"

namespace blondel {

TEST_CASE("catalogue: rows are found by KMP number, display id and name") {
  REQUIRE(find_by_kmp(1) != nullptr);
  CHECK(find_by_kmp(1)->id == RegisterId::active_energy_import);
  CHECK(find_by_kmp(1056)->id == RegisterId::voltage_l3);
  CHECK(find_by_kmp(0) == nullptr);
  CHECK(find_by_kmp(60) == nullptr);
  CHECK(find_by_short_obis("32.7.0")->id == RegisterId::voltage_l1);
  CHECK(find_by_short_obis("") == nullptr);
  CHECK(find_by_name("serial_number")->kmp.id == 1001);
  CHECK(find_by_name("nothing") == nullptr);
}

TEST_CASE("catalogue: a row stands at its own index") {
  for (auto const& row : catalogue()) {
    CHECK(&definition(row.id) == &row);
  }
}

TEST_CASE("scaling: counters are truncated and momentary values rounded, once, to the row's resolution") {
  // 69.034999 kWh in mJ: 248 525 996 400
  auto const reading = Reading::number(Unit::watt_hour, 248'525'996'400);
  auto const& row = definition(RegisterId::active_energy_import);
  CHECK(scale(reading, row, 1).value == 69);
  CHECK(scale(reading, row, 1).exponent == 0);
  CHECK(scale(reading, row, 2).value == 690);
  CHECK(scale(reading, row, 2).exponent == -1);
  CHECK(scale(reading, row, 3).value == 6'903);
  auto const& fine = definition(RegisterId::active_energy_import_verification);
  CHECK(scale(reading, fine, 1).value == 690'349);
  CHECK(scale(reading, fine, 1).exponent == -4);
  auto const& power = definition(RegisterId::active_power_import);
  CHECK(scale(Reading::number(Unit::watt, -1'999), power, 1).value == -2);
  CHECK(scale(Reading::number(Unit::watt, 1'499), power, 1).value == 1);
  auto const& voltage = definition(RegisterId::voltage_l1);
  CHECK(scale(Reading::number(Unit::volt, 229'500), voltage, 1).value == 230);
  CHECK(scale(Reading::number(Unit::volt, 229'499), voltage, 1).value == 229);
  CHECK(scale(Reading::number(Unit::ampere, 2'509'999), definition(RegisterId::current_l1), 1).value == 251);
  CHECK(scale(Reading::number(Unit::hour, 7'199), definition(RegisterId::hour_counter), 1).value == 1);
}

TEST_CASE("catalogue: type and identification read as the maker's examples") {
  test::MeterFixture fixture;
  CHECK(fixture.native(RegisterId::type_and_revision) == 75'000'801);
  CHECK(fixture.native(RegisterId::configuration_1) == 11'000'162);
  CHECK(fixture.native(RegisterId::ct_ratio) == 40);
  auto const type = fixture.meter.access().read({RegisterId::type_number}, Level::open);
  REQUIRE(type.has_value());
  CHECK(std::string(type->octets().begin(), type->octets().end()) == "68535CC453010");
}

TEST_CASE("power factor: P over S, negative for export, zero without load") {
  test::MeterFixture fixture;
  fixture.run_second(-287.5, 0.0);
  CHECK(fixture.native(RegisterId::power_factor_l1) == -500'000);
  CHECK(fixture.native(RegisterId::power_factor_total) == -500'000);
  test::MeterFixture idle;
  CHECK(idle.native(RegisterId::power_factor_l1) == 0);
}

}  // namespace blondel
