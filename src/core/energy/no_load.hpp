#pragma once
/// No-load threshold: a phase below it registers nothing and shows no direction.

#include <cstdint>
#include <limits>

#include <blondel/meter/element_increment.hpp>

namespace blondel {

[[nodiscard]] constexpr std::int64_t magnitude(std::int64_t value) {
  return value < 0 ? -value : value;
}

/// Energy of a constant power over a span. @units mW and ns give uJ: 1 mW over 1 s is 1000 uJ
[[nodiscard]] constexpr std::int64_t energy_uj(std::int64_t power_mw, std::int64_t span_ns) {
  return power_mw * (span_ns / 1'000) / 1'000;
}

inline constexpr std::int64_t no_load_window_ns = ns_per_s;

/// The limits of an increment, common to its gates.
struct NoLoadSpan {
  constexpr NoLoadSpan(std::int64_t span, std::int64_t threshold)
      : span_ns{span},
        threshold_mw{threshold},
        keep_mw{threshold * 4 / 5},  // hysteresis of 20 %
        keep_uj{span >= no_load_window_ns ? energy_uj(keep_mw, span) : never_kept} {}
  static constexpr std::int64_t never_kept = std::numeric_limits<std::int64_t>::max();

  std::int64_t span_ns;
  std::int64_t threshold_mw;
  std::int64_t keep_mw;
  std::int64_t keep_uj;  ///< over the span if that is a window of its own, else never_kept
};

/// The decision for one quantity (active or reactive) of one element.
///
/// Decided on a mean over 1 s with 20 % hysteresis. While the element does not register, energy is withheld
/// until the window either reaches the threshold (then all of it is booked, so nothing of a real load is
/// lost, from the first cycle on) or ends below it (then it is suppressed, and counted as such).
/// @source metrology.md 2.6 (|P| < 0.6 W, 1 s mean, hysteresis 20 %); withholding is inferred
struct NoLoadGate {
  std::int64_t window_uj{};  ///< signed sum of the window under way
  std::int64_t window_ns{};
  std::int64_t suppressed_uj{};  ///< signed sum of what was dropped by rule, ever
  bool registering{};

  /// Takes one increment and gives what may be booked now. @units uJ
  [[nodiscard]] std::int64_t pass(std::int64_t energy_uj, NoLoadSpan const& span) {
    // The usual case: a window of its own, registering before and after, leaves no trace.
    bool const is_kept = registering && window_ns == 0 && magnitude(energy_uj) >= span.keep_uj;
    return is_kept ? energy_uj : decide(energy_uj, span);
  }
  /// What is held back and not yet decided. @units uJ
  [[nodiscard]] std::int64_t withheld_uj() const { return registering ? 0 : window_uj; }

  [[nodiscard]] std::int64_t decide(std::int64_t energy_uj, NoLoadSpan const& span);
};

}  // namespace blondel
