#include "core/metrology/increment_check.hpp"

namespace blondel {
namespace {

constexpr std::int64_t span_max_ns = std::int64_t{86'400} * ns_per_s;
constexpr std::int64_t power_max_w = 50'000;
constexpr bool within(std::int64_t value, std::int64_t limit) {
  return value >= -limit && value <= limit;
}

}  // namespace

Result<void> check(ElementIncrement const& increment) {
  auto const span_ns = increment.span.ns();
  if (span_ns <= 0 || span_ns > span_max_ns) {
    return fail(ErrorCode::out_of_range, -1);
  }
  // One microsecond's worth more, so that spans below a microsecond still pass.
  auto const limit_uj = span_ns / 1'000 * power_max_w + power_max_w;
  for (std::size_t e = 0; e < increment.element.size(); ++e) {
    auto const& share = increment.element[e];
    bool const plausible = within(share.active_uj, limit_uj) && within(share.reactive_uvars, limit_uj) &&
                           within(share.apparent_uvas, limit_uj) && share.apparent_uvas >= 0 &&
                           share.u_mv >= 0 && share.i_ua >= 0;
    if (!plausible) {
      return fail(ErrorCode::out_of_range, static_cast<std::int64_t>(e));
    }
  }
  return increment.i_neutral_ua >= 0 ? Result<void>{} : fail(ErrorCode::out_of_range, 3);
}

}  // namespace blondel
