#pragma once
/// The meter's end of a KMP line: link and server composed, with the reply delay. An Endpoint.

#include <array>
#include <cstddef>
#include <cstdint>

#include <blondel/base/bytes.hpp>
#include <blondel/base/rng.hpp>
#include <blondel/base/time.hpp>
#include <blondel/meter/access.hpp>
#include <blondel/protocol/endpoint.hpp>

#include "protocol/kmp/kmp_link.hpp"
#include "protocol/kmp/kmp_server.hpp"

namespace blondel {

/// The rest that KMP447 asks for after an invalid request. @source device.md K1
inline constexpr SimDuration kmp_quiet_time = SimDuration::milliseconds(1600);

/// How a KMP line behaves.
struct KmpOptions {
  /// The only address that is answered. @source device.md K1
  std::uint8_t address{kmp_meter_address};
  Level level{Level::open};
  /// The answer waits for a span drawn evenly from min .. max. @source device.md 0.8, 13.6; real: 240-340 ms
  SimDuration reply_delay_min{SimDuration::milliseconds(30)};
  SimDuration reply_delay_max{SimDuration::milliseconds(30)};
  RandomStream reply_delay_stream;
  SimDuration gap_max{kmp_gap_max};
  /// How long requests are discarded after an invalid one; kmp_quiet_time, or 0 = the rule is off.
  /// Off because KMP447 states it for heat meters at 1200 baud, while head-ends of the 351 repeat sooner and
  /// the rule can only lose answers. A frame cut short by a new start octet, or by the gap, or addressed to
  /// somebody else never starts the rest, so that "a new start octet begins anew" holds in either setting.
  /// @source device.md K1; off as the default is inferred
  SimDuration quiet_after_error{};
};

/// Half duplex: from a request until its answer has left, the meter is deaf; what arrives meanwhile is
/// reported as ignored. @source device.md K1 "half duplex"; being deaf while the answer is pending is
/// inferred
class KmpMachine {
 public:
  /// @param access of a meter that outlives the machine
  KmpMachine(Access access, KmpOptions options, LinkObserver observer)
      : options_{options},
        observer_{observer},
        receiver_{KmpDirection::to_meter, options.gap_max},
        server_{access, options.level} {}

  void handle_bytes(ByteSpan bytes, SimTime now);
  [[nodiscard]] std::size_t poll_transmit(MutableByteSpan out);
  [[nodiscard]] SimTime next_deadline() const;
  void handle_deadline(SimTime now);

 private:
  [[nodiscard]] bool is_busy() const { return transmit_size_ != 0; }
  void handle_octet(std::uint8_t octet, SimTime now);
  void handle_line(ByteSpan line, SimTime now);
  void refuse(ByteSpan line, Error reason, SimTime now);
  void hold(KmpAnswer const& answer, SimTime now);
  [[nodiscard]] SimDuration draw_reply_delay();
  void report(LinkEvent::Kind kind, ByteSpan frame, SimTime now, Error reason = {}) const;

  KmpOptions options_;
  LinkObserver observer_;
  KmpReceiver receiver_;
  KmpServer server_;
  std::array<std::uint8_t, kmp_line_max> transmit_{};
  std::size_t transmit_size_{};  ///< 0 = nothing pending
  std::size_t transmitted_{};
  SimTime release_{SimTime::never()};  ///< when the pending answer may leave; never = it may leave now
  SimTime quiet_until_;
};

static_assert(Endpoint<KmpMachine>);

}  // namespace blondel
