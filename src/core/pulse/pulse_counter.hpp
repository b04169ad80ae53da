#pragma once
/// Impulses per energy: counts are exact, the rest is carried.

#include <cstdint>

#include <blondel/base/decimal.hpp>

namespace blondel {

/// @source data sheet: LED 10000 imp/kWh, S0 output 5000 imp/kWh of secondary active energy
inline constexpr std::int64_t led_pulse_uj = 360'000'000;
inline constexpr std::int64_t s0_pulse_uj = 720'000'000;

struct PulseCounter {
  std::uint64_t count{};
  std::int64_t rest_uj{};  ///< 0 .. pulse - 1

  constexpr void add(std::int64_t energy_uj, std::int64_t pulse_uj) {
    auto const [pulses, rest] = floor_divide(energy_uj + rest_uj, pulse_uj);
    count += static_cast<std::uint64_t>(pulses);
    rest_uj = rest;
  }
};

}  // namespace blondel
