#pragma once
/// A source over a list of operating points.

#include <vector>

#include <blondel/frontend/source.hpp>

namespace blondel {

/// One line of a schedule: `point` holds from `from` on.
struct ScheduleEntry {
  SimTime from;
  OperatingPoint point;
};

/// Plays the entries; before the first one its point holds already, after the last one it goes on.
class ScheduleSource final : public Source {
 public:
  /// @param entries not empty, in strictly rising order of `from`
  explicit ScheduleSource(std::vector<ScheduleEntry> entries);

  [[nodiscard]] OperatingPoint point_at(SimTime now) override;
  [[nodiscard]] SimTime next_change(SimTime now) const override;

 private:
  std::vector<ScheduleEntry> entries_;
};

}  // namespace blondel
