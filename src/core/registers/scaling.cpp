#include <blondel/base/decimal.hpp>
#include <blondel/meter/register_def.hpp>

namespace blondel {

ScaledValue scale(Reading const& reading, RegisterDef const& row, std::uint8_t decimals_a) {
  // Digit A: 1 = 7.0, 2 = 7.1, 3 = 7.2. @source device.md 3
  int const exponent = row.resolution.by_digit_a ? 1 - decimals_a : row.resolution.exponent;
  int const of_unit = row.prefix + exponent;  // decimal exponent of the last digit, in the plain unit
  auto const native = native_per_unit(reading.unit);
  auto const step = of_unit >= 0 ? native * pow10(of_unit) : native / pow10(-of_unit);
  auto const value =
      is_momentary(reading.unit) ? round_divide(reading.value, step) : truncate_divide(reading.value, step);
  return {value, static_cast<std::int8_t>(exponent)};
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
