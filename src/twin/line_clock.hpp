#pragma once
/// Line time: what link time-outs and reply delays live on.

#include <cstdint>
#include <limits>

#include <blondel/base/time.hpp>

namespace blondel {

/// Simulated time divided by the pacing ratio, so that at real:60 a client still meets a 30 ms reply delay.
/// @source architecture.md 17, "two clocks"
class LineClock {
 public:
  /// @param ratio_ppm simulated seconds per line second, in millionths; not 0
  void set_ratio(std::int64_t ratio_ppm, SimTime now) {
    line_base_ = to_line(now);
    sim_base_ = now;
    ratio_ppm_ = ratio_ppm;
  }
  [[nodiscard]] SimTime to_line(SimTime sim) const {
    return line_base_ + SimDuration{scaled((sim - sim_base_).ns(), one, ratio_ppm_)};
  }
  /// The first instant of simulated time at which line time is not before `line`.
  [[nodiscard]] SimTime to_sim(SimTime line) const {
    if (line == SimTime::never()) {
      return line;
    }
    return sim_base_ +
           SimDuration{scaled((line - line_base_).ns(), ratio_ppm_, one) + (ratio_ppm_ == one ? 0 : 1)};
  }

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.within(self.ratio_ppm_, 1, std::numeric_limits<std::int64_t>::max());
    field(self.sim_base_);
    field(self.line_base_);
  }

 private:
  static constexpr std::int64_t one = 1'000'000;
  /// Whole and rest apart, so that years times ratios stay inside 64 bits.
  static constexpr std::int64_t scaled(std::int64_t ns, std::int64_t numerator, std::int64_t denominator) {
    return ns / denominator * numerator + ns % denominator * numerator / denominator;
  }

  std::int64_t ratio_ppm_{one};
  SimTime sim_base_;
  SimTime line_base_;
};

}  // namespace blondel
