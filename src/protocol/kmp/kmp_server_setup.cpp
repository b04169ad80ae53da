#include "protocol/kmp/kmp_command.hpp"
#include "protocol/kmp/kmp_server.hpp"

/// Commands that set the meter up, each with the password in front.

namespace blondel {

Result<KmpAnswer> KmpServer::put_register(ByteReader data) {
  auto const password = data.u16();
  auto const field = kmp_read_field(data);
  if (!field || data.remaining() != 0) {
    return fail(ErrorCode::bad_length, static_cast<std::int64_t>(data.remaining()));
  }
  auto const level = access_.level_of(password);
  if (!level) {
    return tl::unexpected<Error>{level.error()};
  }
  auto const* const row = find_by_kmp(field->id);
  if (row == nullptr) {
    return fail(ErrorCode::unknown_register, field->id);
  }
  return access_.read({row->id, 0}, *level)
      .and_then([&](Reading const& now) { return kmp_reading(*field, *row, now); })
      .and_then([&](Reading const& value) { return access_.write(row->id, value, *level); })
      .map(kmp_acknowledgement);
}

/// @source device.md 13.2: three values; the password before them is inferred
Result<KmpAnswer> KmpServer::set_voltage_limits(ByteReader data) {
  if (auto const size = kmp_expect_size(data, 8); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  auto const level = access_.level_of(data.u16());
  if (!level) {
    return tl::unexpected<Error>{level.error()};
  }
  constexpr std::int32_t mv_per_volt = 1'000;
  Command command;
  command.kind = CommandKind::set_voltage_limits;
  command.voltage_low_mv = data.u16() * mv_per_volt;
  command.voltage_high_mv = data.u16() * mv_per_volt;
  command.voltage_duration_s = data.u16();
  return access_.execute(command, *level).map(kmp_acknowledgement);
}

Result<KmpAnswer> KmpServer::get_voltage_limits(ByteReader data) const {
  if (auto const size = kmp_expect_size(data, 0); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  KmpAnswer answer = kmp_frame_of(KmpCommand::get_voltage_limits, [](ByteWriter&) {});
  ByteWriter writer{MutableByteSpan{answer.octets}.subspan(answer.size)};
  for (auto const id :
       {RegisterId::voltage_limit_low, RegisterId::voltage_limit_high, RegisterId::voltage_event_duration}) {
    auto const reading = access_.read({id, 0}, level_);
    if (!reading) {
      return tl::unexpected<Error>{reading.error()};
    }
    writer.u16(static_cast<std::uint16_t>(scale(*reading, definition(id), 1).value));
  }
  answer.size += writer.size();
  return answer;
}

/// @source device.md K4: sets the register set-up; the password before it is inferred, as are the codes
Result<KmpAnswer> KmpServer::set_load_profile(ByteReader data) {
  if (auto const size = kmp_expect_size(data, 3); !size) {
    return tl::unexpected<Error>{size.error()};
  }
  auto const level = access_.level_of(data.u16());
  if (!level) {
    return tl::unexpected<Error>{level.error()};
  }
  auto const value = Reading::number(Unit::none, data.u8());
  return access_.write(RegisterId::load_profile_setup, value, *level).map(kmp_acknowledgement);
}

/// @source device.md K4, 13.2: set-up, minutes, size; that the size counts records is inferred
Result<KmpAnswer> KmpServer::get_load_profile(ByteReader data) const {
  return kmp_expect_size(data, 0).map([&] {
    return kmp_frame_of(KmpCommand::get_load_profile, [&](ByteWriter& writer) {
      auto const& configuration = access_.configuration();
      writer.u8(configuration.qq);
      writer.u8(static_cast<std::uint8_t>(integration_minutes(configuration.e)));
      writer.u32(access_.log_info(LogId::load_profile).depth);
    });
  });
}

}  // namespace blondel
