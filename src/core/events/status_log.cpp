#include "core/events/status_log.hpp"

#include <array>

#include "core/events/event_status.hpp"
#include "core/loggers/log_writer.hpp"
#include "core/nv/nv_layout.hpp"

namespace blondel {
namespace {

constexpr std::int64_t rtc_set_by_command = 1;

/// Event of a status record. @source device.md K5: the status octet
std::uint16_t record_of(MeterState const& s) {
  auto const open = [&](TamperBit cover, StatusLogBit bit) {
    return (s.events.tamper & cover) != 0 ? bit : 0;
  };
  return static_cast<std::uint16_t>(s.status | open(tamper_terminal_cover, status_log_terminal_cover) |
                                    open(tamper_meter_cover, status_log_meter_cover));
}

}  // namespace

std::uint8_t tamper_status(std::uint8_t tamper, MeterConfig const& config) {
  auto const cover = config.data_sheet == DataSheet::russian ? tamper_terminal_cover : tamper_meter_cover;
  return static_cast<std::uint8_t>(((tamper & cover) != 0 ? status_meter_cover : 0) |
                                   ((tamper & tamper_magnet) != 0 ? status_magnet : 0));
}

Result<void> see_tamper(MeterState& s, MeterConfig const& config, NvStore& nv, std::uint8_t tamper) {
  if (tamper == s.events.tamper) {
    return {};
  }
  constexpr unsigned followed = status_meter_cover | status_magnet;
  s.events.tamper = tamper;
  s.status = static_cast<std::uint8_t>((s.status & ~followed) | tamper_status(tamper, config));
  s.nv_dirty = true;
  if (auto noted = note_events(s, config, nv); !noted) {
    return noted;
  }
  return s.powered ? Result<void>{} : save(s, nv);
}

Result<void> note_events(MeterState& s, MeterConfig const& config, NvStore& nv) {
  auto& events = s.events;
  auto const b = event_status_b(s);
  auto const told =
      (b & ~events.status_b & events.mask_b_rising) | (~b & events.status_b & events.mask_b_falling);
  events.status_b = b;
  if (told != 0) {
    events.latched |= event_b_changed;
  }
  auto const record = record_of(s);
  if (record != events.logged_status) {
    std::array const event{std::int64_t{record}};
    if (auto logged = append_event(s, config, nv, LogId::status, event); !logged) {
      return logged;
    }
    events.logged_status = record;
  }
  events.noted = event_causes(s);
  return {};
}

void events_power_up(MeterState& s, MeterConfig const& config, NvStore& nv) {
  s.status |= static_cast<std::uint8_t>(status_reset | tamper_status(s.events.tamper, config));
  // A reset that nobody has cleared does not hide the next one.
  s.events.logged_status &= static_cast<std::uint16_t>(~unsigned{status_reset});
  static_cast<void>(note_events(s, config, nv));
}

Result<void> log_clock_set(MeterState& s, MeterConfig const& config, NvStore& nv, ClockStamp const& before) {
  s.events.clock_before = before;
  s.events.latched |= event_clock_adjusted;
  std::array const event{pack_stamp(civil_stamp(before)), rtc_set_by_command};
  return append_event(s, config, nv, LogId::rtc, event);
}

}  // namespace blondel
