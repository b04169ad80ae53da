#pragma once
/// Every field of a meter's state, named once: permanent memory, snapshots and the state's hash walk this
/// list.

#include "core/meter/meter_state.hpp"

namespace blondel {

template<class Visitor, class Pulses>
void visit_pulses(Visitor& field, Pulses& pulses) {
  field(pulses.count);
  field(pulses.rest_uj);
}

template<class Visitor, class Calibration>
void visit_calibration(Visitor& field, Calibration& calibration) {
  field(calibration.phase_delay_q30);
  field(calibration.power_gain);
  field(calibration.u_gain);
  field(calibration.i_gain);
  field(calibration.power_offset);
  field(calibration.i_noise);
}

/// What outlives the supply, in the order of the memory's layout. Changing it is a new layout version.
/// @param State MeterState or MeterState const
template<class Visitor, class State>
void visit_permanent(Visitor& field, State& s) {
  field(s.serial_number);
  for (auto& number : s.meter_numbers) {
    field(number);
  }
  field(s.sealed);
  field(s.status);
  field(s.ct_ratio);
  field(s.ct_ratio_before);
  for (auto& number : s.configuration.numbers) {
    field(number);
  }
  visit_registers(field, s.secondary);
  visit_registers(field, s.primary);
  visit_pulses(field, s.led);
  visit_pulses(field, s.s0);
  for (auto& pulses : s.module_out) {
    visit_pulses(field, pulses);
  }
  visit_demand(field, s.demand);
  visit_tariffs(field, s.tariffs);
  visit_io(field, s.io);
  visit_settings(field, s.settings);
  field(s.powered_ns);
  visit_backup(field, s.backup);
  for (auto& calibration : s.calibration) {
    visit_calibration(field, calibration);
  }
  visit_loggers(field, s.loggers);
  visit_events(field, s.events);
  visit_voltage(field, s.voltage);
  visit_display_permanent(field, s.display);
}

template<class Visitor, class Gate>
void visit_gate(Visitor& field, Gate& gate) {
  field(gate.window_uj);
  field(gate.window_ns);
  field(gate.suppressed_uj);
  field(gate.registering);
}

template<class Visitor, class Live>
void visit_live(Visitor& field, Live& live) {
  field(live.p_mw);
  field(live.q_mvar);
  field(live.s_mva);
  field(live.u_mv);
  field(live.i_ua);
}

template<class Visitor, class Clock>
void visit_rtc(Visitor& field, Clock& rtc) {
  field(rtc.anchor);
  field(rtc.anchor_normal_ns);
  field(rtc.rate_error_ppb);
  field(rtc.valid);
  field(rtc.restored);
}

/// What a meter forgets with its supply, and what belongs to the simulation: with visit_permanent, all of it.
template<class Visitor, class State>
void visit_volatile(Visitor& field, State& s) {
  field(s.now);
  field(s.powered);
  visit_rtc(field, s.rtc);
  field(s.backup.since);
  visit_volatile_io(field, s.io);
  visit_password_tries(field, s.settings);
  field(s.booked_until);
  field(s.boundary_at);
  field(s.boundary_normal);
  for (auto& gates : s.gates) {
    visit_gate(field, gates.active);
    visit_gate(field, gates.reactive);
    field(gates.apparent_withheld_uvas);
  }
  for (auto& live : s.live) {
    visit_live(field, live);
  }
  field(s.operation_mode);
  field(s.operation_mode_until);
  field(s.i_neutral_ua);
  field(s.frequency_mhz);
  field(s.reversed_sequence);
  field(s.window.span_ns);
  for (auto& sum : s.window.sum) {
    field(sum.active_uj);
    field(sum.reactive_uvars);
    field(sum.apparent_uvas);
    field(sum.measured_uj);
  }
  field(s.window.shown);
  for (auto& window : s.calibration_window) {
    field(window.active_uj);
    field(window.reactive_uvars);
    field(window.span_ns);
    field(window.u_mv_us);
    field(window.i_ua_us);
  }
  visit_averages(field, s.averages);
  visit_display_volatile(field, s.display);
  field(s.diagnostics.increments_net_uj);
  field(s.diagnostics.suppressed_net_uj);
  for (auto& next : s.secondary_next_mj) {
    field(next);
  }
  for (auto& next : s.primary_next_mj) {
    field(next);
  }
  field(s.loggers.begun_pages);
  visit_read_out(field, s.events);
  visit_voltage_window(field, s.voltage);
  field(s.nv_sequence);
  field(s.shown_changed);
  field(s.nv_dirty);
  field(s.nv_behind);
}

}  // namespace blondel
