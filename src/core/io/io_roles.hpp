#pragma once
/// What the module port's two terminals are by digits DD.

#include <array>
#include <cstdint>

namespace blondel {

/// What a terminal does. Energy pulses out are in core/pulse/module_pulses.hpp.
enum class IoRole : std::uint8_t {
  none,
  tariff_low,     ///< input: T2 instead of T1; first of the two bits of four tariffs
  tariff_high,    ///< input: the second bit
  pulse,          ///< input
  alarm,          ///< input
  debiting_stop,  ///< input
  load_status,    ///< input
  load_1,         ///< output: load control relay 1
  load_2,         ///< output: relay 2
  load_toggle,    ///< output: change-over between load 1 and 2, follows relay 1
  load_sync,      ///< output: on during the tariffs of load 1, without delay
  code_low,       ///< output: the tariff as the inputs have it, first bit
  code_high,      ///< output: second bit
};

struct IoTerminal {
  IoRole role{IoRole::none};
  bool is_inverted{};
};
using IoTerminals = std::array<IoTerminal, 2>;

/// @source data sheet, table DD; 15 is an input as on the sister meter (device.md 3), the sheet prints
/// output; 17: device.md 3 has "load status / load ctrl" for the same function; what 22, 23 and 28 give is
/// inferred
[[nodiscard]] constexpr IoTerminals io_terminals(std::uint8_t dd) {
  constexpr bool inverted = true;
  switch (dd) {
    case 1:
      return {{{IoRole::tariff_low}, {IoRole::tariff_high}}};
    case 2:
      return {{{IoRole::tariff_low, inverted}, {IoRole::tariff_high, inverted}}};
    case 3:
      return {{{IoRole::pulse}, {IoRole::alarm}}};
    case 4:
      return {{{IoRole::pulse}, {IoRole::alarm, inverted}}};
    case 5:
      return {{{IoRole::pulse}, {}}};
    case 7:
      return {{{IoRole::tariff_low}, {IoRole::alarm}}};
    case 8:
      return {{{IoRole::tariff_low, inverted}, {IoRole::alarm}}};
    case 9:
      return {{{IoRole::tariff_low}, {IoRole::alarm, inverted}}};
    case 10:
      return {{{IoRole::tariff_low, inverted}, {IoRole::alarm, inverted}}};
    case 11:
      return {{{IoRole::tariff_low}, {}}};
    case 12:
      return {{{IoRole::tariff_low, inverted}, {}}};
    case 13:
      return {{{IoRole::pulse}, {IoRole::tariff_low}}};
    case 14:
      return {{{IoRole::pulse}, {IoRole::tariff_low, inverted}}};
    case 15:
      return {{{IoRole::debiting_stop}, {}}};
    case 17:
      return {{{IoRole::load_status}, {IoRole::load_1}}};
    case 18:
      return {{{IoRole::pulse}, {IoRole::load_sync}}};
    case 19:
      return {{{IoRole::pulse, inverted}, {IoRole::load_sync}}};
    case 20:
      return {{{IoRole::pulse}, {IoRole::load_sync, inverted}}};
    case 21:
      return {{{IoRole::pulse, inverted}, {IoRole::load_sync, inverted}}};
    case 22:
      return {{{IoRole::code_low}, {IoRole::code_high}}};
    case 23:
      return {{{IoRole::code_low, inverted}, {IoRole::code_high, inverted}}};
    case 26:
      return {{{IoRole::load_1}, {IoRole::load_2}}};
    case 27:
      return {{{IoRole::pulse}, {IoRole::load_1}}};
    case 28:
      return {{{IoRole::pulse}, {IoRole::load_toggle}}};
    default:
      return {};
  }
}

[[nodiscard]] constexpr bool is_level_output(IoRole role) {
  return role >= IoRole::load_1;
}

}  // namespace blondel
