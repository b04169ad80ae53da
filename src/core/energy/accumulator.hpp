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

/// What an accumulator has grown by since it stood at `mark`; exact.
[[nodiscard]] constexpr Accumulator grown_since(Accumulator const& mark, Accumulator const& now) {
  bool const borrows = now.rest_uj < mark.rest_uj;
  return {now.total_mj - mark.total_mj - (borrows ? 1 : 0),
          now.rest_uj - mark.rest_uj + (borrows ? 1'000 : 0)};
}

/// The sum of two, the remainder carried.
[[nodiscard]] constexpr Accumulator sum_of(Accumulator a, Accumulator const& b) {
  a.total_mj += b.total_mj;
  a.add(b.rest_uj);
  return a;
}

template<class Visitor, class Registers>
void visit_registers(Visitor& field, Registers& registers) {
  for (auto& accumulator : registers) {
    field(accumulator.total_mj);
    field(accumulator.rest_uj);
  }
}

using EnergyRegisters = std::array<Accumulator, energy_count>;

[[nodiscard]] constexpr Accumulator& of(EnergyRegisters& registers, Energy energy) {
  return registers[static_cast<std::size_t>(energy)];
}
[[nodiscard]] constexpr Accumulator const& of(EnergyRegisters const& registers, Energy energy) {
  return registers[static_cast<std::size_t>(energy)];
}

}  // namespace blondel
