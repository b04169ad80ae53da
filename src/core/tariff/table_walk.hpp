#pragma once
/// What a tariff control table says at a moment, and when it may say something else.

#include <blondel/base/civil_time.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/tariff_table.hpp>

namespace blondel {

/// @param normal seconds of normal time @return 1 to 4
[[nodiscard]] std::uint8_t tariff_by_table(TariffTable const& table, CivilSeconds normal,
                                           Configuration const& configuration);

/// A moment after `normal`, on a whole minute, up to which the table says the same: a switch, midnight, or,
/// on a day on which summer time begins or ends, a whole hour.
[[nodiscard]] CivilSeconds next_table_change(TariffTable const& table, CivilSeconds normal,
                                             Configuration const& configuration);

}  // namespace blondel
