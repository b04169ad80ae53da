#pragma once
/// The last digits that registers show: what the memory must know at once.

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Finds the totals at which a shown digit changes next.
void set_next_steps(MeterState& s);
/// The same for those that have been reached.
void pass_shown_steps(MeterState& s);

}  // namespace blondel
