#pragma once
/// What scenario actions put in the source's place.

#include <array>
#include <optional>

#include <blondel/frontend/recording_feed.hpp>
#include <blondel/frontend/wiring.hpp>

#include "twin/brown_out.hpp"

namespace blondel {

struct Overrides {
  struct Current {
    Amps primary;
    Radians lag;

    template<class Visitor, class Self>
    static void visit_state(Visitor& field, Self& self) {
      field(self.primary);
      field(self.lag);
    }
  };
  std::array<std::optional<Volts>, element_count> u;
  std::array<std::optional<Current>, element_count> i;
  std::array<bool, element_count> lost{};
  std::optional<Hertz> frequency;
  std::optional<Celsius> temperature;
  std::optional<Wiring> wiring;
  bool supply{true};
  Sag sag;  ///< of a brown-out, now

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.u);
    field(self.i);
    field(self.lost);
    field(self.frequency);
    field(self.temperature);
    field(self.wiring);
    field(self.supply);
    field(self.sag);
  }
};

/// The source's point with what the actions say; a meter without supply has neither voltage nor current.
[[nodiscard]] inline OperatingPoint overridden(OperatingPoint point, Overrides const& overrides) {
  point.frequency = overrides.frequency.value_or(point.frequency);
  point.temperature = overrides.temperature.value_or(point.temperature);
  for (std::size_t e = 0; e < element_count; ++e) {
    auto& phase = point.phase[e];
    phase.u = overrides.u[e].value_or(phase.u);
    if (overrides.i[e]) {
      phase.i = overrides.i[e]->primary;
      phase.lag = overrides.i[e]->lag;
    }
    phase.u = overrides.sag.of(phase.u, e);
    if (overrides.lost[e] || !overrides.supply) {
      phase.u = Volts{};
    }
    if (!overrides.supply) {
      phase.i = Amps{};
      phase.i_dc = Amps{};
    }
  }
  return point;
}

/// The same for a recording, whose currents, voltages and frequency no action can set.
[[nodiscard]] inline LineGains gains_of(Overrides const& overrides) {
  LineGains gains;
  for (std::size_t e = 0; e < element_count; ++e) {
    gains.voltage[e] = overrides.lost[e] || !overrides.supply ? 0.0 : 1.0;
    gains.current[e] = overrides.supply ? 1.0 : 0.0;
  }
  return gains;
}

}  // namespace blondel
