#pragma once
/// Impulses per energy: counts are exact, the rest is carried.

#include <cstdint>

namespace blondel {

/// @source data sheet: LED 10000 imp/kWh, S0 output 5000 imp/kWh of secondary active energy
inline constexpr std::int64_t led_pulse_uj = 360'000'000;
inline constexpr std::int64_t s0_pulse_uj = 720'000'000;

struct PulseCounter {
  std::uint64_t count{};
  std::int64_t rest_uj{};  ///< 0 .. pulse - 1

  /// @param energy_uj not negative
  constexpr void add(std::int64_t energy_uj, std::int64_t pulse_uj) {
    auto const sum_uj = static_cast<std::uint64_t>(energy_uj + rest_uj);
    auto const pulse = static_cast<std::uint64_t>(pulse_uj);
    count += sum_uj / pulse;
    rest_uj = static_cast<std::int64_t>(sum_uj % pulse);
  }
};

}  // namespace blondel
