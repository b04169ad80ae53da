#pragma once
/// One ElementIncrement becomes energy in the registers: no-load, direction, summation, secondary and
/// primary.

#include <array>
#include <cstdint>

#include <blondel/meter/config.hpp>
#include <blondel/meter/element_increment.hpp>

#include "core/energy/accumulator.hpp"
#include "core/energy/no_load.hpp"

namespace blondel {

/// @units uJ and the like; each non-negative
using EnergyShares = std::array<std::int64_t, energy_count>;

struct ElementGate {
  NoLoadGate active;
  NoLoadGate reactive;
  std::int64_t apparent_withheld_uvas{};
};

/// What of one increment may be booked for one element.
struct BookedShare {
  std::int64_t active_uj{};
  std::int64_t reactive_uvars{};
  std::int64_t apparent_uvas{};
  /// What was measured, booked or not: gives reactive energy its quadrant while active energy is held back.
  std::int64_t measured_uj{};
};

/// Lets one element's share through its gates.
[[nodiscard]] inline BookedShare gate(ElementGate& gates, ElementShare const& share, NoLoadSpan const& span) {
  BookedShare booked;
  booked.measured_uj = share.active_uj;
  booked.active_uj = gates.active.pass(share.active_uj, span);
  booked.reactive_uvars = gates.reactive.pass(share.reactive_uvars, span);
  // Apparent energy follows the element: held back while neither quantity registers.
  gates.apparent_withheld_uvas += share.apparent_uvas;
  if (gates.active.registering || gates.reactive.registering) {
    booked.apparent_uvas = gates.apparent_withheld_uvas;
    gates.apparent_withheld_uvas = 0;
  } else if (gates.active.window_ns == 0) {
    gates.apparent_withheld_uvas = 0;
  }
  return booked;
}

/// Splits gated shares over the registers by direction, quadrant and summation mode.
/// @source metrology.md 2.7, device.md B1
[[nodiscard]] EnergyShares sum_by_direction(std::array<BookedShare, element_count> const& booked,
                                            PhaseSum mode);

/// What the effective apparent power is made of. @units mV, uA
struct EffectiveValues {
  std::array<std::int32_t, element_count> u_mv{};
  std::array<std::int32_t, element_count> i_ua{};
  std::int32_t i_neutral_ua{};
};

/// Effective apparent power of four wires: the root of the sum of U^2 times the sum of I^2, the neutral's
/// current among them. @units mVA
/// @source IEEE 1459-2010 3.2.2.8 with the voltages against neutral only, which is all that is measured:
/// inferred
[[nodiscard]] std::int64_t effective_power_mva(EffectiveValues const& values);

/// Replaces the arithmetic apparent energy of the total by another definition; the sign of the net active
/// energy gives its direction. @param effective_uvas used by ApparentSum::effective only
void set_apparent(EnergyShares& shares, std::array<BookedShare, element_count> const& booked,
                  ApparentSum method, std::int64_t effective_uvas);

}  // namespace blondel
