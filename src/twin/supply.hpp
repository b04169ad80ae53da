#pragma once
/// The meter's own power supply: which voltages keep it alive, and for how long it rides through.

#include <algorithm>
#include <complex>

#include <blondel/base/time.hpp>
#include <blondel/frontend/signals.hpp>
#include <blondel/meter/element_increment.hpp>

namespace blondel {

/// A phase feeds the supply above this.
inline constexpr double supply_min_v = voltage_present_mv / 1e3;
/// All phases below it for longer than this switch the processor off. @source device.md B6: > 1 s
inline constexpr SimDuration supply_ride_through = SimDuration::seconds(1);

[[nodiscard]] inline bool feeds_supply(Signals const& elements) {
  auto const& u_v = elements.component[0].u_v;
  return std::any_of(u_v.begin(), u_v.end(),
                     [](auto const& phasor) { return std::abs(phasor) >= supply_min_v; });
}

/// Watches the voltages and says when the meter goes down.
struct SupplyMonitor {
  SimTime off_at{SimTime::never()};  ///< when the ride-through ends

  /// @return true when the supply is there
  bool watch(Signals const& elements, SimTime now) {
    bool const fed = feeds_supply(elements);
    if (fed) {
      off_at = SimTime::never();
    } else if (off_at == SimTime::never()) {
      off_at = now + supply_ride_through;
    }
    return fed;
  }
};

}  // namespace blondel
