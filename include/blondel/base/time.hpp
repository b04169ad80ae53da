#pragma once
/// Simulated time. There is no `now()`: time is always a parameter.

#include <compare>
#include <cstdint>
#include <limits>

namespace blondel {

/// A span of simulated time. @units ns
class SimDuration {
 public:
  constexpr SimDuration() = default;
  constexpr explicit SimDuration(std::int64_t nanoseconds) : ns_{nanoseconds} {}
  static constexpr SimDuration milliseconds(std::int64_t ms) { return SimDuration{ms * 1'000'000}; }
  static constexpr SimDuration seconds(std::int64_t s) { return SimDuration{s * 1'000'000'000}; }

  [[nodiscard]] constexpr std::int64_t ns() const { return ns_; }

  friend constexpr SimDuration operator+(SimDuration a, SimDuration b) { return SimDuration{a.ns_ + b.ns_}; }
  friend constexpr SimDuration operator-(SimDuration a, SimDuration b) { return SimDuration{a.ns_ - b.ns_}; }
  friend constexpr SimDuration operator*(SimDuration a, std::int64_t n) { return SimDuration{a.ns_ * n}; }
  friend constexpr auto operator<=>(SimDuration, SimDuration) = default;

 private:
  std::int64_t ns_{};
};

/// An instant of simulated time, counted from the start of the scenario. @units ns
class SimTime {
 public:
  constexpr SimTime() = default;
  constexpr explicit SimTime(std::int64_t nanoseconds) : ns_{nanoseconds} {}
  /// Later than every instant: "no deadline".
  static constexpr SimTime never() { return SimTime{std::numeric_limits<std::int64_t>::max()}; }

  [[nodiscard]] constexpr std::int64_t ns() const { return ns_; }

  friend constexpr SimTime operator+(SimTime t, SimDuration d) { return SimTime{t.ns_ + d.ns()}; }
  friend constexpr SimTime operator-(SimTime t, SimDuration d) { return SimTime{t.ns_ - d.ns()}; }
  friend constexpr SimDuration operator-(SimTime a, SimTime b) { return SimDuration{a.ns_ - b.ns_}; }
  friend constexpr auto operator<=>(SimTime, SimTime) = default;

 private:
  std::int64_t ns_{};
};

inline constexpr std::int64_t ns_per_s = 1'000'000'000;
inline constexpr std::int64_t ns_per_ms = 1'000'000;

}  // namespace blondel
