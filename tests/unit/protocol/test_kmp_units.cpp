#include <catch2/catch.hpp>

#include "protocol/kmp/kmp_units.hpp"

using namespace blondel;

// Codes from device.md K3.
TEST_CASE("kmp: units with prefix have the documented codes") {
  struct Row {
    char const* name;
    Unit unit;
    int prefix;
    int code;
    int shift;
  };
  auto const row = GENERATE(values<Row>({
      {"Wh", Unit::watt_hour, 0, 1, 0},
      {"kWh", Unit::watt_hour, 3, 2, 0},
      {"GWh", Unit::watt_hour, 9, 4, 0},
      {"kvarh", Unit::var_hour, 3, 14, 0},
      {"kVAh", Unit::volt_ampere_hour, 3, 18, 0},
      {"kW", Unit::watt, 3, 22, 0},
      {"kvar", Unit::var, 3, 26, 0},
      {"kVA", Unit::volt_ampere, 3, 30, 0},
      {"V", Unit::volt, 0, 33, 0},
      {"kV", Unit::volt, 3, 35, 0},
      {"A", Unit::ampere, 0, 34, 0},
      {"kA", Unit::ampere, 3, 36, 0},
      {"h", Unit::hour, 0, 46, 0},
      {"clock", Unit::local_clock, 0, 47, 0},
      {"date", Unit::local_date, 0, 48, 0},
      {"number", Unit::none, 0, 51, 0},
      {"status bits", Unit::bits, 0, 51, 0},
      {"power factor", Unit::power_factor, 0, 51, 0},
      {"RTC", Unit::rtc, 0, 53, 0},
      {"ASCII", Unit::text, 0, 54, 0},
      {"Hz", Unit::hertz, 0, 67, 0},
      {"mV, which has no code", Unit::volt, -3, 33, -3},
      {"hWh, which has no code", Unit::watt_hour, 2, 1, 2},
  }));
  INFO(row.name);
  auto const unit = kmp_unit(row.unit, static_cast<std::int8_t>(row.prefix));
  CHECK(unit.code == row.code);
  CHECK(unit.exponent_shift == row.shift);
}

TEST_CASE("kmp: unit texts stand at their codes") {
  CHECK(kmp_unit_text(2) == "kWh");
  CHECK(kmp_unit_text(14) == "kvarh");
  CHECK(kmp_unit_text(22) == "kW");
  CHECK(kmp_unit_text(33) == "V");
  CHECK(kmp_unit_text(46) == "h");
  CHECK(kmp_unit_text(51).empty());
  CHECK(kmp_unit_text(60) == "s");
  CHECK(kmp_unit_text(67) == "Hz");
  CHECK(kmp_unit_text(72) == "KamDateTime");
  CHECK(kmp_unit_text(79) == "DST datetime");
  CHECK(kmp_unit_text(80).empty());
  CHECK(kmp_unit_text(255).empty());
}
