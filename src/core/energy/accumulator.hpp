#pragma once
/// Energy registers: int64 millijoules with a carried remainder; nothing is ever rounded away.

#include <array>
#include <cstdint>

namespace blondel {

/// The main registers. @source device.md B1: A+ = Q1+Q4, A- = Q2+Q3, R+ = Q1+Q2, R- = Q3+Q4
enum class Energy : std::uint8_t { a_plus, a_minus, r_plus, r_minus, r1, r2, r3, r4, s_plus, s_minus };
inline constexpr int energy_count = 10;

/// One register. @units mJ (mvar.s, mVA.s) and uJ
struct Accumulator {
  std::int64_t total_mj{};
  std::int32_t rest_uj{};  ///< 0 .. 999

  /// @param amount_uj not negative
  constexpr void add(std::int64_t amount_uj) {
    auto const sum_uj =
        static_cast<std::uint64_t>(amount_uj + rest_uj);  // cheaper to divide than a signed one
    total_mj += static_cast<std::int64_t>(sum_uj / 1'000);
    rest_uj = static_cast<std::int32_t>(sum_uj % 1'000);
  }
};

using EnergyRegisters = std::array<Accumulator, energy_count>;

[[nodiscard]] constexpr Accumulator& of(EnergyRegisters& registers, Energy energy) {
  return registers[static_cast<std::size_t>(energy)];
}
[[nodiscard]] constexpr Accumulator const& of(EnergyRegisters const& registers, Energy energy) {
  return registers[static_cast<std::size_t>(energy)];
}

}  // namespace blondel
