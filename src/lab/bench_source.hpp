#pragma once
/// The bench's amplifiers.

#include <utility>
#include <vector>

#include <blondel/frontend/source.hpp>

namespace blondel {

/// What they are told, one point after the other.
class BenchSource final : public Source {
 public:
  explicit BenchSource(std::vector<std::pair<SimTime, OperatingPoint>> schedule)
      : schedule_{std::move(schedule)} {}
  OperatingPoint point_at(SimTime now) override {
    auto const* point = &schedule_.front().second;
    for (auto const& [from, at] : schedule_) {
      point = from <= now ? &at : point;
    }
    return *point;
  }
  SimTime next_change(SimTime now) const override {
    for (auto const& entry : schedule_) {
      if (entry.first > now) {
        return entry.first;
      }
    }
    return SimTime::never();
  }

 private:
  std::vector<std::pair<SimTime, OperatingPoint>> schedule_;
};

}  // namespace blondel
