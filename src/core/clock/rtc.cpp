#include "core/clock/rtc.hpp"

#include <blondel/base/decimal.hpp>

namespace blondel {

CivilSeconds Rtc::normal_seconds(SimTime now) const {
  auto const elapsed_ns = (now - anchor).ns();
  // In two steps so that decades times ppb stay inside 64 bits.
  auto const drift_ns = elapsed_ns / 1'000'000 * rate_error_ppb / 1'000;
  return floor_divide(anchor_normal_ns + elapsed_ns + drift_ns, ns_per_s).quotient;
}

bool is_summer_time(CivilSeconds normal, Configuration const& configuration) {
  return configuration.ppp == 1 && eu_summer_time(normal - utc_offset_s(configuration.ll));
}

CivilSeconds normal_of_local(CivilTime const& local, Configuration const& configuration) {
  auto const shown = to_seconds(local);
  bool const summer = is_summer_time(shown - 3'600, configuration);
  return summer ? shown - 3'600 : shown;
}

CivilTime local_time(CivilSeconds normal, Configuration const& configuration) {
  return to_civil(is_summer_time(normal, configuration) ? normal + 3'600 : normal);
}

RtcStamp stamp(Rtc const& rtc, SimTime now, Configuration const& configuration) {
  auto const normal = rtc.normal_seconds(now);
  RtcStamp result;
  result.normal_time = to_civil(normal);
  result.weekday = weekday(normal);
  result.summer_time = is_summer_time(normal, configuration);
  result.valid = rtc.valid;
  result.restored = rtc.restored;
  return result;
}

}  // namespace blondel
