#include <scenario/run_tiers.hpp>

#include <blondel/frontend/signals.hpp>
#include <scenario/texts.hpp>
#include <twin/supply.hpp>

#include <algorithm>
#include <cmath>
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

std::string beyond_text(Tier tier, SurfaceCrossing const& crossing) {
  auto const line = "L" + std::to_string(crossing.element + 1);
  auto const [what, unit] =
      crossing.why == TierReason::frequency_range     ? std::pair{std::string{"frequency"}, " Hz"}
      : crossing.why == TierReason::temperature_range ? std::pair{std::string{"temperature"}, " C"}
      : crossing.why == TierReason::voltage_range     ? std::pair{line + " voltage", " V"}
                                                      : std::pair{line + " secondary current", " A"};
  constexpr double digits = 1e3;
  auto const edge = crossing.value < crossing.from ? crossing.from : crossing.to;
  return "the " + tier_text(tier) + " tier measures as at " + plain_number(edge) + unit + ": " + what + " " +
         plain_number(std::round(crossing.value * digits) / digits) + unit + " is outside the fitted " +
         plain_number(crossing.from) + " to " + plain_number(crossing.to) + unit +
         "; a hybrid run goes beyond";
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

std::size_t TierLimits::cause_of(SurfaceCrossing const& crossing) {
  switch (crossing.why) {
    case TierReason::frequency_range:
      return frequency;
    case TierReason::temperature_range:
      return temperature;
    case TierReason::voltage_range:
      return first_voltage + crossing.element;
    case TierReason::current_range:
      return first_current + crossing.element;
    case TierReason::start_up:
    case TierReason::voltage_change:
    case TierReason::frequency_change:
    case TierReason::current_shape:
    case TierReason::direct_current:
      break;
  }
  return direct;
}

std::vector<std::string> TierLimits::crossed(OperatingPoint const& point, Wiring const& wiring) {
  std::vector<std::string> texts;
  if (tier_ == Tier::waveform || is_hybrid_) {
    return texts;
  }
  auto const before = std::exchange(told_, {});
  auto const& phases = point.phase;
  if (point.shape == CurrentShape::half_wave ||
      std::any_of(phases.begin(), phases.end(), [](auto const& phase) { return phase.i_dc.value() != 0; })) {
    told_.set(direct);
    if (!before[direct]) {
      texts.push_back(
          "the " + tier_text(tier_) +
          " tier ignores the direct current and what it does to the transformers; a hybrid run does not");
    }
  }
  auto const elements = element_signals(line_signals(point), wiring);
  if (!feeds_supply(elements)) {
    return texts;  // nothing is measured
  }
  for_each_beyond_surface(elements, ct_ratio_, [&](SurfaceCrossing const& crossing) {
    auto const cause = cause_of(crossing);
    told_.set(cause);
    if (!before[cause]) {
      texts.push_back(beyond_text(tier_, crossing));
    }
  });
  return texts;
}

void warn_of_tier(Scenario& scenario) {
  TierLimits limits{scenario.twin};
  for (auto& text : limits.crossed(scenario.source.point, scenario.twin.wiring)) {
    scenario.warnings.push_back(std::move(text));
  }
  auto const& profile = scenario.source.profile;
  for (std::size_t row = 0; profile && row < profile->rows(); ++row) {
    auto point = scenario.source.point;
    for (std::size_t k = 0; k < element_count; ++k) {
      point.phase[k].i = Amps{profile->current_a(k, row, point.phase[k].u.value())};
    }
    if (auto const texts = limits.crossed(point, scenario.twin.wiring); !texts.empty()) {
      scenario.warnings.push_back("load profile, row " + std::to_string(row + 1) + ": " + texts.front());
      return;
    }
  }
}

}  // namespace blondel
