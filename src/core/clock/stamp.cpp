#include "core/clock/stamp.hpp"

namespace blondel {

ClockStamp stamp_of(CivilSeconds normal, Rtc const& rtc, Configuration const& configuration) {
  ClockStamp stamp;
  stamp.normal_s = static_cast<std::uint32_t>(normal);
  auto const flag = [&](bool is_set, StampFlag bit) {
    stamp.flags = static_cast<std::uint8_t>(stamp.flags | (is_set ? bit : 0));
  };
  flag(is_summer_time(normal, configuration), stamp_summer);
  flag(rtc.valid, stamp_valid);
  flag(rtc.restored, stamp_restored);
  return stamp;
}

RtcStamp civil_stamp(ClockStamp const& stamp) {
  RtcStamp result;
  result.normal_time = to_civil(stamp.normal_s);
  result.weekday = weekday(stamp.normal_s);
  result.summer_time = (stamp.flags & stamp_summer) != 0;
  result.valid = (stamp.flags & stamp_valid) != 0;
  result.restored = (stamp.flags & stamp_restored) != 0;
  return result;
}

}  // namespace blondel
