#pragma once
/// What the records of each log are made of, and where they lie.

#include <blondel/meter/log.hpp>
#include <blondel/meter/register_def.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

[[nodiscard]] LogColumns columns_of(LogId log, MeterState const& s, MeterConfig const& config);
[[nodiscard]] RingPlace place_of(LogId log, LogColumns const& columns);

/// True when a debiting snapshot of a meter with all energies has the register.
[[nodiscard]] bool is_debited(RegisterId id);

/// A register as a record keeps it.
[[nodiscard]] std::int64_t logged_value(RegisterId id, MeterState const& s, MeterConfig const& config);
/// And back. @param id a column's, or a date or time that a column's stamp tells
/// @errors unknown_register when the log does not have it
[[nodiscard]] Result<Reading> logged_reading(LogRecord const& record, LogColumns const& columns,
                                             RegisterId id, std::uint8_t decimals_a);

}  // namespace blondel
