#include <scenario/run_tiers.hpp>

#include <scenario/texts.hpp>

#include <algorithm>
#include <utility>

namespace blondel {
namespace {

std::string reason_text(TierReason reason) {
  switch (reason) {
    case TierReason::start_up:
      return "start-up";
    case TierReason::voltage_change:
      return "voltage change";
    case TierReason::frequency_change:
      return "frequency change";
    case TierReason::current_shape:
      return "current shape";
    case TierReason::direct_current:
      return "direct current";
    case TierReason::current_range:
      return "current beyond the fitted range";
    case TierReason::voltage_range:
      return "voltage beyond the fitted range";
    case TierReason::frequency_range:
      return "frequency beyond the fitted range";
    case TierReason::temperature_range:
      return "temperature beyond the fitted range";
  }
  return {};
}

}  // namespace

std::string tier_text(Tier tier) {
  switch (tier) {
    case Tier::waveform:
      return "waveform";
    case Tier::phasor:
      return "phasor";
    case Tier::interval:
      return "interval";
  }
  return {};
}

std::string hybrid_text(std::optional<SimDuration> window) {
  std::string text;
  if (window) {
    text += ", hybrid " + plain_number(static_cast<double>(window->ns()) / ns_per_s) + " s";
  }
  return text;
}

std::vector<TierTime> tier_times(Twin const& twin) {
  auto const spans = twin.tier_times();
  std::vector<TierTime> times;
  for (auto const tier : {Tier::waveform, Tier::phasor, Tier::interval}) {
    auto const span = spans[static_cast<std::size_t>(tier)];
    if (span > SimDuration{}) {
      // To a millisecond: a return waits for the end of a sample's time.
      auto const whole_ms = (span.ns() + ns_per_ms / 2) / ns_per_ms;
      times.push_back({tier_text(tier), static_cast<double>(whole_ms) / 1e3});
    }
  }
  return times;
}

TierObserver TierChanges::observer() {
  auto const on_change = [](void* context, SimTime at, Tier tier, std::optional<TierReason> why) {
    auto& changes = static_cast<TierChanges*>(context)->changes_;
    changes.push_back({at, tier_text(tier) + (why ? ": " + reason_text(*why) : std::string{})});
  };
  return {on_change, this};
}

ScenarioResult<void> TierChanges::write(Recorder& recorder) {
  for (auto const& change : std::exchange(changes_, {})) {
    if (auto written = recorder.line(change.at, "tier", change.text); !written) {
      return written;
    }
  }
  return {};
}

std::optional<std::string> TierLimits::crossed(OperatingPoint const& point) {
  if (tier_ == Tier::waveform || is_hybrid_) {
    return std::nullopt;
  }
  auto const& phases = point.phase;
  bool const has_direct =
      point.shape == CurrentShape::half_wave ||
      std::any_of(phases.begin(), phases.end(), [](auto const& phase) { return phase.i_dc.value() != 0; });
  auto const was_told = std::exchange(told_, has_direct);
  if (!has_direct || was_told) {
    return std::nullopt;
  }
  return "the " + tier_text(tier_) +
         " tier ignores the direct current and what it does to the transformers; a hybrid run does not";
}

void warn_of_tier(Scenario& scenario) {
  TierLimits limits{scenario.twin};
  if (auto text = limits.crossed(scenario.source.point)) {
    scenario.warnings.push_back(std::move(*text));
  }
}

}  // namespace blondel
