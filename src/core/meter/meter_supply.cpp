// A meter is made, gets its supply and loses it.

#include <blondel/meter/meter.hpp>

#include "core/events/status_log.hpp"
#include "core/events/voltage.hpp"
#include "core/io/module_io.hpp"
#include "core/loggers/debiting.hpp"
#include "core/loggers/profile.hpp"
#include "core/meter/boundary.hpp"
#include "core/meter/meter_state.hpp"
#include "core/meter/shown_steps.hpp"
#include "core/nv/nv_layout.hpp"
#include "core/tariff/tariff_control.hpp"

namespace blondel {
namespace {

/// In constant memory: made on the stack, it would take a third of a controller's.
constexpr MeterState blank{};

/// What a meter forgets with its supply. The clock runs on its battery.
void forget_volatile(MeterState& s) {
  auto const now = s.now;
  auto const rtc = s.rtc;
  auto const backup = s.backup;
  auto const level = s.io.level;
  auto const diagnostics = s.diagnostics;
  s = blank;
  s.now = now;
  s.rtc = rtc;
  s.backup = backup;
  s.io.level = level;
  s.diagnostics = diagnostics;
}

}  // namespace

Result<void> Meter::manufacture(Nameplate const& nameplate, SimTime now) {
  auto& s = *state_;
  s = blank;
  s.now = now;
  s.serial_number = nameplate.serial_number;
  s.meter_numbers = nameplate.meter_numbers;
  s.configuration = config_->configuration;
  s.ct_ratio = s.configuration.sss;
  s.ct_ratio_before = s.ct_ratio;
  for (std::size_t n = 0; n < energy_count; ++n) {
    s.primary[n].total_mj = nameplate.primary_mj[n];
    s.secondary[n].total_mj = nameplate.secondary_mj[n];
  }
  start_demand(s.demand, s.primary);
  start_tariffs(s.tariffs, s.primary, s.secondary, s.configuration.ooo == tariffs_disabled ? 0 : 1);
  s.calibration = nameplate.calibration.value_or(config_->nominal_calibration);
  s.sealed = nameplate.sealed;
  auto const normal = normal_of_local(nameplate.production_time, s.configuration);
  s.rtc = Rtc{.anchor = now, .anchor_normal_ns = normal * ns_per_s, .valid = true};
  s.loggers.debited_day = day_of(to_seconds(nameplate.production_time));
  s.backup.battery_ns = nameplate.battery == Battery::fitted ? battery_full_ns : 0;
  s.backup.since = now;
  s.io.setup = config_->load_control;
  set_next_steps(s);
  return save(s, *nv_);
}

Result<void> Meter::power_up(SimTime now, std::uint8_t self_test) {
  auto& s = *state_;
  forget_volatile(s);
  s.now = now;
  auto const restored = restore(s, *nv_);
  if (!restored) {
    s.status |= status_eeprom;
    return restored;
  }
  s.status |= self_test;
  set_next_steps(s);
  if (!s.backup.handle_power_up(now)) {
    // Both stores ran empty: the clock goes on from what the memory knows. @source device.md K2 (flags), B5
    s.rtc.anchor = now;
    s.rtc.anchor_normal_ns = s.backup.last_normal * ns_per_s;
    s.rtc.valid = false;
    s.rtc.restored = true;
    s.loggers.off_since = 0;  // how long the outage was, nobody can tell
  }
  s.powered = true;
  s.booked_until = now;
  start_io(s);
  resume_periods(s, *config_);
  start_display(s.display, now);
  events_power_up(s, *config_, *nv_);
  return {};
}

Result<void> Meter::power_down(SimTime now) {
  auto& s = *state_;
  advance(now);
  for (auto& gates : s.gates) {
    s.diagnostics.suppressed_net_uj += gates.active.withheld_uj() + gates.active.suppressed_uj;
    gates.active = NoLoadGate{};
  }
  auto const kept = keep_begun_pages(s, *nv_);
  auto const logged = kept ? voltages_power_down(s, *config_, *nv_) : kept;
  s.powered = false;
  mark_power_down(s);
  s.display.by_hand = false;
  s.backup.handle_power_down(now);
  auto const saved = save(s, *nv_);
  return logged ? saved : logged;
}

}  // namespace blondel
