#pragma once
/// Debiting loggers: when a period ends by the calendar, and the snapshot of all that counts.

#include <cstdint>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/result.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// The day of a local time. @units days since 2000-01-01
[[nodiscard]] std::int64_t day_of(CivilSeconds local);

/// True when debiting period 1 ends at 00:00 of this local day. @param hh interval, gg day of the month
/// @source device.md 3, HH and GG
[[nodiscard]] bool debiting_due(CivilTime const& day, std::uint8_t hh, std::uint8_t gg);
/// True when debiting logger 2 takes its values at 00:00 of this local day. @param u 1 daily, 2 Mondays, 3
/// first of the month @source device.md B3
[[nodiscard]] bool debiting_2_due(CivilTime const& day, std::uint8_t u);

/// A debiting stop now: the snapshot, then what it does to the peaks. @errors nv_io @source device.md B2
Result<void> debit(MeterState& s, MeterConfig const& config, NvStore& nv);

/// Does what became due by the calendar up to now. Days that passed without supply, or over which the clock
/// was set, are made up by one stop: inferred.
/// @param normal the boundary @errors nv_io
Result<void> debit_by_calendar(MeterState& s, MeterConfig const& config, NvStore& nv, CivilSeconds normal);

}  // namespace blondel
