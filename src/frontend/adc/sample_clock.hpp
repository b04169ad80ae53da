#pragma once
/// The instants at which the converters sample.

#include <cstdint>

#include <blondel/base/time.hpp>

namespace blondel {

/// Counts sample instants exactly: sample n stands at start + floor(n * interval), with the interval a
/// fraction of whole numbers, so that years of samples do not drift.
class SampleClock {
 public:
  /// @param rate_hz nominal, taken to a millihertz; @param clock_error relative, taken to 1e-12
  SampleClock(SimTime start, double rate_hz, double clock_error);

  /// Another interval from the next sample on. @param clock_error as above
  void set_clock_error(double clock_error);
  /// The instant of the next sample.
  [[nodiscard]] SimTime next() const { return next_; }
  /// The instant of a sample that has been made, at the present interval. @param back how many before next()
  [[nodiscard]] SimTime earlier(std::size_t back) const;
  /// How many samples stand before `until`, at most `limit`.
  [[nodiscard]] std::size_t count_before(SimTime until, std::size_t limit) const;
  void advance(std::size_t samples);
  [[nodiscard]] double interval_s() const { return interval_s_; }

  /// Where it stands; how fast it runs is not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.next_);
    field.within(self.rest_, 0, self.denominator_ - 1);
  }

 private:
  __extension__ using Wide = __int128;

  void set_interval(double clock_error);

  std::int64_t rate_mhz_{};
  double clock_error_{};
  SimTime next_;
  Wide numerator_{};  ///< ns per sample is numerator / denominator
  Wide denominator_{};
  Wide rest_{};  ///< what the next instant leaves out, in [0, denominator)
  double interval_s_{};
};

}  // namespace blondel
