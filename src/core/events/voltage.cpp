#include "core/events/voltage.hpp"

#include <algorithm>
#include <array>

#include "core/clock/stamp.hpp"
#include "core/events/event_status.hpp"
#include "core/loggers/log_writer.hpp"
#include "core/loggers/profile.hpp"

namespace blondel {
namespace {

/// @source device.md B6
constexpr auto failure_min = SimDuration::seconds(1);
constexpr std::int32_t nothing_mv = std::numeric_limits<std::int32_t>::max();

std::uint32_t missing_bit(std::size_t e) {
  return std::uint32_t{event_missing_l1} << e;
}
std::uint32_t over_bit(std::size_t e) {
  return std::uint32_t{event_over_l1} << 2 * e;
}
std::uint32_t under_bit(std::size_t e) {
  return std::uint32_t{event_under_l1} << 2 * e;
}

constexpr std::int32_t millivolts(std::uint16_t volts) {
  return volts * 1'000;
}

/// One meter's voltages, and where they are logged.
class Watch {
 public:
  Watch(MeterState& s, MeterConfig const& config, NvStore& nv) : s_{s}, config_{config}, nv_{nv} {}

  Result<void> look(ElementIncrement const& increment, SimTime start);
  Result<void> add_to_window(ElementIncrement const& increment, SimTime start);
  Result<void> fail(std::size_t e, SimTime since);
  void begin_window(SimTime start);

 private:
  [[nodiscard]] CivilSeconds normal(SimTime at) const { return s_.rtc.normal_seconds(at); }
  [[nodiscard]] std::int64_t stamp(CivilSeconds at) const {
    return pack_stamp(civil_stamp(stamp_of(at, s_.rtc, s_.configuration)));
  }
  Result<void> log(std::size_t e, VoltageEventBit event, CivilSeconds at, VoltageEvent const& voltage);
  Result<void> look_at(std::size_t e, std::int32_t u_mv, SimTime start, SimTime end);
  Result<void> look_for_neutral(ElementIncrement const& increment, SimTime start, SimTime end);
  Result<void> judge(std::size_t e);
  Result<void> end_stray(std::size_t e, CivilSeconds at);
  void set_quiet();

