#include <lab/quality/half_cycle_rms.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace blondel {
namespace {

constexpr double pi = std::numbers::pi;
// The loop: what of a crossing's distance moves the next window's end, and what of it the period; critically
// damped.
constexpr double end_gain = 0.15;
constexpr double period_gain = end_gain * end_gain / 2.0;
constexpr double lowest_hz = 40.0;
constexpr double highest_hz = 70.0;
constexpr int strays_max = 8;

}  // namespace

HalfCycleRms::HalfCycleRms(double sample_rate_hz, double nominal_hz, double nominal_v)
    : nominal_samples_{sample_rate_hz / nominal_hz},
      shortest_{sample_rate_hz / highest_hz},
      longest_{sample_rate_hz / lowest_hz},
      level_{nominal_v * std::numbers::sqrt2 / 20.0},
      sums_(static_cast<std::size_t>(4.0 * longest_)),
      next_end_{4.0 * nominal_samples_} {
  auto const k = std::tan(pi * 2.0 / nominal_samples_);
  auto const norm = 1.0 / (1.0 + std::numbers::sqrt2 * k + k * k);
  b0_ = k * k * norm;
  a1_ = 2.0 * (k * k - 1.0) * norm;
  a2_ = (1.0 - std::numbers::sqrt2 * k + k * k) * norm;
  set_period(nominal_samples_);
}

/// The delay is the filter's phase at the period, as a time.
void HalfCycleRms::set_period(double samples) {
  period_ = std::clamp(samples, shortest_, longest_);
  auto const w = 2.0 * pi / period_;
  auto const tangent = std::tan(w / 2.0) / std::tan(pi * 2.0 / nominal_samples_);
  delay_ = std::atan2(std::numbers::sqrt2 * tangent, 1.0 - tangent * tangent) / w;
}

double HalfCycleRms::filtered(double x) {
  auto const y = b0_ * (x + 2.0 * x1_ + x2_) - a1_ * y1_ - a2_ * y2_;
  x2_ = x1_;
  x1_ = x;
  y2_ = y1_;
  y1_ = y;
  return y;
}

double HalfCycleRms::sum_to(double instant) const {
  auto const whole = std::floor(instant);
  auto const fraction = instant - whole;
  auto const n = static_cast<std::size_t>(whole);
  auto const& here = sums_[n % sums_.size()];
  auto const& next = sums_[(n + 1) % sums_.size()];
  return here.total + fraction * (here.square + 0.5 * fraction * (next.square - here.square));
}

std::optional<HalfCycleRms::Value> HalfCycleRms::handle_sample(double voltage_v) {
  auto const square = voltage_v * voltage_v;
  auto const size = sums_.size();
  auto const n = static_cast<std::size_t>(made_);
  auto const& before = sums_[(n + size - 1) % size];
  sums_[n % size] = {square, made_ == 0 ? 0.0 : before.total + 0.5 * (before.square + square)};
  auto const previous = y1_;
  auto const now = filtered(voltage_v);
  auto const at = static_cast<double>(made_++);
  peak_ = std::max(peak_, std::abs(now));
  if (previous * now < 0.0 || (now == 0.0 && previous != 0.0)) {
    if (peak_ > level_) {
      handle_crossing(at - 1.0 + previous / (previous - now));
    }
    last_peak_ = peak_;
    peak_ = 0.0;
  }
  if (at < next_end_ + 1.0) {
    return std::nullopt;
  }
  auto const end = next_end_;
  next_end_ += 0.5 * period_;
  if (!is_locked_ && std::max(peak_, last_peak_) > level_) {
    return std::nullopt;
  }
  auto const mean = (sum_to(end) - sum_to(end - period_)) / period_;
  return Value{end - period_, end, std::sqrt(std::max(mean, 0.0))};
}

/// @param instant as filtered
void HalfCycleRms::handle_crossing(double instant) {
  if (!is_locked_) {
    acquire(instant);
    return;
  }
  auto const half = 0.5 * period_;
  auto apart = std::fmod(instant - delay_ - next_end_, half);  // towards the nearest end
  apart -= half * std::round(apart / half);
  strays_ = std::abs(apart) > half / 4.0 ? strays_ + 1 : 0;
  if (strays_ > strays_max) {
    is_locked_ = false;
    return;
  }
  next_end_ += end_gain * apart;
  set_period(period_ + period_gain * apart);
}

/// Two whole periods in a row that agree are the beginning.
void HalfCycleRms::acquire(double instant) {
  crossings_.push_back(instant);
  if (crossings_.size() < 5) {
    return;
  }
  auto const first = crossings_[2] - crossings_[0];
  auto const second = crossings_[4] - crossings_[2];
  if (std::abs(first - second) < 0.01 * second && second >= shortest_ && second <= longest_) {
    set_period(second);
    auto const half = 0.5 * period_;
    auto const crossing = instant - delay_;
    next_end_ = crossing + half * std::ceil((next_end_ - crossing) / half);
    strays_ = 0;
    is_locked_ = true;
    crossings_.clear();
  } else {
    crossings_.erase(crossings_.begin());
  }
}

}  // namespace blondel
