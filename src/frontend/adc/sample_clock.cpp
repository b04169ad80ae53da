#include <algorithm>
#include <cmath>

#include <blondel/base/contract.hpp>
#include <frontend/adc/sample_clock.hpp>

namespace blondel {

SampleClock::SampleClock(SimTime start, double rate_hz, double clock_error)
    : rate_mhz_{static_cast<std::int64_t>(std::llround(rate_hz * 1e3))},
      next_{start} {
  BLONDEL_EXPECTS(rate_hz >= 1 && rate_hz <= 1e6);
  set_interval(clock_error);
}

void SampleClock::set_interval(double clock_error) {
  BLONDEL_EXPECTS(std::abs(clock_error) < 0.1);
  constexpr std::int64_t parts = 1'000'000'000'000;
  auto const error_parts = static_cast<std::int64_t>(std::llround(clock_error * static_cast<double>(parts)));
  clock_error_ = clock_error;
  numerator_ = Wide{1000} * ns_per_s * (parts + error_parts);
  denominator_ = Wide{rate_mhz_} * parts;
  for (auto a = numerator_, b = denominator_; b != 0;) {  // by the greatest common divisor
    auto const remainder = a % b;
    a = b;
    b = remainder;
    if (b == 0) {
      numerator_ /= a;
      denominator_ /= a;
    }
  }
  interval_s_ = static_cast<double>(numerator_) / static_cast<double>(denominator_) * 1e-9;
}

void SampleClock::set_clock_error(double clock_error) {
  if (clock_error == clock_error_) {
    return;
  }
  // The rest is less than a nanosecond: in the new unit it may move by one part.
  auto const part = static_cast<double>(rest_) / static_cast<double>(denominator_);
  set_interval(clock_error);
  rest_ = std::min(static_cast<Wide>(part * static_cast<double>(denominator_)), denominator_ - 1);
}

std::size_t SampleClock::count_before(SimTime until, std::size_t limit) const {
  if (until <= next_) {
    return 0;
  }
  // floor((rest + k numerator) / denominator) < span holds for k below (span denominator - rest) / numerator.
  // A span cut to an hour keeps the product within 128 bits; the caller's limit is far below it.
  auto const span_ns = std::min((until - next_).ns(), 3600 * ns_per_s);
  auto const count = (span_ns * denominator_ - rest_ + numerator_ - 1) / numerator_;
  return static_cast<std::size_t>(std::min(count, static_cast<Wide>(limit)));
}

SimTime SampleClock::earlier(std::size_t back) const {
  auto const total = static_cast<Wide>(back) * numerator_ - rest_;
  auto const whole_ns = total > 0 ? (total + denominator_ - 1) / denominator_ : 0;
  return next_ - SimDuration{static_cast<std::int64_t>(whole_ns)};
}

void SampleClock::advance(std::size_t samples) {
  auto const total = rest_ + static_cast<Wide>(samples) * numerator_;
  next_ = next_ + SimDuration{static_cast<std::int64_t>(total / denominator_)};
  rest_ = total % denominator_;
}

}  // namespace blondel
