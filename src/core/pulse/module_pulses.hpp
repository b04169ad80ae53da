#pragma once
/// Which energies the module port gives as pulses, how many and how long.

#include <array>
#include <cstdint>
#include <optional>

#include <blondel/base/time.hpp>
#include <blondel/meter/config.hpp>

#include "core/energy/accumulator.hpp"

namespace blondel {

inline constexpr std::size_t module_io_count = 2;

/// What I/O 1 and I/O 2 give pulses of; none where a digit pair means something else.
/// @source data sheet, table DD: 05, 11, 12 "... / A+ out", 06 "R+ out / A+ out", 16 "A- out / A+ out"
[[nodiscard]] constexpr std::array<std::optional<Energy>, module_io_count> module_pulse_energies(
    std::uint8_t dd) {
  switch (dd) {
    case 5:
    case 11:
    case 12:
      return {std::nullopt, Energy::a_plus};
    case 6:
      return {Energy::r_plus, Energy::a_plus};
    case 16:
      return {Energy::a_minus, Energy::a_plus};
    default:
      return {};
  }
}

/// Whether the pulses count primary energy. @source device.md 2: digit M means the opposite on the Russian
/// sheet
[[nodiscard]] constexpr bool has_primary_pulses(std::uint8_t m, DataSheet sheet) {
  return (m == 1) == (sheet == DataSheet::english);
}
/// Energy of one module pulse. @units uJ
/// @source device.md M1: 1 to 1000 imp/kWh; inferred: 1000 of secondary energy, 1 of primary
[[nodiscard]] constexpr std::int64_t module_pulse_uj(bool is_primary) {
  constexpr std::int64_t kilowatt_hour_uj = 3'600'000'000'000;
  return is_primary ? kilowatt_hour_uj : kilowatt_hour_uj / 1'000;
}

/// Length of a module pulse by digit I. @source data sheet: 1, 2: 30 ms; 3, 4: 80 ms
[[nodiscard]] constexpr SimDuration module_pulse_length(std::uint8_t i) {
  return SimDuration::milliseconds(i >= 3 ? 80 : 30);
}

}  // namespace blondel
