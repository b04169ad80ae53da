#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

#include "support/glass_reader.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

/// How a number stands on the glass. @source device.md B8
enum class Form : std::uint8_t {
  primary,       ///< 7.1, as digit A is 2 here
  secondary,     ///< 5.2
  verification,  ///< 3.4
  power,         ///< as many digits as it has, and three
  volt,
  tenth_volt,
  ampere,  ///< two decimals
  hertz,   ///< two decimals
  factor,  ///< three decimals
  hour,
  clock,
  date,
  stamp,
  bits,
  number  ///< eight digits
};

struct Row {
  char const* name;
  char const* id;
  char const* tag;
  Form form;
  char const* unit;
};

/// Every row that the glass has a tag for. Ids and tags up to "CTR" and "PTH/CNT" are those of the sister
/// meter's table, the rest ours by analogy (docs/fidelity.md).
std::vector<Row> const labelled{
    {"active_energy_import", "1.8.0", "A+", Form::primary, "kWh"},
    {"active_energy_export", "2.8.0", "A-", Form::primary, "kWh"},
    {"reactive_energy_import", "3.8.0", "R+", Form::primary, "kvarh"},
    {"reactive_energy_export", "4.8.0", "R-", Form::primary, "kvarh"},
    {"reactive_energy_q1", "5.8.0", "R1", Form::primary, "kvarh"},
    {"reactive_energy_q4", "8.8.0", "R4", Form::primary, "kvarh"},
    {"active_energy_import_secondary", "1.8.0", "A+ S", Form::secondary, "kWh"},
    {"active_energy_export_secondary", "2.8.0", "A- S", Form::secondary, "kWh"},
    {"reactive_energy_import_secondary", "3.8.0", "R+ S", Form::secondary, "kvarh"},
    {"reactive_energy_export_secondary", "4.8.0", "R- S", Form::secondary, "kvarh"},
    {"reactive_energy_q1_secondary", "5.8.0", "R1 S", Form::secondary, "kvarh"},
    {"reactive_energy_q4_secondary", "8.8.0", "R4 S", Form::secondary, "kvarh"},
    {"active_energy_import_verification", "1.8.0", "A+ H", Form::verification, "kWh"},
    {"active_energy_export_verification", "2.8.0", "A- H", Form::verification, "kWh"},
    {"reactive_energy_import_verification", "3.8.0", "R+ H", Form::verification, "kvarh"},
    {"reactive_energy_export_verification", "4.8.0", "R- H", Form::verification, "kvarh"},
    {"active_energy_absolute", "15.8.0", "A1234", Form::primary, "kWh"},
    {"apparent_energy_import", "9.8.0", "E14", Form::primary, "kVAh"},
    {"apparent_energy_export", "10.8.0", "E23", Form::primary, "kVAh"},
    {"active_energy_import_t1", "1.8.1", "A+/T1", Form::primary, "kWh"},
    {"active_energy_export_t1", "2.8.1", "A-/T1", Form::primary, "kWh"},
    {"reactive_energy_import_t1", "3.8.1", "R+/T1", Form::primary, "kvarh"},
    {"reactive_energy_export_t1", "4.8.1", "R-/T1", Form::primary, "kvarh"},
    {"active_energy_import_t2", "1.8.2", "A+/T2", Form::primary, "kWh"},
    {"active_energy_export_t2", "2.8.2", "A-/T2", Form::primary, "kWh"},
    {"reactive_energy_import_t2", "3.8.2", "R+/T2", Form::primary, "kvarh"},
    {"reactive_energy_export_t2", "4.8.2", "R-/T2", Form::primary, "kvarh"},
    {"active_energy_import_t3", "1.8.3", "A+/T3", Form::primary, "kWh"},
    {"active_energy_export_t3", "2.8.3", "A-/T3", Form::primary, "kWh"},
    {"reactive_energy_import_t3", "3.8.3", "R+/T3", Form::primary, "kvarh"},
    {"reactive_energy_export_t3", "4.8.3", "R-/T3", Form::primary, "kvarh"},
    {"active_energy_import_t4", "1.8.4", "A+/T4", Form::primary, "kWh"},
    {"active_energy_export_t4", "2.8.4", "A-/T4", Form::primary, "kWh"},
    {"reactive_energy_import_t4", "3.8.4", "R+/T4", Form::primary, "kvarh"},
    {"reactive_energy_export_t4", "4.8.4", "R-/T4", Form::primary, "kvarh"},
    {"active_energy_import_t1_secondary", "1.8.1", "A+ S/T1", Form::secondary, "kWh"},
    {"active_energy_export_t1_secondary", "2.8.1", "A- S/T1", Form::secondary, "kWh"},
    {"reactive_energy_import_t1_secondary", "3.8.1", "R+ S/T1", Form::secondary, "kvarh"},
    {"reactive_energy_export_t1_secondary", "4.8.1", "R- S/T1", Form::secondary, "kvarh"},
    {"active_energy_import_t2_secondary", "1.8.2", "A+ S/T2", Form::secondary, "kWh"},
    {"active_energy_export_t2_secondary", "2.8.2", "A- S/T2", Form::secondary, "kWh"},
    {"reactive_energy_import_t2_secondary", "3.8.2", "R+ S/T2", Form::secondary, "kvarh"},
    {"reactive_energy_export_t2_secondary", "4.8.2", "R- S/T2", Form::secondary, "kvarh"},
    {"active_energy_import_t3_secondary", "1.8.3", "A+ S/T3", Form::secondary, "kWh"},
    {"active_energy_export_t3_secondary", "2.8.3", "A- S/T3", Form::secondary, "kWh"},
    {"reactive_energy_import_t3_secondary", "3.8.3", "R+ S/T3", Form::secondary, "kvarh"},
    {"reactive_energy_export_t3_secondary", "4.8.3", "R- S/T3", Form::secondary, "kvarh"},
    {"active_energy_import_t4_secondary", "1.8.4", "A+ S/T4", Form::secondary, "kWh"},
    {"active_energy_export_t4_secondary", "2.8.4", "A- S/T4", Form::secondary, "kWh"},
    {"reactive_energy_import_t4_secondary", "3.8.4", "R+ S/T4", Form::secondary, "kvarh"},
    {"reactive_energy_export_t4_secondary", "4.8.4", "R- S/T4", Form::secondary, "kvarh"},
    {"trip_active_energy_import", "1.128.0", "TRIP", Form::primary, "kWh"},
    {"trip_active_energy_export", "2.128.0", "TRIP", Form::primary, "kWh"},
    {"active_tariff", "129.0.0", "TARIFF", Form::number, ""},
    {"active_power_import", "1.7.0", "P+", Form::power, "kW"},
    {"active_power_export", "2.7.0", "P-", Form::power, "kW"},
    {"reactive_power_import", "3.7.0", "Q+", Form::power, "kvar"},
    {"reactive_power_export", "4.7.0", "Q-", Form::power, "kvar"},
    {"apparent_power_import", "9.7.0", "S+", Form::power, "kVA"},
    {"apparent_power_export", "10.7.0", "S-", Form::power, "kVA"},
    {"voltage_l1", "32.7.0", "U-L1", Form::volt, "V"},
    {"voltage_l2", "52.7.0", "U-L2", Form::volt, "V"},
    {"voltage_l3", "72.7.0", "U-L3", Form::volt, "V"},
    {"current_l1", "31.7.0", "I-L1", Form::ampere, "A"},
    {"current_l2", "51.7.0", "I-L2", Form::ampere, "A"},
    {"current_l3", "71.7.0", "I-L3", Form::ampere, "A"},
    {"active_power_import_l1", "21.7.0", "P+/L1", Form::power, "kW"},
    {"active_power_import_l2", "41.7.0", "P+/L2", Form::power, "kW"},
    {"active_power_import_l3", "61.7.0", "P+/L3", Form::power, "kW"},
    {"active_power_export_l1", "22.7.0", "P-/L1", Form::power, "kW"},
    {"active_power_export_l2", "42.7.0", "P-/L2", Form::power, "kW"},
    {"active_power_export_l3", "62.7.0", "P-/L3", Form::power, "kW"},
    {"reactive_power_import_l1", "23.7.0", "Q+/L1", Form::power, "kvar"},
    {"reactive_power_import_l2", "43.7.0", "Q+/L2", Form::power, "kvar"},
    {"reactive_power_import_l3", "63.7.0", "Q+/L3", Form::power, "kvar"},
    {"reactive_power_export_l1", "24.7.0", "Q-/L1", Form::power, "kvar"},
    {"reactive_power_export_l2", "44.7.0", "Q-/L2", Form::power, "kvar"},
    {"reactive_power_export_l3", "64.7.0", "Q-/L3", Form::power, "kvar"},
    {"apparent_power_import_l1", "29.7.0", "S+/L1", Form::power, "kVA"},
    {"apparent_power_import_l2", "49.7.0", "S+/L2", Form::power, "kVA"},
    {"apparent_power_import_l3", "69.7.0", "S+/L3", Form::power, "kVA"},
    {"apparent_power_export_l1", "30.7.0", "S-/L1", Form::power, "kVA"},
    {"apparent_power_export_l2", "50.7.0", "S-/L2", Form::power, "kVA"},
    {"apparent_power_export_l3", "70.7.0", "S-/L3", Form::power, "kVA"},
    {"power_factor_l1", "33.7.0", "PF-1", Form::factor, ""},
    {"power_factor_l2", "53.7.0", "PF-2", Form::factor, ""},
    {"power_factor_l3", "73.7.0", "PF-3", Form::factor, ""},
    {"power_factor_total", "13.7.0", "PF", Form::factor, ""},
    {"average_active_power_import", "1.25.0", "P+/AVG", Form::power, "kW"},
    {"average_active_power_export", "2.25.0", "P-/AVG", Form::power, "kW"},
    {"average_reactive_power_import", "3.25.0", "Q+/AVG", Form::power, "kvar"},
    {"average_reactive_power_export", "4.25.0", "Q-/AVG", Form::power, "kvar"},
    {"average_apparent_power_import", "9.25.0", "S+/AVG", Form::power, "kVA"},
    {"average_apparent_power_export", "10.25.0", "S-/AVG", Form::power, "kVA"},
    {"max_active_power_import", "1.6.0", "P+M", Form::power, "kW"},
    {"max_active_power_export", "2.6.0", "P-M", Form::power, "kW"},
    {"max_reactive_power_import", "3.6.0", "Q+M", Form::power, "kvar"},
    {"max_reactive_power_export", "4.6.0", "Q-M", Form::power, "kvar"},
    {"max_apparent_power_import", "9.6.0", "S+M", Form::power, "kVA"},
    {"max_apparent_power_export", "10.6.0", "S-M", Form::power, "kVA"},
    {"max_active_power_import_time", "1.6.0", "TIME", Form::clock, ""},
    {"max_active_power_import_date", "1.6.0", "DATE", Form::date, ""},
    {"max_active_power_import_rtc", "1.6.0", "", Form::stamp, ""},
    {"max_reactive_power_import_time", "3.6.0", "TIME", Form::clock, ""},
    {"max_reactive_power_import_date", "3.6.0", "DATE", Form::date, ""},
    {"max_reactive_power_import_rtc", "3.6.0", "", Form::stamp, ""},
    {"max_apparent_power_import_rtc", "9.6.0", "", Form::stamp, ""},
    {"max_apparent_power_export_rtc", "10.6.0", "", Form::stamp, ""},
    {"max_active_power_import_t1", "1.6.1", "P+M/T1", Form::power, "kW"},
    {"max_active_power_import_t1_time", "1.6.1", "TIME", Form::clock, ""},
    {"max_active_power_import_t1_date", "1.6.1", "DATE", Form::date, ""},
    {"max_active_power_import_t1_rtc", "1.6.1", "", Form::stamp, ""},
    {"max_active_power_import_t2", "1.6.2", "P+M/T2", Form::power, "kW"},
    {"max_active_power_import_t2_time", "1.6.2", "TIME", Form::clock, ""},
    {"max_active_power_import_t2_date", "1.6.2", "DATE", Form::date, ""},
    {"max_active_power_import_t2_rtc", "1.6.2", "", Form::stamp, ""},
    {"max_reactive_power_import_t1", "3.6.1", "Q+M/T1", Form::power, "kvar"},
    {"max_reactive_power_import_t1_time", "3.6.1", "TIME", Form::clock, ""},
    {"max_reactive_power_import_t1_date", "3.6.1", "DATE", Form::date, ""},
    {"max_reactive_power_import_t1_rtc", "3.6.1", "", Form::stamp, ""},
    {"max_reactive_power_import_t2", "3.6.2", "Q+M/T2", Form::power, "kvar"},
    {"max_reactive_power_import_t2_time", "3.6.2", "TIME", Form::clock, ""},
    {"max_reactive_power_import_t2_date", "3.6.2", "DATE", Form::date, ""},
    {"max_reactive_power_import_t2_rtc", "3.6.2", "", Form::stamp, ""},
    {"accumulated_max_active_power_import", "1.2.0", "P+M/ACC", Form::power, "kW"},
    {"accumulated_max_active_power_export", "2.2.0", "P-M/ACC", Form::power, "kW"},
    {"accumulated_max_reactive_power_import", "3.2.0", "Q+M/ACC", Form::power, "kvar"},
    {"accumulated_max_reactive_power_export", "4.2.0", "Q-M/ACC", Form::power, "kvar"},
    {"accumulated_max_active_power_import_t1", "1.2.1", "P+M1/ACC", Form::power, "kW"},
    {"accumulated_max_active_power_import_t2", "1.2.2", "P+M2/ACC", Form::power, "kW"},
    {"day_max_active_power_import", "1.16.0", "MAX", Form::power, "kW"},
    {"day_max_active_power_import_time", "1.16.0", "TIME", Form::clock, ""},
    {"day_max_active_power_import_date", "1.16.0", "DATE", Form::date, ""},
    {"day_max_active_power_import_rtc", "1.16.0", "", Form::stamp, ""},
    {"day_min_active_power_import", "1.13.0", "MIN", Form::power, "kW"},
    {"day_min_active_power_import_time", "1.13.0", "TIME", Form::clock, ""},
    {"day_min_active_power_import_date", "1.13.0", "DATE", Form::date, ""},
    {"day_min_active_power_import_rtc", "1.13.0", "", Form::stamp, ""},
    {"debiting_count", "0.1.0", "RST", Form::number, ""},
    {"power_threshold", "96.51.1", "PTH", Form::power, "kW"},
    {"power_threshold_count", "96.51.2", "PTH/CNT", Form::number, ""},
    {"average_voltage_l1", "32.25.0", "U-L1/AVG", Form::volt, "V"},
    {"average_voltage_l2", "52.25.0", "U-L2/AVG", Form::volt, "V"},
    {"average_voltage_l3", "72.25.0", "U-L3/AVG", Form::volt, "V"},
    {"average_current_l1", "31.25.0", "I-L1/AVG", Form::ampere, "A"},
    {"average_current_l2", "51.25.0", "I-L2/AVG", Form::ampere, "A"},
    {"average_current_l3", "71.25.0", "I-L3/AVG", Form::ampere, "A"},
    {"frequency", "14.7.0", "FREQ", Form::hertz, "Hz"},
    {"clock", "1.0.0", "TIME", Form::clock, ""},
    {"date", "1.0.0", "DATE", Form::date, ""},
    {"hour_counter", "96.8.0", "HRS", Form::hour, "h"},
    {"voltage_min_l1", "32.3.0", "U-L1/MIN", Form::tenth_volt, "V"},
    {"voltage_min_l2", "52.3.0", "U-L2/MIN", Form::tenth_volt, "V"},
    {"voltage_min_l3", "72.3.0", "U-L3/MIN", Form::tenth_volt, "V"},
    {"voltage_max_l1", "32.6.0", "U-L1/MAX", Form::tenth_volt, "V"},
    {"voltage_max_l2", "52.6.0", "U-L2/MAX", Form::tenth_volt, "V"},
    {"voltage_max_l3", "72.6.0", "U-L3/MAX", Form::tenth_volt, "V"},
    {"meter_status", "97.97.0", "INFO", Form::bits, ""},
    {"operation_mode", "96.5.1", "MODE", Form::number, ""},
    {"serial_number", "96.1.0", "SER/NUM", Form::number, ""},
    {"meter_number_1", "0.0.1", "NUM/1", Form::number, ""},
    {"meter_number_2", "0.0.2", "NUM/2", Form::number, ""},
    {"meter_number_3", "0.0.3", "NUM/3", Form::number, ""},
    {"configuration_1", "0.129.1", "CONF 1", Form::number, ""},
    {"configuration_2", "0.129.2", "CONF 2", Form::number, ""},
    {"configuration_3", "0.129.3", "CONF 3", Form::number, ""},
    {"configuration_4", "0.129.4", "CONF 4", Form::number, ""},
    {"configuration_5", "0.129.5", "CONF 5", Form::number, ""},
    {"type_and_revision", "0.2.1", "TYPE", Form::number, ""},
    {"pulse_input", "", "PULSE", Form::number, ""},
    {"ct_ratio", "0.4.2", "CTR", Form::number, ""},
    {"special_data_1", "0.130.1", "SPC/1", Form::number, ""},
    {"special_data_2", "0.130.2", "SPC/2", Form::number, ""},
};

