#pragma once
/// Energy by tariff and the resettable registers as rows read them.

#include "core/registers/meter_view.hpp"

namespace blondel {

/// @param tariff 1 to 4; @param energy A+, A-, R+ or R-
[[nodiscard]] Reading tariff_energy(MeterView const& m, Energy energy, int tariff);
[[nodiscard]] Reading secondary_tariff_energy(MeterView const& m, Energy energy, int tariff);
/// Primary energy since the last reset. @param energy A+ or A-
[[nodiscard]] Reading trip_energy(MeterView const& m, Energy energy);
[[nodiscard]] Reading active_tariff(MeterView const& m);

}  // namespace blondel
