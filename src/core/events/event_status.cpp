#include "core/events/event_status.hpp"

#include <algorithm>
#include <array>

#include "core/events/status_log.hpp"
#include "core/io/module_io.hpp"

namespace blondel {
namespace {

/// The bit of a log in event status A; changes of the configuration have none. @source device.md K5
constexpr std::uint32_t bit_of(LogId log) {
  switch (log) {
    case LogId::status:
      return 1U << 18;
    case LogId::rtc:
      return 1U << 17;
    case LogId::voltage_quality:
      return 1U << 19;
    case LogId::load_profile:
      return 1U << 21;
    case LogId::debiting:
      return 1U << 16;
    case LogId::debiting_2:
      return 1U << 22;
    case LogId::ct_ratio:
      return 1U << 23;
    case LogId::load_profile_events:
      return 1U << 31;
    case LogId::analysis:
      return 1U << 30;
    case LogId::neutral_fault:
      return 1U << 29;
    case LogId::configuration:
      break;
  }
  return 0;
}
constexpr std::uint32_t logless_bits = 0xFFFF;

std::uint32_t when(bool is_so, std::uint32_t bit) {
  return is_so ? bit : 0;
}

}  // namespace

std::uint32_t event_bit(LogId log) {
  return bit_of(log);
}

std::uint32_t event_status_a(MeterState const& s) {
  auto word = s.status | s.events.latched | when((s.status & status_eeprom) != 0, event_flash_error);
  for (std::size_t n = 0; n < log_count; ++n) {
    word |= when(s.loggers.heads[n].last_id > s.events.read_marker[n], bit_of(all_logs[n]));
  }
  return word & s.events.mask_a;
}

std::uint32_t event_status_b(MeterState const& s) {
  return s.voltage.flags | when((s.status & status_rom) != 0, event_rom) |
         when((s.status & status_alarm_input) != 0, event_alarm_input) |
         when((s.status & status_magnet) != 0, event_magnet) |
         when((s.status & status_meter_cover) != 0, event_cover);
}

bool shows_error(MeterState const& s, DataSheet sheet) {
  unsigned causes = status_eeprom | status_magnet | status_ram | status_rom;
  if (sheet == DataSheet::english) {
    causes |= status_meter_cover;
  }
  return (s.status & causes) != 0;
}

Result<void> clear_events(MeterState& s, MeterConfig const& config, NvStore& nv, std::uint32_t conditional,
                          std::uint32_t unconditional) {
  constexpr auto status_log = log_index(LogId::status);
  bool const is_told = s.events.read_out[status_log] == s.loggers.heads[status_log].last_id;
  auto const cleared = (unconditional | (is_told ? conditional : 0)) & logless_bits;
  s.events.latched &= ~cleared;
  s.status = static_cast<std::uint8_t>((s.status & ~cleared) | tamper_status(s.events.tamper, config) |
                                       alarm_status(s));
  auto const logged = note_events(s, config, nv);
  for (std::size_t n = 0; n < log_count; ++n) {
    auto& marker = s.events.read_marker[n];
    auto const bit = bit_of(all_logs[n]);
    if ((unconditional & bit) != 0) {
      marker = s.loggers.heads[n].last_id;
    } else if ((conditional & bit) != 0) {
      marker = std::max(marker, s.events.read_out[n]);
    }
  }
  s.nv_dirty = true;
  return logged;
}

void note_read_out(EventState& events, LogId log, std::uint32_t id) {
  auto& newest = events.read_out[log_index(log)];
  newest = std::max(newest, id);
}

}  // namespace blondel