  MeterState& s_;
  MeterConfig const& config_;
  NvStore& nv_;
};

Result<void> Watch::log(std::size_t e, VoltageEventBit event, CivilSeconds at, VoltageEvent const& voltage) {
  auto& v = s_.voltage;
  v.last_event = static_cast<std::uint8_t>(event | 1U << e);
  v.last_extreme_mv = voltage.extreme_mv;
  s_.nv_dirty = true;
  std::array const record{stamp(at), std::int64_t{v.last_event}, static_cast<std::int64_t>(e + 1),
                          std::int64_t{voltage.extreme_mv}, at - voltage.since};
  return append_log(s_, config_, nv_, LogId::voltage_quality, record);
}

Result<void> Watch::fail(std::size_t e, SimTime since) {
  auto& phase = s_.voltage.phase[e];
  phase.failure.since = normal(since);
  phase.failed_in_window = true;
  s_.voltage.flags |= missing_bit(e);
  return log(e, voltage_below_cut_off, phase.failure.since, phase.failure);
}

Result<void> Watch::look_at(std::size_t e, std::int32_t u_mv, SimTime start, SimTime end) {
  auto& v = s_.voltage;
  auto& phase = v.phase[e];
  bool const has_failed = (v.flags & missing_bit(e)) != 0;
  phase.window_low_mv = std::min(phase.window_low_mv, u_mv);
  phase.window_high_mv = std::max(phase.window_high_mv, u_mv);
  if (u_mv < voltage_present_mv) {
    if (phase.below_since == SimTime::never()) {
      phase.below_since = start;
      phase.failure.extreme_mv = has_failed ? phase.failure.extreme_mv : u_mv;
    }
    phase.failure.extreme_mv = std::min(phase.failure.extreme_mv, u_mv);
    phase.failed_in_window |= has_failed;
    return !has_failed && end - phase.below_since >= failure_min ? fail(e, phase.below_since)
                                                                 : Result<void>{};
  }
  phase.below_since = SimTime::never();
  phase.min_mv = std::min(phase.min_mv, u_mv);
  phase.max_mv = std::max(phase.max_mv, u_mv);
  if (!has_failed) {
    return {};
  }
  v.flags &= ~missing_bit(e);
  return log(e, voltage_above_cut_off, normal(start), phase.failure);
}

Result<void> Watch::look_for_neutral(ElementIncrement const& increment, SimTime start, SimTime end) {
  auto& v = s_.voltage;
  auto const& limits = s_.settings;
  std::size_t over = 0;
  std::size_t under = 0;
  for (auto const& share : increment.element) {
    over += share.u_mv > millivolts(limits.neutral_over_v) ? 1U : 0U;
    under += share.u_mv < millivolts(limits.neutral_under_v) ? 1U : 0U;
  }
  bool const is_fault = config_.type.phases != Phases::aron_50hz && over == 2 && under == 1;
  if (!is_fault) {
    v.neutral_since = SimTime::never();
  } else if (v.neutral_since == SimTime::never()) {
    v.neutral_since = start;
  }
  bool const was_told = (v.flags & event_neutral) != 0;
  bool const is_told = is_fault && (was_told || end - v.neutral_since >= SimDuration::seconds(limits.neutral_s));
  if (is_told) {
    mark_quality(s_.loggers, quality_neutral_fault);
  }
  if (is_told == was_told) {
    return {};
  }
  v.flags ^= event_neutral;
  std::array const record{stamp(normal(is_told ? v.neutral_since : start)), std::int64_t{is_told}};
  return append_log(s_, config_, nv_, LogId::neutral_fault, record);
}

/// Up to the next news a voltage between these needs no look.
void Watch::set_quiet() {
  auto& v = s_.voltage;
  bool const is_neutral = v.neutral_since != SimTime::never() || (v.flags & event_neutral) != 0;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto& phase = v.phase[e];
    if (!is_measured(e, config_)) {
      phase.quiet_low_mv = std::numeric_limits<std::int32_t>::min();
      phase.quiet_high_mv = nothing_mv;
      continue;
    }
    bool const is_below = phase.below_since != SimTime::never() || (v.flags & missing_bit(e)) != 0;
    phase.quiet_low_mv =
        is_neutral || is_below
            ? nothing_mv
            : std::max({phase.min_mv, v.limits.low_mv, millivolts(s_.settings.neutral_under_v),
                        millivolts(s_.settings.quality_under_v)});
    phase.quiet_high_mv =
        std::min({phase.max_mv, v.limits.high_mv, millivolts(s_.settings.neutral_over_v),
                  millivolts(s_.settings.quality_over_v)});
  }
}

Result<void> Watch::look(ElementIncrement const& increment, SimTime start) {
  auto const end = start + increment.span;
  bool const has_cycle = increment.frequency_mhz != 0;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const u_mv = increment.element[e].u_mv;
    // What the supply begins with is no cycle and no voltage.
    if (!is_measured(e, config_) || (!has_cycle && u_mv >= voltage_present_mv)) {
      continue;
    }
    if (u_mv > millivolts(s_.settings.quality_over_v)) {
      mark_quality(s_.loggers, quality_over_voltage);
    } else if (u_mv < millivolts(s_.settings.quality_under_v)) {
      mark_quality(s_.loggers, quality_under_voltage);
    }
    if (auto done = look_at(e, u_mv, start, end); !done) {
      return done;
    }
  }
  auto const done = look_for_neutral(increment, start, end);
  set_quiet();
  return done;
}

Result<void> Watch::end_stray(std::size_t e, CivilSeconds at) {
  s_.voltage.flags &= ~(under_bit(e) | over_bit(e));
  return log(e, voltage_within, at, s_.voltage.phase[e].stray);
}

/// Decides on the window that is over.
Result<void> Watch::judge(std::size_t e) {
  auto& v = s_.voltage;
  auto& phase = v.phase[e];
  if (phase.failed_in_window || !is_measured(e, config_)) {
    return {};
  }
  auto const mean_mv = phase.sum_mv_ns / v.window_ns;
  bool const is_under = mean_mv < v.limits.low_mv;
  bool const is_over = mean_mv > v.limits.high_mv;
  auto const now_bit = (is_under ? under_bit(e) : 0U) | (is_over ? over_bit(e) : 0U);
  auto const was_bit = v.flags & (under_bit(e) | over_bit(e));
  auto const extreme_mv = is_under ? phase.window_low_mv : phase.window_high_mv;
  if (now_bit != was_bit && was_bit != 0) {
    if (auto done = end_stray(e, normal(v.window_start)); !done) {
      return done;
    }
  }
  if (now_bit == 0) {
    return {};
  }
  if (now_bit != was_bit) {
    phase.stray = {normal(v.window_start), extreme_mv};
    v.flags |= now_bit;
    return log(e, is_under ? voltage_under : voltage_over, phase.stray.since, phase.stray);
  }
  phase.stray.extreme_mv =
      is_under ? std::min(phase.stray.extreme_mv, extreme_mv) : std::max(phase.stray.extreme_mv, extreme_mv);
  return {};
}

