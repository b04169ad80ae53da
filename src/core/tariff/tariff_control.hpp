#pragma once
/// Who says which tariff is active. @source device.md 3: OOO 000 nobody, 001 the module port, 002 the
/// register, any other a table

#include <optional>

#include "core/meter/meter_state.hpp"

namespace blondel {

inline constexpr std::uint16_t tariffs_disabled = 0;
inline constexpr std::uint16_t tariffs_by_module = 1;
inline constexpr std::uint16_t tariffs_by_register = 2;

/// Makes the tariff what the one in charge says now, and the loads what the tariff says. What a command has
/// set holds until that one says something else than it did. To be called when anything of it may have
/// changed, energy up to now booked.
/// @param normal time of the clock
void control_tariff(MeterState& s, MeterConfig const& config, CivilSeconds normal);

/// The clock's next moment after `normal` at which the tariff may change; none without a table.
[[nodiscard]] std::optional<CivilSeconds> next_tariff_moment(MeterState const& s, MeterConfig const& config,
                                                             CivilSeconds normal);

/// A command: the register of the active tariff is written. @errors forbidden when tariffs are disabled;
/// out_of_range
/// @source device.md 6.3: writing forces the tariff; how long is inferred
[[nodiscard]] Result<void> force_tariff(MeterState& s, std::uint8_t tariff);

}  // namespace blondel
