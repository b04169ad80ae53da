#pragma once
/// Inputs and level outputs of the module port.

#include <blondel/meter/nv_store.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// The supply is back: terminals are as they are; no pulse is under way.
void start_io(MeterState& s);
/// A terminal has changed its level at s.now. Energy up to then is booked.
void handle_input(MeterState& s, MeterConfig const& config, NvStore& nv, std::size_t index);

/// What tariff inputs say; 0 when there are none.
[[nodiscard]] std::uint8_t tariff_by_inputs(MeterState const& s);
/// Pulses as the register shows them: refreshed every 10 s. @units thousandths of the unit NN
[[nodiscard]] std::int64_t shown_pulses_milli(MeterState const& s);

/// Relays follow tariff, day and mode; switching on waits for a random delay.
/// @source device.md M1: 0 to LoadDelay seconds, only on switching on
void control_loads(MeterState& s, CivilSeconds normal);
/// Delays that have ended by s.now switch their relay on.
void end_load_delays(MeterState& s);

/// The level of an output terminal; false where it is none or without supply.
[[nodiscard]] bool output_level(MeterState const& s, DataSheet sheet, std::size_t index);

/// The alarm input's bit of the status while its cause lasts, else 0.
[[nodiscard]] std::uint8_t alarm_status(MeterState const& s);

}  // namespace blondel
