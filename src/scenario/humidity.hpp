#pragma once
/// What the air's humidity adds up to over a year.

#include <string>
#include <vector>

#include <blondel/base/time.hpp>

namespace blondel {

/// Counts the days on which the air is wetter than the year's mean may be. Years are counted from the start
/// of the run: inferred.
/// @source data sheet, Technical data: relative humidity below 75 % as a year's mean, below 95 % on
///         fewer than 30 days a year
class HumidityRecord {
 public:
  /// @units percent, from time 0 on
  explicit HumidityRecord(double relative_percent) : relative_percent_{relative_percent} {}

  /// From `now` on.
  void set(double relative_percent, SimTime now);
  /// When the next sentence is due if the humidity stays.
  [[nodiscard]] SimTime next_deadline() const;
  /// What has left its limits up to `now`, a sentence each; each once a year.
  [[nodiscard]] std::vector<std::string> crossed(SimTime now);

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.relative_percent_);
    field(self.counted_);
    field(self.year_start_);
    field(self.wet_);
    field(self.percent_seconds_);
    field(self.told_wet_);
  }

 private:
  void count(SimTime until);

  double relative_percent_;
  SimTime counted_;
  SimTime year_start_;
  SimDuration wet_;  ///< above the mean's limit, this year
  double percent_seconds_{};
  bool told_wet_{};
};

}  // namespace blondel