void Watch::begin_window(SimTime start) {
  auto& v = s_.voltage;
  v.window_start = start;
  v.window_ns = 0;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto& phase = v.phase[e];
    phase.sum_mv_ns = 0;
    phase.window_low_mv = nothing_mv;
    phase.window_high_mv = 0;
    phase.failed_in_window = (v.flags & missing_bit(e)) != 0;
  }
}

/// The part of an increment that ends the window under way, and what comes after it.
Result<void> Watch::add_to_window(ElementIncrement const& increment, SimTime start) {
  auto& v = s_.voltage;
  auto const whole_ns = v.limits.duration_s * ns_per_s;
  auto left_ns = increment.span.ns();
  while (left_ns > 0) {
    if (v.window_ns == 0) {
      begin_window(start);
    }
    auto const part_ns = std::min(left_ns, whole_ns - v.window_ns);
    for (std::size_t e = 0; e < element_count; ++e) {
      auto& phase = v.phase[e];
      auto const u_mv = increment.element[e].u_mv;
      phase.sum_mv_ns += u_mv * part_ns;
      phase.window_low_mv = std::min(phase.window_low_mv, u_mv);
      phase.window_high_mv = std::max(phase.window_high_mv, u_mv);
    }
    v.window_ns += part_ns;
    left_ns -= part_ns;
    start = start + SimDuration{part_ns};
    if (v.window_ns < whole_ns) {
      break;
    }
    for (std::size_t e = 0; e < element_count; ++e) {
      if (auto done = judge(e); !done) {
        return done;
      }
    }
    begin_window(start);
  }
  return {};
}

}  // namespace

Result<void> watch_voltages(MeterState& s, MeterConfig const& config, NvStore& nv,
                            ElementIncrement const& increment) {
  auto& v = s.voltage;
  auto const span_ns = increment.span.ns();
  bool is_quiet = true;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const& phase = v.phase[e];
    auto const u_mv = increment.element[e].u_mv;
    is_quiet = is_quiet && u_mv >= phase.quiet_low_mv && u_mv <= phase.quiet_high_mv;
  }
  auto const start = s.booked_until;
  if (!is_quiet) {
    if (auto looked = Watch{s, config, nv}.look(increment, start); !looked) {
      return looked;
    }
  }
  if (v.window_ns == 0 || v.window_ns + span_ns >= v.limits.duration_s * ns_per_s) {
    return Watch{s, config, nv}.add_to_window(increment, start);
  }
  for (std::size_t e = 0; e < element_count; ++e) {
    v.phase[e].sum_mv_ns += increment.element[e].u_mv * span_ns;
  }
  v.window_ns += span_ns;
  return {};
}

Result<void> voltages_power_down(MeterState& s, MeterConfig const& config, NvStore& nv) {
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const since = s.voltage.phase[e].below_since;
    bool const has_failed = (s.voltage.flags & missing_bit(e)) != 0;
    if (since != SimTime::never() && !has_failed) {
      if (auto done = Watch{s, config, nv}.fail(e, since); !done) {
        return done;
      }
    }
  }
  return {};
}

void move_voltage_events(VoltageState& voltage, std::int64_t moved_s) {
  for (auto& phase : voltage.phase) {
    phase.failure.since += moved_s;
    phase.stray.since += moved_s;
  }
}

Result<void> set_voltage_limits(MeterState& s, VoltageLimits const& limits) {
  constexpr std::int32_t high_max_mv = 480'000;
  constexpr int duration_min_s = 10;
  constexpr int duration_max_s = 1'800;
  if (limits.low_mv <= voltage_present_mv || limits.low_mv >= limits.high_mv) {
    return fail(ErrorCode::out_of_range, limits.low_mv);
  }
  if (limits.high_mv > high_max_mv) {
    return fail(ErrorCode::out_of_range, limits.high_mv);
  }
  if (limits.duration_s < duration_min_s || limits.duration_s > duration_max_s) {
    return fail(ErrorCode::out_of_range, limits.duration_s);
  }
  s.voltage.limits = limits;
  s.voltage.window_ns = 0;
  look_at_voltages(s.voltage);
  s.nv_dirty = true;
  return {};
}

void look_at_voltages(VoltageState& voltage) {
  for (auto& phase : voltage.phase) {
    phase.quiet_low_mv = nothing_mv;
  }
}

}  // namespace blondel
