#pragma once
/// The end of the production line: a meter is calibrated through its own service commands, and the surface of
/// the cheaper tiers is fitted from what it then measures.

#include <array>
#include <cstdint>

#include <blondel/base/result.hpp>
#include <blondel/frontend/front_end.hpp>
#include <blondel/frontend/front_end_model.hpp>
#include <blondel/meter/config.hpp>

namespace blondel {

using CalibrationSet = std::array<ElementCalibration, element_count>;

/// Constants of the hardware design: what a code is worth when every part has its nominal value.
[[nodiscard]] CalibrationSet nominal_calibration(FrontEndModel const& model);

/// Runs the procedure on a bench that feeds the meter's own terminals (no external transformer): phase at In
/// with pf 0.5 inductive, gain at In with pf 1, noise without current. The bench is ideal; what remains is
/// the converter's noise over the measuring time.
/// @source metrology.md 2.6 (order of the steps)
/// @errors as Access::execute
[[nodiscard]] Result<CalibrationSet> calibrate(FrontEndModel const& model, MeterConfig const& config,
                                               std::uint64_t seed, std::uint64_t meter);

/// Runs the waveform tier of this very meter, noise off, over currents, temperature, frequency and voltage.
/// @source metrology.md 4.2
[[nodiscard]] AccuracySurface fit_surface(FrontEndModel const& model, MeterConfig const& config,
                                          CalibrationSet const& calibration);

}  // namespace blondel
