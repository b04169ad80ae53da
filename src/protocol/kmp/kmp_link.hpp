#pragma once
/// KMP's physical and data link layer: start and stop octets, stuffing, CRC, gap; role-free.

#include <array>
#include <cstddef>
#include <cstdint>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>
#include <blondel/base/time.hpp>

namespace blondel {

/// Which way a frame travels; the value is its start octet. @source device.md K1
enum class KmpDirection : std::uint8_t { to_meter = 0x80, from_meter = 0x40 };

inline constexpr std::uint8_t kmp_stop = 0x0D;
inline constexpr std::uint8_t kmp_acknowledge = 0x06;
inline constexpr std::uint8_t kmp_escape = 0x1B;
/// The meter itself; 7F and BF are logger modules above and below it. @source device.md K1
inline constexpr std::uint8_t kmp_meter_address = 0x3F;

/// Command and data of one frame. @source inferred: MaxL, "max application length", is one octet (device.md
/// K5)
inline constexpr std::size_t kmp_application_max = 255;
/// Address, command, data, CRC before stuffing.
inline constexpr std::size_t kmp_body_max = 1 + kmp_application_max + 2;
/// Start, a body of which every octet is stuffed, stop.
inline constexpr std::size_t kmp_line_max = 1 + 2 * kmp_body_max + 1;

/// A frame whose octets pause for this long is forgotten.
/// @source device.md K1: 27 ms on the wire, but "over TCP do not enforce the 27 ms gap strictly; 300-500 ms
/// is safe"
inline constexpr SimDuration kmp_gap_max = SimDuration::milliseconds(400);

/// A frame taken apart. @units address as sent; application = command and data
struct KmpFrame {
  std::uint8_t address{};
  ByteSpan application;
};

/// Builds a frame as it stands on the line, start and stop included.
/// @return how many octets of `line` were written
/// @errors too_long when the application exceeds kmp_application_max or the frame exceeds `line`
/// @source device.md K1
[[nodiscard]] Result<std::size_t> kmp_encode_frame(KmpDirection direction, KmpFrame const& frame,
                                                   MutableByteSpan line);

/// Takes a frame apart: start and stop, unstuffing into `body`, CRC. The result borrows from `body`.
/// @param line one whole frame, start and stop included
/// @errors truncated (no start, no stop, or no room for address, command and CRC), bad_escape, bad_field (a
///         reserved octet that is not escaped), too_long, bad_checksum (detail = the CRC that was sent)
/// @source device.md K1; that a reserved octet inside a frame spoils it is inferred
[[nodiscard]] Result<KmpFrame> kmp_decode_frame(ByteSpan line, std::array<std::uint8_t, kmp_body_max>& body);

/// Collects the octets of one frame at a time. Between frames `push` takes nothing but a start octet.
class KmpReceiver {
 public:
  enum class Progress : std::uint8_t {
    outside,   ///< no frame has begun; the octet was dropped
    inside,    ///< kept
    complete,  ///< the stop came: `line()` is a whole frame
    too_long,  ///< more than any frame needs: what was kept is forgotten
  };

  explicit KmpReceiver(KmpDirection direction, SimDuration gap_max = kmp_gap_max)
      : start_{static_cast<std::uint8_t>(direction)},
        gap_max_{gap_max} {}

  /// Takes one octet. A start octet begins anew, whatever was kept. @cost O(1)
  Progress push(std::uint8_t octet, SimTime now);
  /// Forgets what was kept.
  void reset() { is_collecting_ = false; }

  [[nodiscard]] std::uint8_t start() const { return start_; }
  [[nodiscard]] bool is_collecting() const { return is_collecting_; }
  /// What was kept of the last frame that began; valid until the next octet.
  [[nodiscard]] ByteSpan line() const { return ByteSpan{line_}.first(size_); }
  /// When the frame under way is to be forgotten, or never.
  [[nodiscard]] SimTime next_deadline() const { return is_collecting_ ? last_ + gap_max_ : SimTime::never(); }

 private:
  std::array<std::uint8_t, kmp_line_max> line_{};
  std::size_t size_{};
  SimTime last_;
  std::uint8_t start_;
  bool is_collecting_{};
  SimDuration gap_max_;
};

}  // namespace blondel