/// A whole number with a point, by text alone. @param whole digits before the point at most; 0 = any
std::string pointed(std::int64_t number, std::size_t decimals, std::size_t whole) {
  auto digits = std::to_string(number < 0 ? -number : number);
  digits.insert(0, digits.size() <= decimals ? decimals + 1 - digits.size() : 0, '0');
  auto before = digits.substr(0, digits.size() - decimals);
  auto const after = digits.substr(digits.size() - decimals);
  if (whole != 0 && before.size() > whole) {
    before = before.substr(before.size() - whole);
    before.erase(0, std::min(before.find_first_not_of('0'), before.size() - 1));
  }
  return (number < 0 ? "-" : "") + before + (decimals == 0 ? "" : "." + after);
}

/// To the nearest, halves away from zero.
std::int64_t nearest(std::int64_t number, std::int64_t divisor) {
  return (number < 0 ? -1 : 1) * (((number < 0 ? -number : number) + divisor / 2) / divisor);
}

std::string in_pairs(std::string digits, std::size_t count) {
  digits.insert(0, count - digits.size(), '0');
  digits.insert(count - 2, ":");
  digits.insert(count - 4, ":");
  return digits;
}

/// What the value field must show for a native value. @units mJ, mW, mV, uA, mHz, s, millionths
std::string drawn(Form form, std::int64_t value) {
  constexpr std::int64_t kilowatt_hour = 3'600'000'000;
  switch (form) {
    case Form::primary:
      return pointed(value / (kilowatt_hour / 10), 1, 7);
    case Form::secondary:
      return pointed(value / (kilowatt_hour / 100), 2, 5);
    case Form::verification:
      return pointed(value / (kilowatt_hour / 10'000), 4, 3);
    case Form::power:
      return pointed(nearest(value, 1'000), 3, 0);
    case Form::volt:
      return pointed(nearest(value, 1'000), 0, 0);
    case Form::tenth_volt:
      return pointed(nearest(value, 100), 1, 0);
    case Form::ampere:
      return pointed(nearest(value, 10'000), 2, 0);
    case Form::hertz:
      return pointed(nearest(value, 10), 2, 0);
    case Form::factor:
      return pointed(nearest(value, 1'000), 3, 0);
    case Form::hour:
      return pointed(value / 3'600, 0, 8);
    case Form::clock:
      return in_pairs(std::to_string(value), 6);
    case Form::date:
      return value == 0 ? "---------" : in_pairs(std::to_string(20'000'000 + value), 8);
    case Form::bits: {
      std::string bits;
      for (int bit = 7; bit >= 0; --bit) {
        bits += (value >> bit & 1) != 0 ? '1' : '0';
      }
      return bits;
    }
    case Form::number:
    case Form::stamp:
      break;
  }
  return pointed(value, 0, 8);
}

std::string unit_of(DisplayFrame const& frame) {
  constexpr std::array<char const*, 10> words{"k", "W", "var", "VA", "V", "A", "h", "Hz", "m3", "L"};
  std::string text;
  for (std::size_t n = 0; n < words.size(); ++n) {
    text += (frame.unit >> n & 1U) != 0 ? words[n] : "";
  }
  return text;
}

/// No two phases, directions and quantities agree. @units W, var and VA for uJ, mV, uA
ElementIncrement quarter_hour(std::int64_t times) {
  ElementIncrement increment;
  increment.span = SimDuration::seconds(900);
  increment.frequency_mhz = 49'987;
  auto const seconds = 900 * times;
  increment.element[0] = {200'000'000 * seconds, 100'000'000 * seconds, 240'000'000 * seconds, 231'400,
                          1'000'000};
  increment.element[1] = {-300'000'000 * seconds, -50'000'000 * seconds, 310'000'000 * seconds, 232'500,
                          1'500'000};
  increment.element[2] = {430'000'000 * seconds, -80'000'000 * seconds, 445'000'000 * seconds, 233'600,
                          2'000'000};
  return increment;
}

/// Tariffs by register. A quarter of an hour with each of them, a debiting stop, and another quarter.
struct Busy : test::MeterFixture {
  Busy()
      : MeterFixture{test::class_c_200_5("68535CC453010",
                                         {"21000162", "42301011", "00001100", "00200101", "00004011"})} {
    for (std::int64_t tariff = 1; tariff <= 4; ++tariff) {
      run_quarter(static_cast<std::uint8_t>(tariff), tariff);
    }
    Command stop;
    stop.kind = CommandKind::debiting_stop;
    REQUIRE(meter.access().execute(stop, Level::open).has_value());
    run_quarter(2, 5);
    run_quarter(1, 6);
  }
  void run_quarter(std::uint8_t tariff, std::int64_t times) {
    Command command;
    command.kind = CommandKind::set_tariff;
    command.tariff = tariff;
    REQUIRE(meter.access().execute(command, Level::operating).has_value());
    now = now + SimDuration::seconds(900);
    REQUIRE(meter.handle_increment(quarter_hour(times), now).has_value());
  }
  /// Sets a single reading on the back of the manual list, and pushes to it.
  [[nodiscard]] DisplayFrame pushed_to(RegisterId id, std::uint8_t history) {
    DisplaySetup setup;
    setup.manual = {};
    for (auto const legal : {RegisterId::active_energy_import, RegisterId::active_energy_export,
                             RegisterId::reactive_energy_import, RegisterId::reactive_energy_export}) {
      setup.manual.add({legal, 0});
    }
    setup.manual.add({id, history});
    REQUIRE(meter.access().set_display(setup, Level::operating).has_value());
    for (int push = 0; push < 5; ++push) {
      meter.push_button(PushLength::brief, now);
    }
    return meter.access().display();
  }
};

void check_row(Row const& row, DisplayFrame const& frame, Reading const& reading, std::string const& id) {
  CAPTURE(row.name);
  CHECK(test::read_id(frame) == id);
  CHECK(unit_of(frame) == row.unit);
  if (row.form != Form::stamp) {
    CHECK(test::read_text(frame) == row.tag);
    CHECK(test::read_value(frame) == drawn(row.form, reading.value));
  }
}

}  // namespace

TEST_CASE("glass: every row with a tag shows its id, tag, digits and unit") {
  Busy meter;
  std::set<std::string> named;
  for (auto const& row : labelled) {
    named.insert(row.name);
    auto const* const found = find_by_name(row.name);
    REQUIRE(found != nullptr);
    auto const reading = meter.meter.access().read({found->id}, Level::open);
    REQUIRE(reading.has_value());
    check_row(row, meter.pushed_to(found->id, 0), *reading, row.id);
  }
  for (auto const& row : catalogue()) {
    CAPTURE(row.name);
    CHECK(named.contains(std::string{row.name}) == (!row.glass.tag.empty() || !row.glass.id.empty()));
  }
}

TEST_CASE("glass: peaks, tariffs and counters stand there as they were worked out by hand") {
  // 40 times the secondary: a quarter at 200 + 430 W is 25.2 kW and 6.3 kWh times the factor 1 to 6.
  Busy meter;
  auto const line = [&meter](RegisterId id, std::uint8_t history = 0) {
    return test::read_line(meter.pushed_to(id, history));
  };
  CHECK(line(RegisterId::active_energy_import) == "1.8.0|A+|132.3");                   // 21 * 6.3
  CHECK(line(RegisterId::active_energy_import_t1) == "1.8.1|A+/T1|44.1");              // 1 and 6
  CHECK(line(RegisterId::active_energy_import_t2) == "1.8.2|A+/T2|44.1");              // 2 and 5
  CHECK(line(RegisterId::active_energy_import_t3_secondary) == "1.8.3|A+ S/T3|0.47");  // 3 * 0.1575
  CHECK(line(RegisterId::max_active_power_import) == "1.6.0|P+M|151.200");
  CHECK(line(RegisterId::max_active_power_import_time) == "1.6.0|TIME|09:30:00");
  CHECK(line(RegisterId::max_active_power_import_date) == "1.6.0|DATE|2026:03:02");
  CHECK(line(RegisterId::max_active_power_import_rtc) == "1.6.0|09-30-00|2026:03:02");
  CHECK(line(RegisterId::max_active_power_import_t2) == "1.6.2|P+M/T2|126.000");
  CHECK(line(RegisterId::accumulated_max_active_power_import) == "1.2.0|P+M/ACC|100.800");
  CHECK(line(RegisterId::accumulated_max_active_power_import_t2) == "1.2.2|P+M2/ACC|50.400");
  CHECK(line(RegisterId::average_active_power_export) == "2.25.0|P-/AVG|72.000");  // 300 W * 40 * 6
  CHECK(line(RegisterId::debiting_count) == "0.1.0|RST|1");
  CHECK(line(RegisterId::active_tariff) == "129.0.0|TARIFF|1");
  CHECK(line(RegisterId::trip_active_energy_import) == "1.128.0|TRIP|132.3");
  // As they were at the stop: quarters 1 to 4.
  CHECK(line(RegisterId::active_energy_import, 1) == "1.8.0.01|A+|63.0");
  CHECK(line(RegisterId::active_energy_import_t1, 1) == "1.8.1.01|A+/T1|6.3");
  CHECK(line(RegisterId::max_active_power_import, 1) == "1.6.0.01|P+M|100.800");
  CHECK(line(RegisterId::max_active_power_import_time, 1) == "1.6.0.01|TIME|09:00:00");
  CHECK(line(RegisterId::max_active_power_import_t2_rtc, 1) == "1.6.2.01|08-30-00|2026:03:02");
  CHECK(line(RegisterId::date, 1) == "1.0.0.01|DATE|2026:03:02");
  CHECK(line(RegisterId::pulse_input, 1) == "98.1.0.01|PULSE|0");
  CHECK(line(RegisterId::active_energy_import, 2) == "1.8.0.02|A+|---------");
  CHECK(line(RegisterId::active_energy_import, 36) == "1.8.0.36|A+|---------");
}

TEST_CASE("glass: what a debiting period keeps is shown of it as it is logged") {
  Busy meter;
  int shown = 0;
  for (auto const& row : labelled) {
    auto const* const found = find_by_name(row.name);
    auto const reading = meter.meter.access().read({found->id, 1}, Level::open);
    if (reading) {
      check_row(row, meter.pushed_to(found->id, 1), *reading,
                std::string{*row.id == '\0' ? "98.1.0" : row.id} + ".01");
      ++shown;
    }
  }
  // Four counters and the ratio, four totals, eight of tariffs, twenty peaks, twelve dates and times of
  // peaks, clock and date.
  CHECK(shown == 5 + 4 + 8 + 20 + 12 + 2);
}

}  // namespace blondel
