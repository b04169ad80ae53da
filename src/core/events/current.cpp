#include "core/events/current.hpp"

#include "core/events/voltage.hpp"

namespace blondel {

std::uint32_t current_flags(MeterState const& s, MeterConfig const& config) {
  std::uint32_t flags = s.reversed_sequence ? std::uint32_t{event_phase_sequence} : 0U;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const& live = s.live[e];
    if (!is_measured(e, config) || live.u_mv < voltage_present_mv) {
      continue;
    }
    if (live.i_ua < current_min_ua) {
      flags |= std::uint32_t{event_no_current_l1} << e;
    } else if (s.gates[e].active.registering && live.p_mw < 0) {
      flags |= std::uint32_t{event_reverse_current_l1} << e;
    }
  }
  return flags;
}

}  // namespace blondel
