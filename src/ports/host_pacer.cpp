#include "ports/host_pacer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace blondel {

namespace {

constexpr HostInstant host_epoch{10 * ns_per_ms};
/// 2000-01-01 00:00:00 UTC: 30 years of 365 days and 7 leap days after 1970.
constexpr std::int64_t unix_time_of_2000 = (30 * 365 + 7) * 86'400;

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.6g", value);
  return buffer.data();
}

}  // namespace

double SpeedReport::lag_host_s() const {
  return requested > 0 ? static_cast<double>(lag.ns()) / 1e9 / requested : 0.0;
}

std::string to_text(SpeedReport const& report) {
  return "behind_s=" + number_text(report.lag_host_s()) +
         " requested_speed=" + number_text(report.requested) +
         " achieved_speed=" + number_text(report.achieved);
}

HostInstant host_now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

CivilSeconds host_utc() {
  auto const since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_1970).count() - unix_time_of_2000;
}

std::int64_t HostPacer::epochs_due(HostInstant now) const {
  return pacing_.kind == Pacing::Kind::real ? (now - start_) / host_epoch : 0;
}

HostInstant HostPacer::due(std::int64_t epoch_number) const {
  return start_ + host_epoch * epoch_number;
}

SpeedReport HostPacer::report(SimDuration simulated, HostInstant now) const {
  SpeedReport report;
  auto const elapsed_ns = (now - start_).count();
  if (elapsed_ns > 0) {
    report.achieved = static_cast<double>(simulated.ns()) / static_cast<double>(elapsed_ns);
  }
  if (pacing_.kind == Pacing::Kind::real) {
    report.requested = static_cast<double>(pacing_.ratio_ppm) / 1e6;
    auto const owed = epoch_of(pacing_) * epochs_due(now) - simulated;
    report.lag = std::max(owed, SimDuration{});
  }
  return report;
}

}  // namespace blondel
