#include "core/meter/boundary.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

namespace blondel {
namespace {

/// The next multiple of a period after `normal`. @units s
CivilSeconds next_multiple(CivilSeconds normal, std::int64_t period_s) {
  return (floor_divide(normal, period_s).quotient + 1) * period_s;
}

}  // namespace

void plan_boundary(MeterState& s, MeterConfig const&) {
  auto const normal = s.rtc.normal_seconds(s.booked_until);
  std::int64_t const period_s = integration_minutes(s.configuration.e) * std::int64_t{60};
  s.boundary_normal = next_multiple(normal, period_s);
  s.boundary_at = s.rtc.instant_of(s.boundary_normal);
}

Result<void> close_boundary(MeterState& s, MeterConfig const& config, NvStore&) {
  plan_boundary(s, config);
  return {};
}

}  // namespace blondel
