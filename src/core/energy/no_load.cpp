#include "core/energy/no_load.hpp"

namespace blondel {

std::int64_t NoLoadGate::decide(std::int64_t energy, NoLoadSpan const& span) {
  auto const [span_ns, threshold_mw, keep_mw, keep_uj] = span;
  if (registering && span_ns >= no_load_window_ns && magnitude(energy) < keep_uj) {
    // A long increment is a window of its own: what came before it does not carry it.
    registering = false;
    window_uj = 0;
    window_ns = 0;
  }
  window_uj += energy;
  window_ns += span_ns;
  auto const judged_ns = window_ns < no_load_window_ns ? no_load_window_ns : window_ns;
  bool const ended = window_ns >= no_load_window_ns;
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
