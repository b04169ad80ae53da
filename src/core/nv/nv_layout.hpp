#pragma once
/// The meter's permanent memory: two copies of the state, the newest valid one wins.
///
/// Two words, the sequence numbers of the copy begun and of the copy done, are written before and after each.
/// They tell at power-up whether a copy that does not read was being written when the meter stopped, or is
/// damaged.

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

inline constexpr std::size_t state_slot_size = 4'096;

/// Writes everything that outlives the supply into the older of the two slots and steps the sequence.
/// Called at every change of a shown energy digit and at power down. @errors nv_io
Result<void> save(MeterState& state, NvStore& nv);

/// Saves when a log has begun a page since the last time: what follows, with one new page for each log, then
/// lasts as a whole or not at all. @errors nv_io
Result<void> keep_begun_pages(MeterState& state, NvStore& nv);

/// Reads the newest valid slot into `state`. Damage that left one shows as status_eeprom.
/// @errors nv_corrupt when neither slot is valid; nv_io
Result<void> restore(MeterState& state, NvStore const& nv);

/// True when the memory has never held a meter, or none that was finished. @errors nv_io
[[nodiscard]] Result<bool> is_blank(NvStore const& nv);

/// Where the newest copy is; the other one is state_slot_size before or behind.
[[nodiscard]] std::uint32_t newest_slot_address(MeterState const& state);

}  // namespace blondel
