// Which tier feeds the meter: one from power-up to power-down, or, in a hybrid twin, the waveform tier for a
// window around each event that a cheaper one would not show. Every instant belongs to exactly one tier.

#include <algorithm>
#include <cmath>
#include <complex>

#include "twin/surface_range.hpp"
#include "twin/twin_parts.hpp"

namespace blondel {
namespace {

/// Waveform before the instant of a drop, thrown away: the measuring system knows the period to 1e-6 and the
/// offsets when it takes over.
constexpr double lead_in_parts = 2;  ///< of a second, at least

double magnitude(std::complex<double> phasor) {
  return std::sqrt(std::norm(phasor));
}

bool has_direct_component(Signals const& signals) {
  for (std::size_t n = 0; n < signals.count; ++n) {
    auto const& component = signals.component[n];
    for (std::size_t k = 0; k < element_count && component.quarters == 0; ++k) {
      if (std::norm(component.i_a[k]) > 0 || std::norm(component.u_v[k]) > 0) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Tier Twin::Parts::tier() const {
  return waveform ? Tier::waveform : phasor ? Tier::phasor : Tier::interval;
}

/// Fits the accuracy surface of a cheap tier, with the constants of the moment at which it is first needed.
void Twin::Parts::need_surface() {
  if (config.tier != Tier::waveform && !surface) {
    surface_calibration = state.calibration;
    surface = fit_surface(config.front_end, config.meter, surface_calibration);
  }
}

/// Every run's noise is its own: the streams are keyed by the count of front ends too.
void Twin::Parts::make_front_end(Tier which, SimTime start) {
  constexpr std::uint64_t apart =
      0x9E37'79B9'7F4A'7C15;  // the golden ratio: no small seed meets another's runs
  auto const seed = config.seed + apart * (noise_runs - 1);
  switch (which) {
    case Tier::waveform:
      waveform.emplace(config.front_end, seed, config.index, start);
      break;
    case Tier::phasor:
      phasor.emplace(*surface, config.front_end, config.ct_ratio, seed, config.index, start);
      phasor->set_rests(rests);
      break;
    case Tier::interval:
      interval.emplace(*surface, config.ct_ratio, start);
      interval->set_rests(rests);
      break;
  }
}

void Twin::Parts::open_tier(Tier which, SimTime now) {
  ++noise_runs;
  auto const measured_rests = measuring.rests;
  measuring = MeasuringState{};
  measuring.rests = measured_rests;
  tier_since = now;
  make_front_end(which, now);
}

/// Books what the tier under way holds up to `now`, in mid-cycle: at a boundary of the meter's clock and at
/// the tier's end.
void Twin::Parts::close_sums(SimTime now) {
  accrue(now);
  ElementIncrement rest;
  if (waveform && pipeline.flush(rest)) {
    book(rest, now);
  }
  if (phasor) {
    rest = phasor->cut(now);
    if (rest.span.ns() > 0) {
      book(rest, now);
    }
  }
}

/// Books what the tier under way still holds, and ends it.
void Twin::Parts::close_tier(SimTime now) {
  close_sums(now);
  if (phasor) {
    rests = phasor->rests();
  }
  if (interval) {
    rests = interval->rests();
  }
  if (has_front_end()) {
    auto& span = tier_spans[static_cast<std::size_t>(tier())];
    span = span + (now - tier_since);
  }
  waveform.reset();
  phasor.reset();
  interval.reset();
  waveform_until = SimTime::never();
}

void Twin::Parts::choose_tier(OperatingPoint const& point, Signals const& next, SimTime now) {
  auto const beyond = beyond_surface(point, next);
  auto const why = beyond ? beyond : event_of(next);
  if (why && !waveform) {
    enter_waveform(*why, now);
  }
  if (!waveform) {
    return;
  }
  if (beyond) {
    waveform_until = SimTime::never();
  } else if (why || waveform_until == SimTime::never()) {
    waveform_until = now + *config.hybrid_window;
  }
}

/// The supply's angle goes on, whichever tier shows it.
void Twin::Parts::count_cycles(SimTime now) {
  cycles += static_cast<double>((now - cycles_counted).ns()) * 1e-9 * elements.frequency.value();
  cycles -= std::floor(cycles);
  cycles_counted = now;
}

/// Drops into the waveform tier while the old operating point still holds.
void Twin::Parts::enter_waveform(TierReason why, SimTime now) {
  close_tier(now);
  auto const& adc = config.front_end.adc[0];
  // From where the supply's angle was nothing, as it is in a new front end, to the nearest sample: an event
  // meets the same part of the cycle as in a run of samples alone.
  auto const frequency_hz = elements.frequency.value();
  auto const cycles_back = cycles + std::ceil(frequency_hz / lead_in_parts - cycles);
  auto const interval_s = (1 + clock_error_at(adc, elements.temperature)) / adc.sample_rate_hz;
  auto left = static_cast<std::size_t>(std::llround(cycles_back / frequency_hz / interval_s));
  auto const lead_in_s = static_cast<double>(left) * interval_s;
  open_tier(Tier::waveform, now - SimDuration{std::llround(lead_in_s * 1e9)});
  tier_since = now;
  waveform->set_signals(elements);
  ElementIncrement before;
  while (left > 0) {
    auto const block = std::span{frames}.first(std::min(left, frames.size()));
    auto made = std::span<SampleFrame const>{block}.first(waveform->sample(block, SimTime::never()));
    left -= made.size();
    while (!made.empty()) {
      made = made.subspan(pipeline.process(made, before).consumed);
    }
  }
  static_cast<void>(pipeline.flush(before));
  tell_tier(now, why);
}

/// Returns to the twin's own tier, at an instant between two samples: the time of the last one is over.
void Twin::Parts::leave_waveform(SimTime now) {
  if (waveform->next_sample() > now) {
    waveform_until = waveform->next_sample();
    return;
  }
  enter_own_tier(now);
  tell_tier(now, std::nullopt);
}

void Twin::Parts::enter_own_tier(SimTime now) {
  close_tier(now);
  open_tier(config.tier, now);
  booked_at = now;
  if (waveform) {
    waveform->set_signals(elements);
  }
  if (phasor) {
    phasor->set_signals(elements, now);
  }
  if (interval) {
    interval->set_signals(elements);
  }
}

/// What of an operating point the accuracy surface does not hold.
std::optional<TierReason> Twin::Parts::beyond_surface(OperatingPoint const& point,
                                                      Signals const& next) const {
  if (point.shape != CurrentShape::sine) {
    return TierReason::current_shape;
  }
  if (has_direct_component(next)) {
    return TierReason::direct_current;
  }
  std::optional<TierReason> first;
  for_each_beyond_surface(next, config.ct_ratio, [&first](SurfaceCrossing const& crossing) {
    first = first.value_or(crossing.why);
  });
  return first;
}

/// What of a change a meter shows within its first cycles.
std::optional<TierReason> Twin::Parts::event_of(Signals const& next) const {
  for (std::size_t k = 0; k < element_count; ++k) {
    if (magnitude(next.component[0].u_v[k] - elements.component[0].u_v[k]) > rounding_v) {
      return TierReason::voltage_change;
    }
  }
  constexpr double rounding_hz = 1e-9;
  if (std::abs(next.frequency.value() - elements.frequency.value()) > rounding_hz) {
    return TierReason::frequency_change;
  }
  return std::nullopt;
}

void Twin::Parts::tell_tier(SimTime now, std::optional<TierReason> why) const {
  if (tier_observer.on_change != nullptr) {
    tier_observer.on_change(tier_observer.context, now, tier(), why);
  }
}

void Twin::set_tier(Tier tier, std::optional<SimDuration> hybrid_window) {
  auto& p = *parts_;
  p.config.tier = tier;
  p.config.hybrid_window = hybrid_window;
  if (p.has_front_end()) {
    p.need_surface();
    p.enter_own_tier(now_);
    p.apply_point(now_);  // it may be one that a hybrid twin shows sample by sample
  }
}

}  // namespace blondel
