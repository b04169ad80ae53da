#include <blondel/meter/access.hpp>

#include <algorithm>

#include <blondel/base/decimal.hpp>

#include "core/clock/rtc.hpp"
#include "core/config/change_log.hpp"
#include "core/energy/ct_ratio.hpp"
#include "core/events/event_status.hpp"
#include "core/events/status_log.hpp"
#include "core/events/voltage.hpp"
#include "core/loggers/debiting.hpp"
#include "core/meter/boundary.hpp"
#include "core/meter/meter_state.hpp"
#include "core/nv/nv_layout.hpp"
#include "core/registers/meter_view.hpp"
#include "core/registers/register_writes.hpp"
#include "core/tariff/tariff_control.hpp"

namespace blondel {
namespace {

/// 0x7500 = 351 C. @source device.md 0.4
constexpr std::uint16_t type_code_351c = 0x7500;

/// The octets of a word in the opposite order.
constexpr std::uint32_t reversed(std::uint32_t word) {
  return word >> 24 | (word >> 8 & 0xFF00) | (word << 8 & 0xFF0000) | word << 24;
}

/// @param nv none: it is not logged
Result<void> set_clock(MeterState& s, MeterConfig const& config, NvStore* nv, CivilTime const& local) {
  if (!is_valid(local)) {
    return fail(ErrorCode::out_of_range);
  }
  auto const old_normal = s.rtc.normal_seconds(s.now);
  auto const before = stamp_of(old_normal, s.rtc, s.configuration);
  auto const normal = normal_of_local(local, s.configuration);
  s.rtc.anchor = s.now;
  s.rtc.anchor_normal_ns = normal * ns_per_s;
  s.rtc.valid = true;
  s.rtc.restored = false;
  clock_was_set(s, config, old_normal);
  auto const moved_s = normal > old_normal ? normal - old_normal : old_normal - normal;
  return nv == nullptr || moved_s <= adjustment_max_s ? Result<void>{}
                                                      : log_clock_set(s, config, *nv, before);
}

Result<void> reset_trip(MeterState& s) {
  for (std::size_t n = 0; n < tariff_energies.size(); ++n) {
    s.tariffs.trip[n] = of(s.primary, tariff_energies[n]);
  }
  s.nv_dirty = true;
  return {};
}

Result<void> set_limits(MeterState& s, Command const& command) {
  return set_voltage_limits(s, {command.voltage_low_mv, command.voltage_high_mv, command.voltage_duration_s});
}

Result<void> set_masks(MeterState& s, Command const& command) {
  s.events.mask_a = command.mask_a;
  s.events.mask_b_rising = command.mask_b_rising;
  s.events.mask_b_falling = command.mask_b_falling;
  s.nv_dirty = true;
  return {};
}

/// Commands of somebody with the password.
Result<void> operate(MeterState& s, MeterConfig const& config, NvStore* nv, Command const& command) {
  switch (command.kind) {
    case CommandKind::set_ct_ratio:
      return nv == nullptr ? fail(ErrorCode::forbidden) : set_ct_ratio(s, config, *nv, command.ct_ratio);
    case CommandKind::set_voltage_limits:
      return set_limits(s, command);
    case CommandKind::set_event_masks:
      return set_masks(s, command);
    case CommandKind::reset_trip:
      return reset_trip(s);
    case CommandKind::set_operation_mode:
      return set_operation_mode(s, command.mode);
    case CommandKind::set_tariff:
      return force_tariff(s, command.tariff);
    case CommandKind::set_clock:
    case CommandKind::clear_event_status:
    case CommandKind::debiting_stop:
    case CommandKind::start_calibration:
    case CommandKind::write_calibration:
    case CommandKind::seal:
      break;
  }
  return fail(ErrorCode::forbidden);
}

Result<void> service(MeterState& s, Command const& command) {
  switch (command.kind) {
    case CommandKind::start_calibration:
      s.calibration_window = {};
      return {};
    case CommandKind::write_calibration:
      if (command.element >= element_count) {
        return fail(ErrorCode::out_of_range, command.element);
      }
      s.calibration[command.element] = command.calibration;
      s.nv_dirty = true;
      return {};
    case CommandKind::seal:
      s.sealed = true;
      s.nv_dirty = true;
      return {};
    case CommandKind::set_clock:
    case CommandKind::clear_event_status:
    case CommandKind::debiting_stop:
    case CommandKind::set_ct_ratio:
    case CommandKind::set_voltage_limits:
    case CommandKind::set_event_masks:
    case CommandKind::reset_trip:
    case CommandKind::set_operation_mode:
    case CommandKind::set_tariff:
      break;
  }
  return fail(ErrorCode::forbidden);
}

}  // namespace

Result<Reading> Access::read(RegisterRef ref, Level) const {
  if (!state_->powered) {
    return fail(ErrorCode::meter_off);
  }
  auto const& row = definition(ref.id);
  if (!is_present(row, config_->type.energy)) {
    return fail(ErrorCode::unknown_register, static_cast<std::int64_t>(ref.id));
  }
  if (ref.history != 0) {
    return read_history(ref);
  }
  return row.read(MeterView{*state_, *config_});
}

Result<void> Access::execute(Command const& command, Level level) {
  if (!state_->powered) {
    return fail(ErrorCode::meter_off);
  }
  if (auto kept = nv_ != nullptr ? keep_begun_pages(*state_, *nv_) : Result<void>{}; !kept) {
    return kept;
  }
  switch (command.kind) {
    case CommandKind::set_clock:
      return set_clock(*state_, *config_, nv_, command.local_time);
    case CommandKind::clear_event_status:
      return nv_ == nullptr ? fail(ErrorCode::forbidden)
                            : clear_events(*state_, *config_, *nv_, reversed(command.conditional_mask),
                                           reversed(command.unconditional_mask));
    case CommandKind::debiting_stop:
      return nv_ == nullptr ? fail(ErrorCode::forbidden) : debit(*state_, *config_, *nv_);
    case CommandKind::set_ct_ratio:
    case CommandKind::set_voltage_limits:
    case CommandKind::set_event_masks:
    case CommandKind::reset_trip:
    case CommandKind::set_operation_mode:
    case CommandKind::set_tariff:
      return level < Level::operating
                 ? fail(ErrorCode::forbidden)
                 : log_changes_of(*state_, *config_, nv_,
                                  [&] { return operate(*state_, *config_, nv_, command); });
    case CommandKind::start_calibration:
    case CommandKind::write_calibration:
    case CommandKind::seal:
      // The seal is physical: no level opens it. @source device.md 14
      if (state_->sealed || level != Level::factory) {
        return fail(ErrorCode::forbidden);
      }
      return service(*state_, command);
  }
  return fail(ErrorCode::unknown_command);
}

Result<void> Access::write(RegisterId id, Reading const& value, Level level) {
  auto& s = *state_;
  if (!s.powered) {
    return fail(ErrorCode::meter_off);
  }
  auto const& row = definition(id);
  if (!is_present(row, config_->type.energy)) {
    return fail(ErrorCode::unknown_register, static_cast<std::int64_t>(id));
  }
  if (row.write.apply == nullptr || level < Level::operating || nv_ == nullptr) {
    return fail(ErrorCode::forbidden, row.kmp.id);
  }
  auto const now = row.read(MeterView{s, *config_});
  bool const is_between_steps =
      value.kind == ReadingKind::number && value.value % native_step(row, s.configuration.a) != 0;
  if (value.kind != now.kind || value.unit != now.unit || is_between_steps) {
    return fail(ErrorCode::out_of_range, value.value);
  }
  MeterEdit edit{s, *config_, *nv_};
  return log_changes_of(s, *config_, nv_, [&] { return row.write.apply(edit, value); });
}

Result<Level> Access::level_of(std::uint16_t password) {
  constexpr std::uint8_t tries_max = 3;
  auto& settings = state_->settings;
  if (state_->now < settings.password_rest) {
    return fail(ErrorCode::forbidden);
  }
  if (password == settings.password) {
    settings.wrong_passwords = 0;
    return Level::operating;
  }
  if (++settings.wrong_passwords == tries_max) {
    settings.wrong_passwords = 0;
    settings.password_rest = state_->now + SimDuration::seconds(60);
  }
  return fail(ErrorCode::forbidden);
}

DisplayFrame Access::display() const {
  return display_frame(MeterView{*state_, *config_});
}

DisplaySetup const& Access::display_setup() const {
  return blondel::display_setup(state_->display, *config_);
}

Result<void> Access::set_display(DisplaySetup const& setup, Level level) {
  auto& s = *state_;
  if (!s.powered) {
    return fail(ErrorCode::meter_off);
  }
  if (level < Level::operating) {
    return fail(ErrorCode::forbidden);
  }
  if (auto const checked = check_display(setup, config_->type.energy); !checked) {
    return checked;
  }
  return log_changes_of(s, *config_, nv_, [&]() -> Result<void> {
    s.display.setup = setup;
    s.display.catalogue = catalogue_mark();
    s.display.by_hand = false;
    s.display.automatic_since = std::max(s.display.automatic_since, s.now);
    s.nv_dirty = true;
    return {};
  });
}

Result<CalibrationSums> Access::calibration_sums(int element) const {
  if (state_->sealed) {
    return fail(ErrorCode::forbidden);
  }
  if (element < 0 || element >= element_count) {
    return fail(ErrorCode::out_of_range, element);
  }
  auto const& window = state_->calibration_window[static_cast<std::size_t>(element)];
  CalibrationSums sums;
  sums.active_uj = window.active_uj;
  sums.reactive_uvars = window.reactive_uvars;
  sums.span = SimDuration{window.span_ns};
  auto const span_us = window.span_ns / 1'000;
  if (span_us > 0) {
    sums.u_mv = static_cast<std::int32_t>(round_divide(window.u_mv_us, span_us));
    sums.i_ua = static_cast<std::int32_t>(round_divide(window.i_ua_us, span_us));
  }
  return sums;
}

Result<ElementCalibration> Access::calibration(int element) const {
  if (element < 0 || element >= element_count) {
    return fail(ErrorCode::out_of_range, element);
  }
  return state_->calibration[static_cast<std::size_t>(element)];
}

Configuration const& Access::configuration() const {
  return state_->configuration;
}

std::uint32_t Access::serial_number() const {
  return state_->serial_number;
}

std::uint16_t Access::type_code() const {
  return type_code_351c;
}

std::uint32_t Access::event_status() const {
  return reversed(event_status_a(*state_));
}

void Access::note_read_out(LogId log, std::uint32_t id) {
  blondel::note_read_out(state_->events, log, id);
}

}  // namespace blondel
