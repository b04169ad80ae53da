#pragma once
/// What a run tells of its tiers: their names, their changes, and what a tier leaves out.

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include <report/summary.hpp>
#include <scenario/recorder.hpp>
#include <scenario/scenario_data.hpp>
#include <twin/surface_range.hpp>

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
  explicit TierLimits(TwinConfig const& config)
      : tier_{config.tier},
        is_hybrid_{config.hybrid_window},
        ct_ratio_{config.ct_ratio} {}
  /// What is left out since the last call, a sentence each: direct current, and what lies outside the range
  /// that the accuracy surface was fitted over. What comes back may be told again.
  [[nodiscard]] std::vector<std::string> crossed(OperatingPoint const& point, Wiring const& wiring);

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.told_);
  }

 private:
  static constexpr std::size_t direct = 0;
  static constexpr std::size_t frequency = 1;
  static constexpr std::size_t temperature = 2;
  static constexpr std::size_t first_voltage = 3;  ///< of element L1, then L2, L3
  static constexpr std::size_t first_current = 6;
  static constexpr std::size_t causes = 9;

  [[nodiscard]] static std::size_t cause_of(SurfaceCrossing const& crossing);

  Tier tier_;
  bool is_hybrid_;
  double ct_ratio_;
  std::bitset<causes> told_;
};

/// Adds what the tier leaves out of the source as the document gives it to the warnings; of a profile the
/// first row with a current beyond the range.
void warn_of_tier(Scenario& scenario);

}  // namespace blondel
