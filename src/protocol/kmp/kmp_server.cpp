#include "protocol/kmp/kmp_server.hpp"

#include "protocol/kmp/kmp_command.hpp"

namespace blondel {
namespace {

constexpr std::size_t event_status_size = 4;

}  // namespace

Result<KmpAnswer> KmpServer::answer(ByteSpan request) {
  ByteReader data{request};
  auto const code = data.u8();
  if (data.failed()) {
    return fail(ErrorCode::truncated, 0);
  }
  switch (static_cast<KmpCommand>(code)) {
    case KmpCommand::get_type:
      return get_type(data);
    case KmpCommand::get_serial_no:
      return get_serial_no(data);
    case KmpCommand::set_clock:
      return set_clock(data);
    case KmpCommand::get_register:
      return get_register(data);
    case KmpCommand::put_register:
      return put_register(data);
    case KmpCommand::debiting_stop:
      return debiting_stop(data);
    case KmpCommand::read_event_status:
      return read_event_status(data);
    case KmpCommand::clear_event_status:
      return clear_event_status(data);
    case KmpCommand::set_voltage_limits:
      return set_voltage_limits(data);
    case KmpCommand::get_voltage_limits:
      return get_voltage_limits(data);
    case KmpCommand::set_load_profile:
      return set_load_profile(data);
    case KmpCommand::get_load_profile:
      return get_load_profile(data);
  }
  return fail(ErrorCode::unknown_command, code);
}

Result<KmpAnswer> KmpServer::get_type(ByteReader data) const {
  return kmp_expect_size(data, 0).map([&] {
    return kmp_frame_of(KmpCommand::get_type, [&](ByteWriter& writer) {
      writer.u16(access_.type_code());
      writer.u8(access_.config().software_letter);
      writer.u8(access_.config().software_number);
    });
  });
}

Result<KmpAnswer> KmpServer::get_serial_no(ByteReader data) const {
  return kmp_expect_size(data, 0).map([&] {
    return kmp_frame_of(KmpCommand::get_serial_no,
                        [&](ByteWriter& writer) { writer.u32(access_.serial_number()); });
  });
}

Result<KmpAnswer> KmpServer::get_register(ByteReader data) const {
  auto const count = data.u8();
  if (data.failed()) {
    return fail(ErrorCode::bad_length, 0);
  }
  if (count > kmp_registers_max) {
    return fail(ErrorCode::too_long, kmp_registers_max);
  }
  if (count == 0) {
    return fail(ErrorCode::bad_field, 1);
  }
  if (auto const size = kmp_expect_size(data, 2U * count); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  KmpAnswer answer;
  ByteWriter writer{answer.octets};
  writer.u8(static_cast<std::uint8_t>(KmpCommand::get_register));
  for (int n = 0; n < count; ++n) {
    auto const id = data.u16();
    auto const appended = append_register(writer, id);
    if (appended) {
      continue;
    }
    if (appended.error().code == ErrorCode::meter_off) {
      return tl::unexpected<Error>{appended.error()};
    }
    answer.omissions[answer.omission_count++] = {appended.error().code, id};
  }
  answer.size = writer.size();
  return answer;
}

Result<void> KmpServer::append_register(ByteWriter& writer, std::uint16_t id) const {
  auto const* row = find_by_kmp(id);
  if (row == nullptr) {
    return fail(ErrorCode::unknown_register, id);
  }
  return access_.read({row->id, 0}, level_).and_then([&](Reading const& reading) {
    return kmp_write_register(writer, *row, reading, access_.configuration().a);
  });
}

Result<KmpAnswer> KmpServer::debiting_stop(ByteReader data) {
  if (auto const size = kmp_expect_size(data, 0); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  Command command;
  command.kind = CommandKind::debiting_stop;
  return access_.execute(command, level_).map(kmp_acknowledgement);
}

Result<KmpAnswer> KmpServer::set_clock(ByteReader data) {
  if (auto const size = kmp_expect_size(data, 8); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  auto const date = data.u32();
  auto const time = data.u32();
  return kmp_civil_time({date, time}).and_then([&](CivilTime const& local_time) -> Result<KmpAnswer> {
    Command command;
    command.kind = CommandKind::set_clock;
    command.local_time = local_time;
    return access_.execute(command, level_).map(kmp_acknowledgement);
  });
}

Result<KmpAnswer> KmpServer::read_event_status(ByteReader data) const {
  return kmp_expect_size(data, 0).map([&] { return event_status(); });
}

Result<KmpAnswer> KmpServer::clear_event_status(ByteReader data) {
  if (auto const size = kmp_expect_size(data, 2 * event_status_size); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  Command command;
  command.kind = CommandKind::clear_event_status;
  command.conditional_mask = data.u32();
  command.unconditional_mask = data.u32();
  return access_.execute(command, level_).map([&] { return event_status(); });
}

KmpAnswer KmpServer::event_status() const {
  // The answer to 9C carries command 9B as well. @source device.md K4
  // ES0 is the top octet of Access's 32 bits and the first on the line, of masks likewise. @source device.md
  // K5
  return kmp_frame_of(KmpCommand::read_event_status,
                      [&](ByteWriter& writer) { writer.u32(access_.event_status()); });
}

}  // namespace blondel
