#pragma once
/// Writing to a log: the one way in for everything that logs.

#include <span>

#include <blondel/base/result.hpp>
#include <blondel/meter/log.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Appends a record of all columns of the log. It lasts when the state is saved next, which this asks for,
/// with whatever the caller does after it; what was before may be saved first. A memory without room for logs
/// keeps none.
/// @errors nv_io
Result<void> append_log(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                        std::span<std::int64_t const> record);

/// Forgets all records of a log; lasts when the state is saved next, which this asks for.
void clear_log(MeterState& s, LogId log);

/// Appends a record whose registers read as they do now, among them the stamp.
/// @param special the columns that are no registers, in their order @errors nv_io
Result<void> append_event(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                          std::span<std::int64_t const> special);

}  // namespace blondel
