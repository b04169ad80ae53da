#include "protocol/kmp/kmp_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <blondel/base/decimal.hpp>
#include <blondel/meter/register_def.hpp>

#include "protocol/kmp/kmp_command.hpp"
#include "protocol/kmp/kmp_link.hpp"
#include "protocol/kmp/kmp_units.hpp"

namespace blondel {
namespace {

std::string hex(ByteSpan octets) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (auto const octet : octets) {
    text += text.empty() ? "" : " ";
    text += digits[octet >> 4];
    text += digits[octet & 0xF];
  }
  return text;
}

std::string padded(std::uint64_t number, std::size_t width) {
  auto text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// Any number of octets, most significant first, as decimal digits. @cost quadratic in the octets (at most
/// 255)
std::string decimal_digits(ByteSpan magnitude) {
  std::vector<std::uint8_t> digits{0};  // least significant first
  for (auto const octet : magnitude) {
    unsigned carry = octet;
    for (auto& digit : digits) {
      carry += digit * 256U;
      digit = static_cast<std::uint8_t>(carry % 10);
      carry /= 10;
    }
    for (; carry != 0; carry /= 10) {
      digits.push_back(static_cast<std::uint8_t>(carry % 10));
    }
  }
  std::string text;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    text += static_cast<char>('0' + *digit);
  }
  return text;
}

/// Places the decimal point by text, so that no exponent of the format is out of reach.
std::string number_text(std::uint8_t sign_exponent, ByteSpan magnitude) {
  auto const decoded = kmp_sign_exponent(sign_exponent);
  auto text = decimal_digits(magnitude);
  if (decoded.exponent < 0) {
    auto const decimals = static_cast<std::size_t>(-decoded.exponent);
    if (text.size() <= decimals) {
      text.insert(0, decimals + 1 - text.size(), '0');
    }
    text.insert(text.size() - decimals, 1, '.');
  } else if (text != "0") {
    text.append(static_cast<std::size_t>(decoded.exponent), '0');
  }
  return decoded.negative ? "-" + text : text;
}

std::string ascii_text(ByteSpan octets) {
  std::string text;
  for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
    bool const is_printable = *octet >= 0x20 && *octet < 0x7F;
    text += is_printable ? static_cast<char>(*octet) : '.';
  }
  return text;
}

std::string date_text(CivilTime const& time) {
  return padded(static_cast<std::uint64_t>(time.year), 4) + "-" + padded(time.month, 2) + "-" +
         padded(time.day, 2);
}

std::string clock_text(CivilTime const& time) {
  return padded(time.hour, 2) + ":" + padded(time.minute, 2) + ":" + padded(time.second, 2);
}

/// Normal time as sent, and what the flags add.
std::string rtc_text(RtcStamp const& stamp) {
  auto text = date_text(stamp.normal_time) + " " + clock_text(stamp.normal_time) + " normal time";
  text += stamp.summer_time ? ", summer time holds" : "";
  text += stamp.valid ? "" : ", not valid";
  text += stamp.restored ? ", restored" : "";
  return text;
}

/// Clock and date registers hold decimal numbers; what is no moment stays a number.
std::string clock_or_date_text(KmpField const& field) {
  auto const number = kmp_number(field.sign_exponent, field.octets);
  if (number && number->exponent == 0 && number->mantissa >= 0) {
    constexpr std::uint32_t some_date = 101;
    constexpr std::int64_t both_max = 991231;
    auto const value = static_cast<std::uint32_t>(std::min(number->mantissa, both_max + 1));
    if (auto const civil = kmp_civil_time({some_date, value}); civil && field.unit == kmp_unit_clock) {
      return clock_text(*civil);
    }
    if (auto const civil = kmp_civil_time({value, 0}); civil && field.unit == kmp_unit_date) {
      return date_text(*civil);
    }
  }
  return number_text(field.sign_exponent, field.octets);
}

bool is_plain_number(std::uint8_t unit) {
  return unit != kmp_unit_clock && unit != kmp_unit_date && unit != kmp_unit_rtc && unit != kmp_unit_ascii;
}

std::string register_name(std::uint16_t id) {
  auto const* row = find_by_kmp(id);
  return std::to_string(id) + " " + (row == nullptr ? "(unknown)" : std::string{row->name});
}

std::string command_text(std::uint8_t code) {
  auto const name = kmp_command_name(code);
  return name.empty() ? "command " + hex(std::array{code}) : std::string{name};
}

std::string error_text(Error const& error) {
  return std::string{name_of(error.code)} + " (" + std::to_string(error.detail) + ")";
}

std::string asked_registers_text(ByteReader data) {
  auto const count = data.u8();
  std::string text;
  while (data.remaining() >= 2) {
    text += (text.empty() ? " " : ", ") + register_name(data.u16());
  }
  text += data.remaining() != 0 ? " + " + hex(data.take(data.remaining())) : "";
  return text + (count > kmp_registers_max ? " (more than 8)" : "");
}

std::string answered_registers_text(ByteReader data) {
  if (data.remaining() == 0) {
    return " (no register)";
  }
  std::string text;
  while (data.remaining() != 0) {
    auto const rest = data;
    auto const field = kmp_read_field(data);
    text += text.empty() ? " " : ", ";
    if (!field) {
      auto tail = rest;
      return text + "cut short: " + hex(tail.take(tail.remaining()));
    }
    text += register_name(field->id) + " = " + kmp_value_text(*field);
  }
  return text;
}

