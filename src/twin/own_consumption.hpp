#pragma once
/// What the meter's own circuits take from the mains. It is taken before the measuring elements: no register
/// holds it.

#include <cmath>

#include <blondel/base/units.hpp>
#include <blondel/frontend/signals.hpp>

namespace blondel {

/// Of one voltage circuit at 230 V, a fixed impedance: both follow the square of the voltage.
/// @source data sheet, Technical data: 0.2 VA, 0.1 W per phase; its law over the voltage inferred
inline constexpr double voltage_circuit_w = 0.1;
inline constexpr double voltage_circuit_va = 0.2;
inline constexpr double voltage_circuit_nominal_v = 230.0;

/// @units W and VA, or J and VA s; all circuits together
struct OwnConsumption {
  double voltage_active{};
  double voltage_apparent{};
  double current_apparent{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.voltage_active);
    field(self.voltage_apparent);
    field(self.current_apparent);
  }
  void add(OwnConsumption const& rate, double span_s) {
    voltage_active += rate.voltage_active * span_s;
    voltage_apparent += rate.voltage_apparent * span_s;
    current_apparent += rate.current_apparent * span_s;
  }
};

/// What the circuits take now. @param elements with the currents of the primary @param burden of a current
/// circuit
[[nodiscard]] inline OwnConsumption own_consumption(Signals const& elements, double ct_ratio, Ohms burden) {
  OwnConsumption own;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const power = channel_power(elements, k);
    auto const level = power.u_square_v2 / (voltage_circuit_nominal_v * voltage_circuit_nominal_v);
    own.voltage_active += voltage_circuit_w * level;
    own.voltage_apparent += voltage_circuit_va * level;
    own.current_apparent += power.i_square_a2 / (ct_ratio * ct_ratio) * burden.value();
  }
  return own;
}

}  // namespace blondel
