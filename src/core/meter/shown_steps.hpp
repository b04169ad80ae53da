#pragma once
/// The last digits that registers show: what the memory must know at once.

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Finds the totals at which a shown digit changes next.
void set_next_steps(MeterState& s);
/// The same for those that have been reached.
void pass_shown_steps(MeterState& s);

/// At the earliest so long after now a shown digit of an energy register changes, a day at most.
/// @param power_max_mw that no element's or total power exceeds, secondary
[[nodiscard]] SimDuration until_shown_change(MeterState const& s, std::int64_t power_max_mw);

}  // namespace blondel
