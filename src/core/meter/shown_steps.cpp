#include "core/meter/shown_steps.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

namespace blondel {
namespace {

/// Secondary registers show 0.01 kWh. @source device.md B8 (format 5.2)
constexpr std::int64_t secondary_step_mj = 36'000'000;

/// One step of a primary register as digit A shows it. @units mJ
std::int64_t primary_step_mj(Configuration const& configuration) {
  constexpr std::int64_t kilowatt_hour_mj = 3'600'000'000;
  return kilowatt_hour_mj / pow10(configuration.a - 1);
}

}  // namespace

void set_next_steps(MeterState& s) {
  auto const primary_step = primary_step_mj(s.configuration);
  for (std::size_t n = 0; n < energy_count; ++n) {
    s.secondary_next_mj[n] = (s.secondary[n].total_mj / secondary_step_mj + 1) * secondary_step_mj;
    s.primary_next_mj[n] = (s.primary[n].total_mj / primary_step + 1) * primary_step;
  }
}

void pass_shown_steps(MeterState& s) {
  auto const primary_step = primary_step_mj(s.configuration);
  for (std::size_t n = 0; n < energy_count; ++n) {
    if (s.secondary[n].total_mj >= s.secondary_next_mj[n]) {
      s.secondary_next_mj[n] = (s.secondary[n].total_mj / secondary_step_mj + 1) * secondary_step_mj;
    }
    if (s.primary[n].total_mj >= s.primary_next_mj[n]) {
      s.primary_next_mj[n] = (s.primary[n].total_mj / primary_step + 1) * primary_step;
    }
  }
}

SimDuration until_shown_change(MeterState const& s, std::int64_t power_max_mw) {
  auto gap_mj = s.secondary_next_mj[0] - s.secondary[0].total_mj;
  for (std::size_t n = 0; n < energy_count; ++n) {
    gap_mj = std::min(gap_mj, s.secondary_next_mj[n] - s.secondary[n].total_mj);
    gap_mj = std::min(gap_mj, (s.primary_next_mj[n] - s.primary[n].total_mj) / s.ct_ratio);
  }
  return SimDuration::seconds(power_max_mw > 0 ? std::min(gap_mj / power_max_mw, day_s) : day_s);
}

}  // namespace blondel