std::string plain_data_text(ByteSpan data) {
  return data.empty() ? "" : " " + hex(data);
}

/// The register and its value; the password before them is not told.
std::string put_register_text(ByteSpan data) {
  ByteReader reader{data};
  auto const field = kmp_read_field(reader);
  if (!field || reader.remaining() != 0) {
    return plain_data_text(data);
  }
  constexpr std::uint16_t password = 1180;
  return " " + register_name(field->id) + (field->id == password ? "" : " = " + kmp_value_text(*field));
}

std::string date_time_text(ByteReader data) {
  auto const date = data.u32();
  auto const time = data.u32();
  auto const civil = kmp_civil_time({date, time});
  return civil ? " " + date_text(*civil) + " " + clock_text(*civil)
               : " no such moment: " + std::to_string(date) + " " + std::to_string(time);
}

std::string type_text(ByteReader data) {
  auto const type = std::array{data.u8(), data.u8()};
  auto const letter = data.u8();
  auto const number = data.u8();
  constexpr std::uint8_t letters = 26;
  auto const revision = letter >= 1 && letter <= letters ? std::string(1, static_cast<char>('A' + letter - 1))
                                                         : std::to_string(letter) + ".";
  return " type " + hex(type) + ", software " + revision + std::to_string(number);
}

/// What a command's data say; data of another length than the command has are shown as octets.
std::string data_text(std::uint8_t code, ByteSpan data, bool is_request) {
  ByteReader const reader{data};
  switch (static_cast<KmpCommand>(code)) {
    case KmpCommand::get_type:
      return !is_request && data.size() == 4 ? type_text(reader) : plain_data_text(data);
    case KmpCommand::get_serial_no:
      return !is_request && data.size() == 4 ? " " + decimal_digits(data) : plain_data_text(data);
    case KmpCommand::set_clock:
      return is_request && data.size() == 8 ? date_time_text(reader) : plain_data_text(data);
    case KmpCommand::get_register:
      return is_request ? asked_registers_text(reader) : answered_registers_text(reader);
    case KmpCommand::put_register:
      return is_request && data.size() > 2 ? put_register_text(data.subspan(2)) : plain_data_text(data);
    case KmpCommand::set_voltage_limits:
    case KmpCommand::set_load_profile:
      return is_request && data.size() > 2 ? plain_data_text(data.subspan(2)) : plain_data_text(data);
    case KmpCommand::get_voltage_limits:
    case KmpCommand::get_load_profile:
    case KmpCommand::debiting_stop:
    case KmpCommand::read_event_status:
    case KmpCommand::clear_event_status:
      return plain_data_text(data);
  }
  return plain_data_text(data);
}

/// True for the reasons why one register, and not the whole GetRegister, goes without an answer.
bool is_left_out(std::uint8_t command, ErrorCode reason) {
  return static_cast<KmpCommand>(command) == KmpCommand::get_register &&
         (reason == ErrorCode::unknown_register || reason == ErrorCode::forbidden ||
          reason == ErrorCode::out_of_range);
}

}  // namespace

std::string kmp_bare_text(KmpField const& field) {
  switch (field.unit) {
    case kmp_unit_ascii:
      return ascii_text(field.octets);
    case kmp_unit_clock:
    case kmp_unit_date:
      return clock_or_date_text(field);
    case kmp_unit_rtc: {
      auto const stamp = kmp_rtc(field.octets);
      return stamp ? rtc_text(*stamp) : hex(field.octets);
    }
    default:
      return number_text(field.sign_exponent, field.octets);
  }
}

std::string kmp_value_text(KmpField const& field) {
  auto const text = kmp_bare_text(field);
  if (field.unit == kmp_unit_ascii) {
    return "\"" + text + "\"";
  }
  auto const unit = kmp_unit_text(field.unit);
  return is_plain_number(field.unit) && !unit.empty() ? text + " " + std::string{unit} : text;
}

std::string kmp_text(ByteSpan line) {
  if (line.size() == 1 && line.front() == kmp_acknowledge) {
    return "acknowledge";
  }
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(line, body);
  if (!frame) {
    return "invalid, " + error_text(frame.error()) + ": " + hex(line);
  }
  auto const code = frame->application.front();
  bool const is_request = line.front() == static_cast<std::uint8_t>(KmpDirection::to_meter);
  auto text = command_text(code) + data_text(code, frame->application.subspan(1), is_request);
  if (frame->address != kmp_meter_address) {
    text += ", address " + hex(std::array{frame->address});
  }
  return text;
}

std::string kmp_text(LinkEvent const& event) {
  switch (event.kind) {
    case LinkEvent::Kind::request:
      return "-> " + kmp_text(event.frame);
    case LinkEvent::Kind::response:
      return "<- " + kmp_text(event.frame);
    case LinkEvent::Kind::ignored:
      return "-- ignored: " + hex(event.frame);
    case LinkEvent::Kind::silence:
      break;
  }
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(event.frame, body);
  if (frame && is_left_out(frame->application.front(), event.reason.code)) {
    return "-- left out: register " + std::to_string(event.reason.detail) + ", " + name_of(event.reason.code);
  }
  auto const what = frame ? command_text(frame->application.front()) : hex(event.frame);
  return "-- no answer to " + what + ": " + error_text(event.reason);
}

}  // namespace blondel
