#pragma once
/// The meter's clock: a function of simulated time, set by command.

#include <cstdint>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/time.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/reading.hpp>

namespace blondel {

/// Normal time = anchor + (now - anchor instant), with the crystal's rate error.
/// @source device.md K2, B5: the base is normal time; summer time shows on display and in 1002/1003
struct Rtc {
  SimTime anchor;                   ///< instant of the last setting, or of a new rate
  std::int64_t anchor_normal_ns{};  ///< normal time then, ns since 2000-01-01
  std::int32_t rate_error_ppb{};    ///< positive runs fast
  bool valid{};
  bool restored{};

  [[nodiscard]] CivilSeconds normal_seconds(SimTime now) const;
  /// @units ns since 2000-01-01, normal time
  [[nodiscard]] std::int64_t normal_ns(SimTime now) const;
  /// The first instant at which the clock shows `normal` or more. @cost a few steps of a search
  [[nodiscard]] SimTime instant_of(CivilSeconds normal) const;
  /// The crystal runs at another rate from now on; what the clock shows goes on.
  void set_rate(std::int32_t error_ppb, SimTime now);
};

/// True when local time is one hour ahead of normal time (PPP = 001, EU rule).
[[nodiscard]] bool is_summer_time(CivilSeconds normal, Configuration const& configuration);
/// Normal time of a local civil time. The hour that occurs twice in October is taken as summer time the first
/// time: inferred, nothing on KMP tells which is meant.
[[nodiscard]] CivilSeconds normal_of_local(CivilTime const& local, Configuration const& configuration);
[[nodiscard]] CivilTime local_time(CivilSeconds normal, Configuration const& configuration);
[[nodiscard]] RtcStamp stamp(Rtc const& rtc, SimTime now, Configuration const& configuration);

}  // namespace blondel
