#pragma once
/// Voltage quality: limits, extremes and what is under way, phase by phase.

#include <array>
#include <cstdint>
#include <limits>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/time.hpp>
#include <blondel/meter/element_increment.hpp>

namespace blondel {

/// Between these a window's mean is as it should be. @source device.md B6: 230 V +-10 %, 10 minutes
struct VoltageLimits {
  std::int32_t low_mv{207'000};
  std::int32_t high_mv{253'000};
  std::uint16_t duration_s{600};  ///< of a window: no under- or overvoltage is shorter
};

/// A failure or a stray from the limits, while its bit of VoltageState::flags is set.
struct VoltageEvent {
  CivilSeconds since{};  ///< normal time
  std::int32_t extreme_mv{};
};

struct PhaseVoltage {
  // permanent
  std::int32_t min_mv{std::numeric_limits<std::int32_t>::max()};  ///< above the failure threshold, ever
  std::int32_t max_mv{};
  VoltageEvent failure;
  VoltageEvent stray;  ///< under- or overvoltage
  // volatile
  std::int64_t sum_mv_ns{};                                              ///< of the window under way
  std::int32_t window_low_mv{std::numeric_limits<std::int32_t>::max()};  ///< beyond the limits only
  std::int32_t window_high_mv{};
  SimTime below_since{SimTime::never()};                                ///< the failure threshold
  std::int32_t quiet_low_mv{std::numeric_limits<std::int32_t>::max()};  ///< from here to quiet_high_mv a
  std::int32_t quiet_high_mv{};                                         ///< voltage is no news
  bool failed_in_window{};
};

struct VoltageState {
  // permanent
  VoltageLimits limits;
  std::array<PhaseVoltage, element_count> phase{};
  std::uint32_t flags{};           ///< EventB: what is under way
  std::int32_t last_extreme_mv{};  ///< of the newest record
  std::uint8_t last_event{};       ///< VoltageEventBit, likewise
  // volatile
  SimTime window_start;
  std::int64_t window_ns{};
  SimTime neutral_since{SimTime::never()};  ///< voltages are as without a neutral
};

/// What outlives the supply. For the list of permanent fields (core/meter/meter_fields.hpp).
template<class Visitor, class State>
void visit_voltage(Visitor& field, State& voltage) {
  field(voltage.limits.low_mv);
  field(voltage.limits.high_mv);
  field(voltage.limits.duration_s);
  for (auto& phase : voltage.phase) {
    field(phase.min_mv);
    field(phase.max_mv);
    field(phase.failure.since);
    field(phase.failure.extreme_mv);
    field(phase.stray.since);
    field(phase.stray.extreme_mv);
  }
  field(voltage.flags);
  field(voltage.last_extreme_mv);
  field(voltage.last_event);
}

/// What is forgotten with it. For the list of volatile fields.
template<class Visitor, class State>
void visit_voltage_window(Visitor& field, State& voltage) {
  for (auto& phase : voltage.phase) {
    field(phase.sum_mv_ns);
    field(phase.window_low_mv);
    field(phase.window_high_mv);
    field(phase.below_since);
    field(phase.quiet_low_mv);
    field(phase.quiet_high_mv);
    field(phase.failed_in_window);
  }
  field(voltage.window_start);
  field(voltage.window_ns);
  field(voltage.neutral_since);
}

}  // namespace blondel
