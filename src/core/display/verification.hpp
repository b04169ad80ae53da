#pragma once
/// Verification: one energy in high resolution on the glass, while the LED counts it.
/// @source device.md B8: by the left button or the operation state, 3.4 digits, left by a press of 6 s or 16
/// h after the last press

#include <optional>

#include <blondel/meter/config.hpp>
#include <blondel/meter/meter.hpp>

#include "core/display/screen.hpp"
#include "core/energy/accumulator.hpp"

namespace blondel {

/// What the LED counts.
[[nodiscard]] Energy led_energy(OperationMode mode);

/// What stands on the glass: in verification its register, else what the lists and the button lead to.
[[nodiscard]] Screen shown_screen(MeterState const& s, MeterConfig const& config);

/// The left push button was held and is let go now. Beside what it does to the lists: held on a verification
/// register of the manual list it begins verification, in which it chooses the energy; held extra long it
/// ends it, and on a trip register it begins the trip registers anew.
/// @source device.md B8; how verification is entered and the energy chosen is inferred
void handle_push(MeterState& s, MeterConfig const& config, PushLength length);

}  // namespace blondel
