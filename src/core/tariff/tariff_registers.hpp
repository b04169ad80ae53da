#pragma once
/// Energy by tariff. A tariff's register grows by what the total grows while the tariff is active, so the
/// tariffs' sum is the total's growth, to the last remainder.

#include <array>
#include <cstdint>

#include "core/energy/accumulator.hpp"

namespace blondel {

inline constexpr std::size_t tariff_count = 4;
/// A+, A-, R+, R-. @source device.md K7 (19 to 34)
inline constexpr std::array<Energy, 4> tariff_energies{Energy::a_plus, Energy::a_minus, Energy::r_plus,
                                                       Energy::r_minus};

using TariffEnergies = std::array<Accumulator, tariff_energies.size()>;

/// One side's tariffs: what each gathered while it was active, and where the total stood at the last switch.
struct TariffSide {
  std::array<TariffEnergies, tariff_count> gathered{};
  TariffEnergies mark{};
};

struct TariffState {
  std::uint8_t active{};  ///< 1 to 4; 0 = tariffs are disabled
  std::uint8_t asked{};   ///< what the table or the inputs said last; 0 = nothing
  TariffSide primary, secondary;
  TariffEnergies trip{};  ///< primary totals when the resettable registers were reset: A+ and A- are used
};

/// The register of one tariff, now. @param tariff 1 to 4; @param energy an index of tariff_energies
[[nodiscard]] inline Accumulator tariff_register(TariffSide const& side, EnergyRegisters const& totals,
                                                 std::uint8_t active, std::uint8_t tariff,
                                                 std::size_t energy) {
  auto const& gathered = side.gathered[tariff - 1U][energy];
  return active == tariff
             ? sum_of(gathered, grown_since(side.mark[energy], of(totals, tariff_energies[energy])))
             : gathered;
}

inline void leave_tariff(TariffSide& side, EnergyRegisters const& totals, std::uint8_t active) {
  for (std::size_t n = 0; n < tariff_energies.size(); ++n) {
    if (active != 0) {
      side.gathered[active - 1U][n] = tariff_register(side, totals, active, active, n);
    }
    side.mark[n] = of(totals, tariff_energies[n]);
  }
}

/// Energy from now on belongs to `tariff`. @param tariff 1 to 4, or 0 for none
inline void switch_tariff(TariffState& t, EnergyRegisters const& primary, EnergyRegisters const& secondary,
                          std::uint8_t tariff) {
  leave_tariff(t.primary, primary, t.active);
  leave_tariff(t.secondary, secondary, t.active);
  t.active = tariff;
}

/// Tariffs and resettable registers begin with what the totals hold: none of it is theirs.
inline void start_tariffs(TariffState& t, EnergyRegisters const& primary, EnergyRegisters const& secondary,
                          std::uint8_t tariff) {
  switch_tariff(t, primary, secondary, tariff);
  t.trip = t.primary.mark;
}

template<class Visitor, class Side>
void visit_tariff_side(Visitor& field, Side& side) {
  for (auto& energies : side.gathered) {
    visit_registers(field, energies);
  }
  visit_registers(field, side.mark);
}

template<class Visitor, class State>
void visit_tariffs(Visitor& field, State& t) {
  field(t.active);
  field(t.asked);
  visit_tariff_side(field, t.primary);
  visit_tariff_side(field, t.secondary);
  visit_registers(field, t.trip);
}

}  // namespace blondel
