#include "protocol/kmp/kmp_command.hpp"

#include <array>

namespace blondel {
namespace {

struct CommandName {
  std::uint8_t code;
  std::string_view name;
};

/// @source device.md K4; the log reads A0-A3 are named by what K5 says they do (inferred)
constexpr std::array command_names{
    CommandName{0x01, "GetType"},
    CommandName{0x02, "GetSerialNo"},
    CommandName{0x07, "Reset"},
    CommandName{0x09, "SetClock"},
    CommandName{0x10, "GetRegister"},
    CommandName{0x11, "PutRegister"},
    CommandName{0x12, "PutRegisterExtended"},
    CommandName{0x85, "ResetNoBackup"},
    CommandName{0x86, "SetDispYES"},
    CommandName{0x88, "DebStop"},
    CommandName{0x8D, "GetPowerLimitStatus"},
    CommandName{0x92, "Login"},
    CommandName{0x97, "SetCutOffState"},
    CommandName{0x98, "GetCutOffState"},
    CommandName{0x9B, "ReadEventStatus"},
    CommandName{0x9C, "ClrEventStatus"},
    CommandName{0x9D, "EventStatusAck"},
    CommandName{0xA0, "GetLogTimePresent"},
    CommandName{0xA1, "GetLogLastPresent"},
    CommandName{0xA2, "GetLogIdPresent"},
    CommandName{0xA3, "GetLogTimePast"},
    CommandName{0xA6, "SetVoltQualConfig"},
    CommandName{0xA7, "GetVoltQualConfig"},
    CommandName{0xA9, "SetLoadProfileConfigRegister"},
    CommandName{0xAA, "GetLoadProfileConfig"},
    CommandName{0xB4, "PutLoggerConfiguration"},
    CommandName{0xB5, "GetLoggerConfiguration"},
    CommandName{0xB6, "PutBlock"},
    CommandName{0xB7, "GetBlock"},
    CommandName{0xB8, "LoggerReadOut"},
};

}  // namespace

std::string_view kmp_command_name(std::uint8_t code) {
  for (auto const& command : command_names) {
    if (command.code == code) {
      return command.name;
    }
  }
  return {};
}

}  // namespace blondel
