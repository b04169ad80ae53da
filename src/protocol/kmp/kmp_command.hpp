#pragma once
/// KMP's commands.

#include <cstdint>
#include <string_view>

namespace blondel {

/// The commands this meter answers. @source device.md K4
enum class KmpCommand : std::uint8_t {
  get_type = 0x01,
  get_serial_no = 0x02,
  set_clock = 0x09,
  get_register = 0x10,
  put_register = 0x11,
  debiting_stop = 0x88,
  read_event_status = 0x9B,
  clear_event_status = 0x9C,
  set_voltage_limits = 0xA6,
  get_voltage_limits = 0xA7,
  set_load_profile = 0xA9,
  get_load_profile = 0xAA,
};

/// The protocol's name of a command, answered here or not; empty when nobody documented it.
/// @source device.md K4
[[nodiscard]] std::string_view kmp_command_name(std::uint8_t code);

}  // namespace blondel
