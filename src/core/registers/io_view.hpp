#pragma once
/// Rows of the module port's inputs and load control.

#include "core/registers/meter_view.hpp"

namespace blondel {

[[nodiscard]] Reading pulse_input(MeterView const& m);
/// Bit 0 is the level of I/O 1, bit 1 that of I/O 2.
[[nodiscard]] Reading input_levels(MeterView const& m);
[[nodiscard]] Reading load_active(MeterView const& m, int load);
[[nodiscard]] Reading load_mode(MeterView const& m, int load);
[[nodiscard]] Reading load_tariffs(MeterView const& m, int load);
[[nodiscard]] Reading load_delay(MeterView const& m);
[[nodiscard]] Reading working_days(MeterView const& m);
/// Seconds until a relay switches on; 0 when none waits.
[[nodiscard]] Reading load_delay_left(MeterView const& m, int load);

}  // namespace blondel
