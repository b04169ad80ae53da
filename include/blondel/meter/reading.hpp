#pragma once
/// Waist two: the exact value of one catalogue row.

#include <array>
#include <cstdint>
#include <span>

#include <blondel/base/civil_time.hpp>

namespace blondel {

/// The unit a row's number counts, before its resolution is applied.
enum class Unit : std::uint8_t {
  none,              ///< a bare number; native 1
  watt_hour,         ///< native mJ
  var_hour,          ///< native mvar.s
  volt_ampere_hour,  ///< native mVA.s
  watt,              ///< native mW
  var,               ///< native mvar
  volt_ampere,       ///< native mVA
  volt,              ///< native mV
  ampere,            ///< native uA
  hertz,             ///< native mHz
  hour,              ///< native s
  power_factor,      ///< native 1e-6
  local_clock,       ///< hhmmss as a decimal number, native 1
  local_date,        ///< yymmdd as a decimal number, native 1
  rtc,               ///< RtcStamp
  text,              ///< ASCII octets
  bits,              ///< a bit field, native 1
  kilowatt_hours,    ///< whole ones that a pulse input counts, native 1
  cubic_metres,      ///< likewise
  litres,            ///< likewise
};

/// How many native steps make one of the unit (3.6e6 mJ = 1 Wh).
[[nodiscard]] constexpr std::int64_t native_per_unit(Unit unit) {
  switch (unit) {
    case Unit::watt_hour:
    case Unit::var_hour:
    case Unit::volt_ampere_hour:
      return 3'600'000;
    case Unit::watt:
    case Unit::var:
    case Unit::volt_ampere:
    case Unit::volt:
    case Unit::hertz:
      return 1'000;
    case Unit::ampere:
    case Unit::power_factor:
      return 1'000'000;
    case Unit::hour:
      return 3'600;
    case Unit::none:
    case Unit::local_clock:
    case Unit::local_date:
    case Unit::rtc:
    case Unit::text:
    case Unit::bits:
    case Unit::kilowatt_hours:
    case Unit::cubic_metres:
    case Unit::litres:
      return 1;
  }
  return 1;
}

/// True for what there is only while the supply lasts: it shows what is nearest, all else what is full.
/// @source walk.md 16 for energy; rounding of momentary values is inferred: 229.999 V is 230 V on any
/// instrument
[[nodiscard]] constexpr bool is_momentary(Unit unit) {
  switch (unit) {
    case Unit::watt:
    case Unit::var:
    case Unit::volt_ampere:
    case Unit::volt:
    case Unit::ampere:
    case Unit::hertz:
    case Unit::power_factor:
      return true;
    case Unit::none:
    case Unit::watt_hour:
    case Unit::var_hour:
    case Unit::volt_ampere_hour:
    case Unit::hour:
    case Unit::local_clock:
    case Unit::local_date:
    case Unit::rtc:
    case Unit::text:
    case Unit::bits:
    case Unit::kilowatt_hours:
    case Unit::cubic_metres:
    case Unit::litres:
      break;
  }
  return false;
}

/// The clock as the meter keeps it: normal time plus flags. @source device.md K2 (unit 53)
struct RtcStamp {
  CivilTime normal_time;
  std::uint8_t weekday{};  ///< 1 = Monday ... 7 = Sunday
  bool summer_time{};      ///< local time is one hour ahead of `normal_time`
  bool valid{};            ///< the clock has not been lost
  bool restored{};         ///< set back from permanent memory after a loss
  friend constexpr bool operator==(RtcStamp const&, RtcStamp const&) = default;
};

/// What kind of value a Reading holds.
enum class ReadingKind : std::uint8_t { number, stamp, octets };

/// The exact value of one catalogue row at one instant; no floating point, not rounded, not formatted.
struct Reading {
  ReadingKind kind{ReadingKind::number};
  Unit unit{Unit::none};
  std::int64_t value{};                       ///< native steps of `unit` (see native_per_unit)
  RtcStamp stamp;                             ///< kind == stamp
  std::array<std::uint8_t, 32> octet_data{};  ///< kind == octets
  std::uint8_t octet_count{};

  [[nodiscard]] constexpr std::span<std::uint8_t const> octets() const {
    return std::span{octet_data}.first(octet_count);
  }
  static constexpr Reading number(Unit unit, std::int64_t native) {
    Reading reading;
    reading.unit = unit;
    reading.value = native;
    return reading;
  }
};

}  // namespace blondel
