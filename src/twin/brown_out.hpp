#pragma once
/// A brown-out: voltages ramp down to a level, stay there, and ramp up again.

#include <algorithm>
#include <array>

#include <blondel/base/time.hpp>
#include <blondel/base/units.hpp>
#include <blondel/frontend/ratings.hpp>

namespace blondel {

/// What a brown-out leaves of voltages at one instant.
struct Sag {
  std::array<bool, element_count> phases{};
  double depth{};  ///< 0 = none, 1 = down to the level
  Volts level;

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.phases);
    field(self.depth);
    field(self.level);
  }
  /// A voltage below the level stays.
  [[nodiscard]] Volts of(Volts u, std::size_t phase) const {
    return phases[phase] ? Volts{u.value() - depth * std::max(0.0, u.value() - level.value())} : u;
  }
};

/// Ramps in steps of a cycle, as a voltage's rms value has no finer grain.
struct BrownOut {
  std::array<bool, element_count> phases{};
  Volts level;
  SimTime from{SimTime::never()};
  SimDuration down, hold, up;

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.phases);
    field(self.level);
    field(self.from);
    field(self.down);
    field(self.hold);
    field(self.up);
  }
  [[nodiscard]] Sag at(SimTime now) const {
    if (from == SimTime::never() || now < from) {
      return {};
    }
    auto const low = from + down;
    auto const rise = low + hold;
    auto const share = [now](SimTime since, SimDuration span) {
      return std::min(1.0, static_cast<double>((now - since).ns()) / static_cast<double>(span.ns()));
    };
    auto const depth = now < low         ? share(from, down)
                       : now < rise      ? 1.0
                       : now < rise + up ? 1.0 - share(rise, up)
                                         : 0.0;
    return {phases, depth, level};
  }

  /// When the voltages change next. Steps are counted from where a ramp begins, so that they fall on the same
  /// instants however a run is cut into pieces.
  [[nodiscard]] SimTime next(SimTime now) const {
    if (from == SimTime::never()) {
      return from;
    }
    auto const next_step = [now](SimTime since) {
      constexpr auto step = SimDuration::milliseconds(20);
      return since + step * ((now - since).ns() / step.ns() + 1);
    };
    auto const low = from + down;
    auto const rise = low + hold;
    if (now < low) {
      return std::min(next_step(from), low);
    }
    return now < rise ? rise : now < rise + up ? std::min(next_step(rise), rise + up) : SimTime::never();
  }
};

}  // namespace blondel
