#include <blondel/base/decimal.hpp>
#include <blondel/meter/register_def.hpp>

namespace blondel {

namespace {

bool is_energy(Unit unit) {
  return unit == Unit::watt_hour || unit == Unit::var_hour || unit == Unit::volt_ampere_hour;
}

/// Registers of energy begin anew at 0 when their digits are full: primary 7.0, 7.1 or 7.2, secondary 5.2,
/// for verification 3.4. @source data sheet, digit A; device.md B8
std::int64_t roll_over(std::int64_t value, Side side, int exponent) {
  constexpr int digits = 7;
  return value % pow10(side == Side::primary ? digits - exponent : digits);
}

/// Decimal exponent of the last digit shown, of the prefixed unit. Digit A: 1 = 7.0, 2 = 7.1, 3 = 7.2.
/// @source device.md 3
int shown_exponent(RegisterDef const& row, std::uint8_t decimals_a) {
  return row.resolution.by_digit_a ? 1 - decimals_a : row.resolution.exponent;
}

}  // namespace

std::int64_t native_step(RegisterDef const& row, std::uint8_t decimals_a) {
  int const of_unit = row.prefix + shown_exponent(row, decimals_a);
  auto const native = native_per_unit(row.unit);
  return of_unit >= 0 ? native * pow10(of_unit) : native / pow10(-of_unit);
}

ScaledValue scale(Reading const& reading, RegisterDef const& row, std::uint8_t decimals_a) {
  auto const step = native_step(row, decimals_a);
  auto const value =
      is_momentary(reading.unit) ? round_divide(reading.value, step) : truncate_divide(reading.value, step);
  auto const exponent = shown_exponent(row, decimals_a);
  return {is_energy(reading.unit) ? roll_over(value, row.side, exponent) : value,
          static_cast<std::int8_t>(exponent)};
}

std::string_view unit_text(RegisterDef const& row, Configuration const& configuration) {
  auto shown = row;
  shown.unit = row.id == RegisterId::pulse_input ? pulse_unit(configuration) : row.unit;
  return unit_text(shown);
}

Unit pulse_unit(Configuration const& configuration) {
  switch (configuration.nn) {
    case 1:
      return Unit::kilowatt_hours;
    case 2:
      return Unit::cubic_metres;
    case 3:
      return Unit::litres;
    default:
      return Unit::none;
  }
}

std::string_view unit_text(RegisterDef const& row) {
  bool const kilo = row.prefix == 3;
  switch (row.unit) {
    case Unit::watt_hour:
      return kilo ? "kWh" : "Wh";
    case Unit::var_hour:
      return kilo ? "kvarh" : "varh";
    case Unit::volt_ampere_hour:
      return kilo ? "kVAh" : "VAh";
    case Unit::watt:
      return kilo ? "kW" : "W";
    case Unit::var:
      return kilo ? "kvar" : "var";
    case Unit::volt_ampere:
      return kilo ? "kVA" : "VA";
    case Unit::volt:
      return "V";
    case Unit::ampere:
      return "A";
    case Unit::hertz:
      return "Hz";
    case Unit::hour:
      return "h";
    case Unit::kilowatt_hours:
      return "kWh";
    case Unit::cubic_metres:
      return "m3";
    case Unit::litres:
      return "l";
    case Unit::none:
    case Unit::power_factor:
    case Unit::local_clock:
    case Unit::local_date:
    case Unit::rtc:
    case Unit::text:
    case Unit::bits:
      return "";
  }
  return "";
}

}  // namespace blondel
