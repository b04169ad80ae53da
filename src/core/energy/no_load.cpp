#include "core/energy/no_load.hpp"

namespace blondel {
namespace {

constexpr std::int64_t window_min_ns = ns_per_s;
constexpr std::int64_t magnitude(std::int64_t value) {
  return value < 0 ? -value : value;
}

/// Energy of a constant power over a span. @units mW and ns give uJ: 1 mW over 1 s is 1000 uJ
constexpr std::int64_t energy_uj(std::int64_t power_mw, std::int64_t span_ns) {
  return power_mw * (span_ns / 1'000) / 1'000;
}

}  // namespace

std::int64_t NoLoadGate::pass(std::int64_t energy, std::int64_t span_ns, std::int64_t threshold_mw) {
  auto const keep_mw = threshold_mw * 4 / 5;  // hysteresis of 20 %
  if (registering && span_ns >= window_min_ns && magnitude(energy) < energy_uj(keep_mw, span_ns)) {
    // A long increment is a window of its own: what came before it does not carry it.
    registering = false;
    window_uj = 0;
    window_ns = 0;
  }
  window_uj += energy;
  window_ns += span_ns;
  auto const judged_ns = window_ns < window_min_ns ? window_min_ns : window_ns;
  bool const ended = window_ns >= window_min_ns;
  if (registering) {
    // Off only at the end of a window.
    if (ended) {
      registering = magnitude(window_uj) >= energy_uj(keep_mw, judged_ns);
      window_uj = 0;
      window_ns = 0;
    }
    return energy;
  }
  std::int64_t booked = 0;
  if (magnitude(window_uj) >= energy_uj(threshold_mw, judged_ns)) {
    registering = true;
    booked = window_uj;
  } else if (ended) {
    suppressed_uj += window_uj;
  } else {
    return 0;
  }
  window_uj = 0;
  window_ns = 0;
  return booked;
}

}  // namespace blondel
