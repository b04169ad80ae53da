#pragma once
/// The head on the front of the meter: one session of whoever put it there.

#include <cstddef>

#include <blondel/base/bytes.hpp>
#include <blondel/base/time.hpp>
#include <blondel/protocol/endpoint.hpp>

#include "protocol/kmp/kmp_machine.hpp"

namespace blondel {

/// Speaks KMP. The other protocols of the port are told apart by their first octet and join here.
/// @source device.md 0.5
class OpticalPort {
 public:
  OpticalPort(Access access, KmpOptions const& kmp, LinkObserver observer)
      : observer_{observer},
        kmp_{access, kmp, observer} {}

  void handle_bytes(ByteSpan bytes, SimTime now) { kmp_.handle_bytes(bytes, now); }
  /// What arrives while the meter has no supply is lost. @source device.md B6
  void lose_bytes(ByteSpan bytes, SimTime now) {
    observer_({LinkEvent::Kind::silence, "optical", bytes, {ErrorCode::meter_off}, now});
  }
  std::size_t poll_transmit(MutableByteSpan out) { return kmp_.poll_transmit(out); }
  [[nodiscard]] SimTime next_deadline() const { return kmp_.next_deadline(); }
  void handle_deadline(SimTime now) { kmp_.handle_deadline(now); }

 private:
  LinkObserver observer_;
  KmpMachine kmp_;
};

static_assert(Endpoint<OpticalPort>);

}  // namespace blondel
