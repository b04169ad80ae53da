#include "core/clock/rtc.hpp"

#include <blondel/base/decimal.hpp>

namespace blondel {

namespace {

/// By how much a clock of this rate error is ahead after a span. @units ns
std::int64_t drift_ns(std::int64_t elapsed_ns, std::int32_t rate_error_ppb) {
  // In two steps so that decades times ppb stay inside 64 bits.
  return elapsed_ns / 1'000'000 * rate_error_ppb / 1'000;
}

}  // namespace

std::int64_t Rtc::normal_ns(SimTime now) const {
  auto const elapsed_ns = (now - anchor).ns();
  return anchor_normal_ns + elapsed_ns + drift_ns(elapsed_ns, rate_error_ppb);
}

CivilSeconds Rtc::normal_seconds(SimTime now) const {
  return floor_divide(normal_ns(now), ns_per_s).quotient;
}

SimTime Rtc::instant_of(CivilSeconds normal) const {
  auto const target_ns = normal * ns_per_s;
  auto elapsed_ns = target_ns - anchor_normal_ns;
  elapsed_ns -= drift_ns(elapsed_ns, rate_error_ppb);
  // The drift goes in steps of a millisecond of elapsed time, so this is within nanoseconds of the answer.
  auto instant = anchor + SimDuration{elapsed_ns};
  while (normal_ns(instant) < target_ns) {
    instant = instant + SimDuration{target_ns - normal_ns(instant)};
  }
  while (normal_ns(instant - SimDuration{1}) >= target_ns) {
    instant = instant - SimDuration{1};
  }
  return instant;
}

void Rtc::set_rate(std::int32_t error_ppb, SimTime now) {
  anchor_normal_ns = normal_ns(now);
  anchor = now;
  rate_error_ppb = error_ppb;
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
