#pragma once
/// No-load threshold: a phase below it registers nothing and shows no direction.

#include <cstdint>

#include <blondel/meter/element_increment.hpp>

namespace blondel {

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

  /// Takes one increment and gives what may be booked now.
  /// @units uJ and ns; threshold in mW
  [[nodiscard]] std::int64_t pass(std::int64_t energy_uj, std::int64_t span_ns, std::int64_t threshold_mw);
  /// What is held back and not yet decided. @units uJ
  [[nodiscard]] std::int64_t withheld_uj() const { return registering ? 0 : window_uj; }
};

}  // namespace blondel
