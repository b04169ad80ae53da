#pragma once
/// Which conductor ends at which terminal of the meter: right, or wrong in every way an installer finds.

#include <array>
#include <cstdint>

#include <blondel/frontend/signals.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

enum class Conductor : std::uint8_t {
  l1,
  l2,
  l3,
  n,
  none  ///< the wire is off, or its fuse blown
};

/// The current terminals of one element: 1 and 3, 4 and 6, 7 and 9.
struct CurrentFeed {
  std::int8_t line{};  ///< whose transformer feeds it: 0, 1, 2
  double share{
      1.0};  ///< of the secondary current: -1 reversed, 0 open or shorted, between: a shunt beside it

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.within(self.line, 0, element_count - 1);
    field(self.share);
  }
};

/// @source device.md 15: terminals of the four-wire and the three-wire (Aron) form
struct Wiring {
  bool aron{};  ///< elements L1 and L3 measure against terminal 5; the element of L2 is not there
  std::array<Conductor, element_count> voltage{Conductor::l1, Conductor::l2,
                                               Conductor::l3};  ///< terminals 2, 5, 8
  Conductor neutral{Conductor::n};                              ///< terminal 11; four-wire only
  std::array<CurrentFeed, element_count> current{CurrentFeed{0}, CurrentFeed{1}, CurrentFeed{2}};
  bool neutral_lost{};  ///< of the supply, in front of meter and load: the star point of the load floats

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.aron);
    for (auto& conductor : self.voltage) {
      field.enumerator(conductor, Conductor::none);
    }
    field.enumerator(self.neutral, Conductor::none);
    field(self.current);
    field(self.neutral_lost);
  }
};

/// What the measuring elements see of the conductors. A common terminal without a wire takes the mean of the
/// connected voltage terminals, because the voltage circuits are alike; an element whose own terminal has
/// none sees no voltage. Without the supply's neutral the loads are admittances, and their star point moves.
/// @source inferred: Millman's theorem; the loads' admittance at harmonics is that at the fundamental
[[nodiscard]] Signals element_signals(Signals lines, Wiring const& wiring);

}  // namespace blondel
