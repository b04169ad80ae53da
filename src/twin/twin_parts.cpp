#include "twin/twin_parts.hpp"

#include <algorithm>
#include <cmath>

#include "core/nv/nv_layout.hpp"
#include "frontend/source/recording.hpp"
#include "twin/factory.hpp"

namespace blondel {

/// Remembers the first trouble with the permanent memory, or the one that keeps the meter down; the run goes
/// on as a meter would.
void Twin::Parts::note(Result<void> const& outcome) {
  if (!outcome && (!fault || outcome.error().code == ErrorCode::nv_corrupt)) {
    fault = outcome.error();
  }
}

Result<void> Twin::Parts::make_meter() {
  auto const blank = is_blank(*nv);
  if (!blank) {
    return tl::unexpected{blank.error()};
  }
  if (!*blank) {
    auto const held = restore(state, *nv);
    if (!held) {
      return held;
    }
    if (state.serial_number != config.nameplate.serial_number) {
      return fail(ErrorCode::contradiction, state.serial_number);
    }
    registers_at_start = state.secondary;
    resume_clock(normal_of_local(config.nameplate.production_time, config.meter.configuration));
    if (config.nameplate.battery != Battery::fitted) {
      state.backup.battery_ns = 0;
    }
    return {};
  }
  if (config.calibrated) {
    auto const calibration = calibrate(config.front_end, config.meter, config.seed, config.index);
    if (!calibration) {
      return tl::unexpected{calibration.error()};
    }
    config.nameplate.calibration = *calibration;
  }
  config.nameplate.sealed = config.sealed;
  return meter.manufacture(config.nameplate, config.start);  // one write: a meter half made is none
}

/// No process ran since the memory was written last, and no supply was there: the stores of the clock carried
/// it to `normal`, as far as they reach. Of a clock that was not valid only its own time is known, and one
/// that was ahead when it was last written does not go back.
void Twin::Parts::resume_clock(CivilSeconds normal) {
  auto& backup = state.backup;
  auto const off_s = backup.last_valid ? std::max(normal - backup.last_normal, CivilSeconds{0}) : 0;
  auto const shown = backup.last_valid ? std::max(normal, backup.last_normal) : backup.last_normal;
  state.rtc = Rtc{.anchor = config.start,
                  .anchor_normal_ns = shown * ns_per_s,
                  .valid = backup.last_valid,
                  .restored = backup.last_restored};
  backup.since = config.start - SimDuration::seconds(off_s);
}

Result<void> Twin::Parts::power_up(SimTime now) {
  auto const up = meter.power_up(now, self_test);
  if (!up) {
    return up;
  }
  note(meter.handle_tamper(tamper, now));
  need_surface();
  measuring = MeasuringState{};
  rests = {};
  cycles = 0.0;
  cycles_counted = now;
  open_tier(config.hybrid_window ? Tier::waveform : config.tier, now);
  if (config.hybrid_window) {
    waveform_until = now + *config.hybrid_window;
    tell_tier(now, TierReason::start_up);
  }
  outputs.show_levels(state, now);
  return {};
}

void Twin::Parts::power_down(SimTime now) {
  close_tier(now);
  outputs.power_down(now);
  note(meter.power_down(now));
}

/// What the lines gave since the source was counted last, in closed form. @units J at the primary terminals
std::array<double, element_count> Twin::Parts::line_energy(SimTime now) const {
  std::array<double, element_count> energy_j{};
  if (auto const* const recording = source->recording()) {
    energy_j = recording->energy(source_counted, now);
    for (std::size_t k = 0; k < element_count; ++k) {
      energy_j[k] *= line_gains.voltage[k] * line_gains.current[k];
    }
    return energy_j;
  }
  auto const span_s = static_cast<double>((now - source_counted).ns()) * 1e-9;
  for (std::size_t k = 0; k < element_count; ++k) {
    energy_j[k] = line_w[k] * span_s;
  }
  return energy_j;
}

void Twin::Parts::count_source(SimTime now) {
  source_energy.add(line_energy(now), meter.is_powered());
  own.add(own_rate, static_cast<double>((now - source_counted).ns()) * 1e-9);
  source_counted = now;
}

/// Takes over what the source and the actions say from `now` on; the supply may come or go with it.
void Twin::Parts::apply_point(SimTime now) {
  accrue(now);
  count_source(now);
  count_cycles(now);
  overrides.sag = brown_out.at(now);
  auto const point = overridden(source->point_at(now), overrides);
  auto const lines = line_signals(point);
  for (std::size_t k = 0; k < element_count; ++k) {
    line_w[k] = channel_power(lines, k).active_w;
  }
  auto const wiring = overrides.wiring.value_or(config.wiring);
  auto const next = element_signals(lines, wiring);
  power_max_w = 0.0;
  for (std::size_t k = 0; k < element_count && nv->outlives_process(); ++k) {
    auto const power = channel_power(next, k);
    constexpr double margin = 1.05;  // for what the meter's errors and crosstalk add
    power_max_w += margin * std::sqrt(power.u_square_v2 * power.i_square_a2) / config.ct_ratio;
  }
  constexpr double ppb = 1e-9;
  auto const clock_rate = static_cast<std::int32_t>(
      std::lround(rtc_error_at(config.front_end.rtc_crystal, point.temperature) / ppb));
  if (clock_rate != state.rtc.rate_error_ppb) {
    meter.set_clock_rate(clock_rate, now);
  }
  bool const fed = supply.watch(next, now);
  if (fed && !meter.is_powered()) {
    note(power_up(now));
  }
  if (config.hybrid_window && has_front_end()) {
    choose_tier(point, next, now);
  }
  elements = next;
  own_rate = own_consumption(elements, config.ct_ratio, config.front_end.terminal_burden);
  line_gains = gains_of(overrides);
  if (waveform) {
    if (auto const* const recording = source->recording()) {
      waveform->set_recording(recording_feed(*recording, wiring, line_gains));
    }
    waveform->set_signals(elements);
  }
  if (phasor) {
    phasor->set_signals(elements, now);
  }
  if (interval) {
    interval->set_signals(elements);
  }
}

/// Samples up to `until` go through the measuring system; each finished cycle is booked.
void Twin::Parts::run_front_end(SimTime until) {
  while (phasor && phasor->cycle_end() <= until) {
    auto const end = phasor->cycle_end();
    book(phasor->cycle(), end);
  }
  while (waveform && waveform->next_sample() < until) {
    auto const count = waveform->sample(frames, until);
    take_samples(std::span{frames}.first(count), until);
  }
}

void Twin::Parts::take_samples(std::span<SampleFrame const> block, SimTime until) {
  if (sample_observer.on_samples != nullptr && !block.empty()) {
    sample_observer.on_samples(sample_observer.context, block, waveform->earlier_sample(block.size()));
  }
  while (!block.empty()) {
    ElementIncrement increment;
    auto const progress = pipeline.process(block, increment);
    block = block.subspan(progress.consumed);
    if (progress.closed) {
      auto const ended = waveform->earlier_sample(block.size());
      book(increment, std::clamp(ended, state.now, until));
    }
  }
}

/// When the interval tier books at the latest. In a memory that outlives the process each shown digit is
/// written when it changes, as the sheet says; elsewhere nobody could tell, and now and then is enough.
SimTime Twin::Parts::next_booking(SimTime now) const {
  constexpr std::int64_t longest_ns = std::int64_t{6} * 3'600 * ns_per_s;
  if (!interval) {
    return SimTime::never();
  }
  auto const latest = SimTime{(now.ns() / longest_ns + 1) * longest_ns};
  if (!nv->outlives_process()) {
    return latest;
  }
  auto const digit = meter.until_shown_change(std::llround(power_max_w * 1e3));
  return std::min(latest, booked_at + std::max(digit, SimDuration::seconds(1)));
}

namespace {

void tell_pulses(PulseObserver const& observer, PulseCounter const& before, PulseCounter const& after,
                 std::int64_t pulse_uj, SimTime end, SimDuration span) {
  if (observer.on_pulse != nullptr) {
    for_each_pulse(before, after, pulse_uj, end, span,
                   [&](SimTime at) { observer.on_pulse(observer.context, at); });
  }
}

}  // namespace

void Twin::Parts::book(ElementIncrement const& increment, SimTime now) {
  auto const led = state.led;
  auto const s0 = state.s0;
  note(meter.handle_increment(increment, now));
  tell_pulses(led_observer, led, state.led, led_pulse_uj, now, increment.span);
  tell_pulses(s0_observer, s0, state.s0, s0_pulse_uj, now, increment.span);
  outputs.handle_booking(state, now, increment.span);
  outputs.show_levels(state, now);
}

void Twin::Parts::set_input(std::size_t index, bool on, SimTime now) {
  accrue(now);
  note(meter.set_input(index, on, now));
  outputs.show_levels(state, now);
}

void Twin::Parts::handle_trains(SimTime now) {
  for (std::size_t n = 0; n < trains.size(); ++n) {
    auto& train = trains[n];
    if (train.next > now) {
      continue;
    }
    train.is_on = !train.is_on;
    train.left -= train.is_on ? 0 : 1;
    train.next = train.left == 0 ? SimTime::never() : now + (train.is_on ? train.length : train.pause);
    set_input(n, train.is_on, now);
  }
}

/// Books what flowed in the interval tier; the waveform tier books cycle by cycle.
void Twin::Parts::accrue(SimTime now) {
  if (!interval) {
    return;
  }
  booked_at = now;
  auto const increment = interval->accrue(now);
  if (increment.span.ns() > 0) {
    book(increment, now);
  }
}

}  // namespace blondel
