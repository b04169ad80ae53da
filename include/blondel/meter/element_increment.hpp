#pragma once
/// Waist one: what flowed through the measuring elements during a span of time.

#include <array>
#include <cstdint>

#include <blondel/base/time.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// A phase has voltage from here on: its mark shows, it feeds the meter, and below it is a failure.
/// @units mV @source device.md B6: 160 V +-5 %
inline constexpr std::int32_t voltage_present_mv = 160'000;

/// One element's share. Energies are signed, import positive; the remainder stays with whoever measured.
struct ElementShare {
  std::int64_t active_uj{};       ///< uJ
  std::int64_t reactive_uvars{};  ///< uvar.s, inductive positive
  std::int64_t apparent_uvas{};   ///< uVA.s, never negative
  std::int32_t u_mv{};            ///< rms over the last whole cycle, mV
  std::int32_t i_ua{};            ///< rms over the last whole cycle, uA at the secondary terminals, unsigned

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.active_uj);
    field(self.reactive_uvars);
    field(self.apparent_uvas);
    field(self.u_mv);
    field(self.i_ua);
  }
};

/// Energies and rms values of all elements over one span. The Aron form leaves element 1 (L2) empty.
/// @source architecture.md 5; the data sheet: "energy registration per measuring system is communicated to
///         the meter's legal processor via the meter's own internal bus system"
struct ElementIncrement {
  SimDuration span;  ///< > 0
  std::array<ElementShare, element_count> element{};
  std::int32_t i_neutral_ua{};   ///< rms of the sum of the elements' currents; 0 when nobody needs it
  std::int32_t frequency_mhz{};  ///< 0 when no voltage gives a zero crossing
  bool reversed_sequence{};      ///< L1, L3, L2

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.span);
    field(self.element);
    field(self.i_neutral_ua);
    field(self.frequency_mhz);
    field(self.reversed_sequence);
  }
};

}  // namespace blondel
