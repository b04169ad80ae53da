#pragma once
/// The meter's permanent memory: two copies of each record, the newest valid one wins.

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Writes everything that outlives the supply into the older of the two slots and steps the sequence.
/// Called at every change of a shown energy digit and at power down. @errors nv_io
Result<void> save(MeterState& state, NvStore& nv);

/// Reads the newest valid slot into `state`.
/// @errors nv_corrupt when neither slot is valid; nv_io
Result<void> restore(MeterState& state, NvStore const& nv);

/// True when the memory has never held a meter (both slots blank). @errors nv_io
[[nodiscard]] Result<bool> is_blank(NvStore const& nv);

}  // namespace blondel
