#pragma once
/// Ties epochs to host time. Lag is caught up or reported, never forgotten.

#include <chrono>
#include <cstdint>
#include <string>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/time.hpp>
#include <blondel/sim/pacing.hpp>

namespace blondel {

/// An instant of the host's steady clock. @units ns since an arbitrary start
using HostInstant = std::chrono::nanoseconds;

/// The only reading of a host clock that pacing depends on.
[[nodiscard]] HostInstant host_now();

/// What the host's calendar says, in UTC: the default start of a served meter.
[[nodiscard]] CivilSeconds host_utc();

/// Requested and achieved speed. @source conventions.md, lessons 1
struct SpeedReport {
  double requested{};  ///< simulated seconds per host second; 0 = as fast as possible, or on demand
  double achieved{};   ///< since the start
  SimDuration lag;     ///< simulated time that is owed; 0 unless paced
  /// The lag in host time. @units s; 0 unless paced
  [[nodiscard]] double lag_host_s() const;
};

/// "behind_s=0.25 requested_speed=1 achieved_speed=0.97"
[[nodiscard]] std::string to_text(SpeedReport const& report);

class HostPacer {
 public:
  HostPacer(Pacing const& pacing, HostInstant start) : pacing_{pacing}, start_{start} {}

  /// How many epochs must have been run by now. @return 0 unless paced
  [[nodiscard]] std::int64_t epochs_due(HostInstant now) const;
  /// When the epoch of this number is due. Paced only.
  [[nodiscard]] HostInstant due(std::int64_t epoch_number) const;
  /// @param simulated how far the meter has come since the start
  [[nodiscard]] SpeedReport report(SimDuration simulated, HostInstant now) const;

 private:
  Pacing pacing_;
  HostInstant start_;
};

}  // namespace blondel
