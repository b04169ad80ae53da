#pragma once
/// What a catalogue row may ask of a meter. Rows read; they never change anything.

#include <blondel/meter/reading.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Read-only access to one meter's state and configuration.
class MeterView {
 public:
  MeterView(MeterState const& state, MeterConfig const& config) : state_{&state}, config_{&config} {}
  [[nodiscard]] MeterState const& state() const { return *state_; }
  [[nodiscard]] MeterConfig const& config() const { return *config_; }

 private:
  MeterState const* state_;
  MeterConfig const* config_;
};

/// Directions of power, as the registers name them.
enum class Power : std::uint8_t { p_plus, p_minus, q_plus, q_minus, s_plus, s_minus };

[[nodiscard]] Reading primary_energy(MeterView const& m, Energy energy);
[[nodiscard]] Reading secondary_energy(MeterView const& m, Energy energy);
[[nodiscard]] Reading absolute_active_energy(MeterView const& m);
/// Primary power of one direction; summed as the meter sums energy.
[[nodiscard]] Reading total_power(MeterView const& m, Power power);
[[nodiscard]] Reading phase_power(MeterView const& m, int element, Power power);
[[nodiscard]] Reading voltage(MeterView const& m, int element);
[[nodiscard]] Reading current(MeterView const& m, int element);
[[nodiscard]] Reading power_factor(MeterView const& m, int element);
[[nodiscard]] Reading total_power_factor(MeterView const& m);
/// Tells by the net powers 1 import inductive, 2 export inductive, 3 export capacitive, 4 import capacitive.
/// Without load in any element it is 0.
[[nodiscard]] Reading quadrant(MeterView const& m);
/// 1 import, -1 export, 0 while the element registers no active energy.
[[nodiscard]] Reading direction(MeterView const& m, int element);
[[nodiscard]] Reading frequency(MeterView const& m);
[[nodiscard]] Reading local_clock(MeterView const& m);
[[nodiscard]] Reading local_date(MeterView const& m);
[[nodiscard]] Reading rtc(MeterView const& m);
[[nodiscard]] Reading hour_counter(MeterView const& m);
[[nodiscard]] Reading meter_status(MeterView const& m);
[[nodiscard]] Reading operation_mode(MeterView const& m);
[[nodiscard]] Reading serial_number(MeterView const& m);
[[nodiscard]] Reading meter_number(MeterView const& m, int index);
[[nodiscard]] Reading configuration_number(MeterView const& m, int index);
[[nodiscard]] Reading type_and_revision(MeterView const& m);
[[nodiscard]] Reading complete_type_number(MeterView const& m);
[[nodiscard]] Reading short_type_number(MeterView const& m);

}  // namespace blondel
