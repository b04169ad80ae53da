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

  /// The next of the steps that a ramp is made of, however the time until then is cut.
  [[nodiscard]] static SimTime next_step(SimTime begin, SimTime now) {
    constexpr std::int64_t step_ns = 20 * ns_per_ms;
    return begin + SimDuration{(std::max((now - begin).ns(), std::int64_t{-1}) / step_ns + 1) * step_ns};
  }

  /// When the voltages change next.
  [[nodiscard]] SimTime next(SimTime now) const {
    if (from == SimTime::never()) {
      return from;
    }
    auto const low = from + down;
    auto const rise = low + hold;
    if (now < low) {
      return std::min(next_step(from, now), low);
    }
    return now < rise ? rise : now < rise + up ? std::min(next_step(rise, now), rise + up) : SimTime::never();
  }
};

}  // namespace blondel
