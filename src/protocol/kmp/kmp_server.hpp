#pragma once
/// KMP's application layer of the meter: a request in, an answer or the reason for silence out.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>
#include <blondel/meter/access.hpp>

#include "protocol/kmp/kmp_codec.hpp"
#include "protocol/kmp/kmp_command.hpp"
#include "protocol/kmp/kmp_link.hpp"

namespace blondel {

/// What goes back to the client.
struct KmpAnswer {
  enum class Kind : std::uint8_t {
    frame,        ///< `application()` in a frame
    acknowledge,  ///< the bare octet 06
  };
  Kind kind{Kind::frame};

  [[nodiscard]] ByteSpan application() const { return ByteSpan{octets}.first(size); }
  /// Why registers that were asked for are not in the answer; detail = the register's number.
  [[nodiscard]] std::span<Error const> left_out() const { return std::span{omissions}.first(omission_count); }

  std::array<std::uint8_t, kmp_application_max> octets{};
  std::size_t size{};
  std::array<Error, kmp_registers_max> omissions{};
  std::size_t omission_count{};
};

/// The bare acknowledge.
[[nodiscard]] inline KmpAnswer kmp_acknowledgement() {
  KmpAnswer answer;
  answer.kind = KmpAnswer::Kind::acknowledge;
  return answer;
}

/// An answer frame: the command, then what `write_data` appends.
template<class WriteData>
[[nodiscard]] KmpAnswer kmp_frame_of(KmpCommand command, WriteData write_data) {
  KmpAnswer answer;
  ByteWriter writer{answer.octets};
  writer.u8(static_cast<std::uint8_t>(command));
  write_data(writer);
  answer.size = writer.size();
  return answer;
}

/// The request's length has to be exact: "bad length -> no answer". @source device.md K4, error rule
[[nodiscard]] inline Result<void> kmp_expect_size(ByteReader const& data, std::size_t size) {
  if (data.remaining() != size) {
    return fail(ErrorCode::bad_length, static_cast<std::int64_t>(data.remaining()));
  }
  return {};
}

/// Knows commands, not frames or time. An error means silence: a KMP meter never sends an error frame.
/// @source device.md 0.7, K4
class KmpServer {
 public:
  /// @param level the rights of whoever is on this port; a frame cannot raise them
  explicit KmpServer(Access access, Level level = Level::open) : access_{access}, level_{level} {}

  /// Executes one request.
  /// @param request command and data of a frame addressed to this meter
  /// @errors unknown_command (detail = command), bad_length (detail = octets after the command), too_long
  ///         (more than 8 registers), bad_field (none asked for), out_of_range (no such date or time),
  ///         forbidden (a wrong password), meter_off, and what Access says to a command or a value
  /// @source device.md K4, K5; a command with surplus octets being invalid: "bad length" of the error rule
  [[nodiscard]] Result<KmpAnswer> answer(ByteSpan request);

 private:
  [[nodiscard]] Result<KmpAnswer> get_type(ByteReader data) const;
  [[nodiscard]] Result<KmpAnswer> get_serial_no(ByteReader data) const;
  [[nodiscard]] Result<KmpAnswer> get_register(ByteReader data) const;
  [[nodiscard]] Result<KmpAnswer> put_register(ByteReader data);
  [[nodiscard]] Result<KmpAnswer> set_voltage_limits(ByteReader data);
  [[nodiscard]] Result<KmpAnswer> get_voltage_limits(ByteReader data) const;
  [[nodiscard]] Result<KmpAnswer> set_load_profile(ByteReader data);
  [[nodiscard]] Result<KmpAnswer> get_load_profile(ByteReader data) const;
  [[nodiscard]] Result<KmpAnswer> debiting_stop(ByteReader data);
  [[nodiscard]] Result<KmpAnswer> set_clock(ByteReader data);
  [[nodiscard]] Result<KmpAnswer> read_event_status(ByteReader data) const;
  [[nodiscard]] Result<KmpAnswer> clear_event_status(ByteReader data);
  [[nodiscard]] Result<void> append_register(ByteWriter& writer, std::uint16_t id) const;
  [[nodiscard]] KmpAnswer event_status() const;

  Access access_;
  Level level_;
};

}  // namespace blondel
