#pragma once
/// Changing the ratio of the current transformer in service.

#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// From now on secondary energy counts `ratio` times in the primary registers; what they hold stays. The
/// change is logged and saved; the ratio that holds already changes nothing.
/// @errors forbidden when digit T locks the ratio or the terminal cover is closed; out_of_range (detail =
/// ratio) when the data sheet's table SSS does not have it; nv_io
/// @source device.md B1, 3 (SSS, T)
Result<void> set_ct_ratio(MeterState& s, MeterConfig const& config, NvStore& nv, std::uint16_t ratio);

}  // namespace blondel
