#include "protocol/kmp/kmp_units.hpp"

#include <array>

namespace blondel {
namespace {

/// Index is the code. @source device.md K3
constexpr std::array<std::string_view, 80> unit_texts{"",
                                                      "Wh",
                                                      "kWh",
                                                      "MWh",
                                                      "GWh",
                                                      "J",
                                                      "kJ",
                                                      "MJ",
                                                      "GJ",
                                                      "cal",
                                                      "kcal",
                                                      "Mcal",
                                                      "Gcal",
                                                      "varh",
                                                      "kvarh",
                                                      "Mvarh",
                                                      "Gvarh",
                                                      "VAh",
                                                      "kVAh",
                                                      "MVAh",
                                                      "GVAh",
                                                      "W",
                                                      "kW",
                                                      "MW",
                                                      "GW",
                                                      "var",
                                                      "kvar",
                                                      "Mvar",
                                                      "Gvar",
                                                      "VA",
                                                      "kVA",
                                                      "MVA",
                                                      "GVA",
                                                      "V",
                                                      "A",
                                                      "kV",
                                                      "kA",
                                                      "degC",
                                                      "K",
                                                      "l",
                                                      "m3",
                                                      "l/h",
                                                      "m3/h",
                                                      "m3*degC",
                                                      "t",
                                                      "t/h",
                                                      "h",
                                                      "hh:mm:ss",
                                                      "yymmdd",
                                                      "date2",
                                                      "mmdd",
                                                      "",
                                                      "bar",
                                                      "RTC",
                                                      "",
                                                      "m3x10",
                                                      "tx10",
                                                      "GJx10",
                                                      "min",
                                                      "bits",
                                                      "s",
                                                      "ms",
                                                      "d",
                                                      "RTC-Q",
                                                      "datetime",
                                                      "imp/l",
                                                      "l/imp",
                                                      "Hz",
                                                      "deg",
                                                      "%",
                                                      "US gal",
                                                      "US gal/min",
                                                      "KamDateTime",
                                                      "IPv4",
                                                      "IPv6",
                                                      "",
                                                      "",
                                                      "",
                                                      "",
                                                      "DST datetime"};

/// Four codes in a row: the unit, kilo, mega, giga. @param first the code without prefix
constexpr KmpUnit decade(std::uint8_t first, std::int8_t prefix) {
  if (prefix == 0 || prefix == 3 || prefix == 6 || prefix == 9) {
    return {static_cast<std::uint8_t>(first + prefix / 3), 0};
  }
  return {first, prefix};
}

/// Only the bare unit and kilo have codes, and these are `kilo_step` apart.
constexpr KmpUnit bare_or_kilo(std::uint8_t first, std::int8_t prefix) {
  constexpr std::uint8_t kilo_step = 2;
  if (prefix == 3) {
    return {static_cast<std::uint8_t>(first + kilo_step), 0};
  }
  return {first, prefix};
}

}  // namespace

KmpUnit kmp_unit(Unit unit, std::int8_t prefix) {
  switch (unit) {
    case Unit::watt_hour:
      return decade(1, prefix);
    case Unit::var_hour:
      return decade(13, prefix);
    case Unit::volt_ampere_hour:
      return decade(17, prefix);
    case Unit::watt:
      return decade(21, prefix);
    case Unit::var:
      return decade(25, prefix);
    case Unit::volt_ampere:
      return decade(29, prefix);
    case Unit::volt:
      return bare_or_kilo(33, prefix);
    case Unit::ampere:
      return bare_or_kilo(34, prefix);
    case Unit::hertz:
      return {67, prefix};
    case Unit::hour:
      return {46, prefix};
    case Unit::local_clock:
      return {kmp_unit_clock, prefix};
    case Unit::local_date:
      return {kmp_unit_date, prefix};
    case Unit::rtc:
      return {kmp_unit_rtc, 0};
    case Unit::text:
      return {kmp_unit_ascii, 0};
    case Unit::kilowatt_hours:
      return {2, 0};
    case Unit::cubic_metres:
      return {40, 0};
    case Unit::litres:
      return {39, 0};
    case Unit::none:
    case Unit::power_factor:
    case Unit::bits:
      return {kmp_unit_number, prefix};
  }
  return {kmp_unit_number, prefix};
}

std::string_view kmp_unit_text(std::uint8_t code) {
  return code < unit_texts.size() ? unit_texts[code] : std::string_view{};
}

}  // namespace blondel
