#include "core/meter/boundary.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

#include "core/events/voltage.hpp"
#include "core/loggers/debiting.hpp"
#include "core/loggers/profile.hpp"
#include "core/nv/nv_layout.hpp"
#include "core/tariff/tariff_control.hpp"

namespace blondel {
namespace {

std::int64_t period_s(MeterState const& s) {
  return integration_minutes(s.configuration.e) * std::int64_t{60};
}

/// The next multiple of a period after `normal`. @units s
CivilSeconds next_multiple(CivilSeconds normal, std::int64_t period) {
  return (floor_divide(normal, period).quotient + 1) * period;
}

/// An adjustment does not move a planned end. @param end 0 = none planned
bool still_holds(CivilSeconds end, CivilSeconds normal, std::int64_t period) {
  auto const left_s = end - normal;
  return left_s >= -adjustment_max_s && left_s <= period + adjustment_max_s;
}

/// When the analysis logger records next.
CivilSeconds next_analysis(MeterState const& s, CivilSeconds normal) {
  auto const interval = interval_s(s, LogId::analysis);
  auto const planned = s.loggers.analysis.last_end + interval;
  return still_holds(planned, normal, interval) ? planned : next_multiple(normal, interval);
}

CivilSeconds local_seconds(CivilSeconds normal, Configuration const& configuration) {
  return to_seconds(local_time(normal, configuration));
}

void close_demand(MeterState& s, CivilSeconds normal) {
  PeriodEnd end;
  end.normal = normal;
  end.stamp = stamp_of(normal, s.rtc, s.configuration);
  end.tariff = s.tariffs.active;
  end.is_local_midnight = local_seconds(normal, s.configuration) % day_s == 0;
  close_period(s.demand, s.primary, period_s(s), end);
  s.demand.period_end = normal + period_s(s);
}

}  // namespace

void interrupt_period(MeterState& s) {
  s.demand.is_disturbed = true;
  close_demand(s, s.demand.period_end);
  s.demand.is_disturbed = true;
  s.demand.period_end = 0;
}

namespace {

/// Finds the first boundary after an instant.
void plan_boundary_after(MeterState& s, MeterConfig const& config, SimTime after) {
  auto const normal = s.rtc.normal_seconds(after);
  if (!still_holds(s.demand.period_end, normal, period_s(s))) {
    s.demand.period_end = next_multiple(normal, period_s(s));
  }
  auto const next = std::min(s.demand.period_end, next_analysis(s, normal));
  s.boundary_normal = std::min(next, next_tariff_moment(s, config, normal).value_or(next));
  s.boundary_at = s.rtc.instant_of(s.boundary_normal);
}

}  // namespace

void plan_boundary(MeterState& s, MeterConfig const& config) {
  plan_boundary_after(s, config, s.booked_until);
}

Result<void> close_boundary(MeterState& s, MeterConfig const& config, NvStore& nv) {
  // What falls due here lasts as a whole or not at all.
  auto logged = keep_begun_pages(s, nv);
  auto const end = s.boundary_normal;
  bool const is_period_end = s.demand.period_end <= end;
  if (is_period_end) {
    close_demand(s, end);
    s.nv_dirty = true;
    logged = logged ? capture_profile(s, config, nv, LogId::load_profile, end) : logged;
  }
  if (next_analysis(s, end - 1) <= end) {
    close_means(s.averages);
    logged = logged ? capture_profile(s, config, nv, LogId::analysis, end) : logged;
    s.loggers.analysis.last_end = end;  // a record that the memory refused is not tried again
  }
  if (logged && is_period_end) {
    logged = debit_by_calendar(s, config, nv, end);
  }
  control_tariff(s, config, end);
  plan_boundary(s, config);
  return logged;
}

void clock_was_set(MeterState& s, MeterConfig const& config, CivilSeconds old_normal) {
  auto const normal = s.rtc.normal_seconds(s.now);
  auto const moved_s = normal > old_normal ? normal - old_normal : old_normal - normal;
  mark_clock_set(s.loggers, normal - old_normal);
  move_voltage_events(s.voltage, normal - old_normal);
  if (moved_s > adjustment_max_s) {
    auto const period = period_s(s);
    bool const same = floor_divide(old_normal, period).quotient == floor_divide(normal, period).quotient;
    if (same) {
      s.demand.is_disturbed = true;
    } else {
      interrupt_period(s);
    }
  }
  s.nv_dirty = true;
  control_tariff(s, config, normal);
  // Not from the beginning of the cycle under way: it would lie before an end that the clock has just passed.
  plan_boundary_after(s, config, s.now);
}

void resume_periods(MeterState& s, MeterConfig const& config) {
  mark_power_up(s);
  auto const normal = s.rtc.normal_seconds(s.now);
  if (s.demand.period_end != 0 && normal >= s.demand.period_end) {
    close_demand(s, s.demand.period_end);
    auto const last_end = next_multiple(normal, period_s(s)) - period_s(s);
    if (s.demand.period_end <= last_end) {
      // Nothing flowed in the periods since; of a day that is over nothing is left.
      auto const day_of = [&](CivilSeconds end) { return (local_seconds(end, s.configuration) - 1) / day_s; };
      s.demand.has_day = s.demand.has_day && day_of(s.demand.period_end) == day_of(last_end);
      close_demand(s, last_end);
    }
  }
  if (s.demand.period_end != 0 && !still_holds(s.demand.period_end, normal, period_s(s))) {
    interrupt_period(s);  // the clock has gone back meanwhile: what the period holds is of another time
  }
  control_tariff(s, config, normal);
  plan_boundary(s, config);
}

}  // namespace blondel
