#pragma once
/// What the currents tell besides energy: none, against the usual direction, phases in another order.

#include <cstdint>

#include "core/events/event_status.hpp"

namespace blondel {

/// Bits of event status B that follow the currents and the order of the phases.
inline constexpr std::uint32_t current_events =
    0b111U * event_no_current_l1 | event_phase_sequence | 0b111U * event_reverse_current_l1;

/// Below this a current is none. @source device.md B1: quadrant marks are off below about 10 mA
inline constexpr std::int32_t current_min_ua = 10'000;

/// What is the case at the refresh that was shown last. A phase without voltage has no say.
/// @source device.md K5; inferred: a current is reversed while its phase registers export
[[nodiscard]] std::uint32_t current_flags(MeterState const& s, MeterConfig const& config);

}  // namespace blondel
