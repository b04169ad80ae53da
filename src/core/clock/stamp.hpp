#pragma once
/// A moment of the meter's clock as registers and logs keep it.

#include <cstdint>

#include <blondel/base/civil_time.hpp>
#include <blondel/meter/reading.hpp>

#include "core/clock/rtc.hpp"

namespace blondel {

/// @source device.md K2 (unit 53): bit 0 summer time, bit 1 valid, bit 2 restored from permanent memory
enum StampFlag : std::uint8_t { stamp_summer = 1U << 0, stamp_valid = 1U << 1, stamp_restored = 1U << 2 };

/// A default stamp is "never": 2000-01-01 00:00:00, not valid. @source device.md 5, the empty peak stamp
struct ClockStamp {
  std::uint32_t normal_s{};  ///< normal time, seconds since 2000-01-01
  std::uint8_t flags{};      ///< StampFlag
  friend constexpr bool operator==(ClockStamp const&, ClockStamp const&) = default;
};

/// The stamp the clock gives a moment. @param normal a second of its normal time, now or near
[[nodiscard]] ClockStamp stamp_of(CivilSeconds normal, Rtc const& rtc, Configuration const& configuration);
[[nodiscard]] RtcStamp civil_stamp(ClockStamp const& stamp);

template<class Visitor, class Stamp>
void visit_stamp(Visitor& field, Stamp& stamp) {
  field(stamp.normal_s);
  field(stamp.flags);
}

}  // namespace blondel
