#include "core/meter/shown_steps.hpp"

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

}  // namespace blondel
