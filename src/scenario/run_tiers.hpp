#pragma once
/// What a run tells of its tiers: their names, their changes, and what a tier leaves out.

#include <optional>
#include <string>
#include <vector>

#include <report/summary.hpp>
#include <scenario/recorder.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// "waveform", "phasor", "interval", as in a document.
[[nodiscard]] std::string tier_text(Tier tier);
/// ", hybrid 5 s", or nothing.
[[nodiscard]] std::string hybrid_text(std::optional<SimDuration> window);
/// The tiers a twin has been in, in their fixed order.
[[nodiscard]] std::vector<TierTime> tier_times(Twin const& twin);

/// Keeps what a twin tells until it is written down. Stays where the observer was taken.
class TierChanges {
 public:
  [[nodiscard]] TierObserver observer();
  /// One transcript line each: "tier waveform: voltage change", "tier interval". @errors runtime
  [[nodiscard]] ScenarioResult<void> write(Recorder& recorder);

 private:
  struct Change {
    SimTime at;
    std::string text;
  };
  std::vector<Change> changes_;
};

/// Watches for what the tier of a run leaves out. A hybrid run leaves nothing out.
class TierLimits {
 public:
  explicit TierLimits(TwinConfig const& config) : tier_{config.tier}, is_hybrid_{config.hybrid_window} {}
  /// What is left out from now on; none when it was told before.
  [[nodiscard]] std::optional<std::string> crossed(OperatingPoint const& point);

 private:
  Tier tier_;
  bool is_hybrid_;
  bool told_{};
};

/// Adds what the tier leaves out of the source as the document gives it to the warnings.
void warn_of_tier(Scenario& scenario);

}  // namespace blondel
