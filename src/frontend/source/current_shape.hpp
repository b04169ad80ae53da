#pragma once
/// Fourier series of the current shapes of the influence tests.

#include <complex>

#include <blondel/frontend/operating_point.hpp>

namespace blondel {

/// Up to order 40, as far as harmonics are judged anywhere; a sub-harmonic burst up to order 10.
inline constexpr int shape_quarters_max = 160;

/// Coefficient of one order: b + j a, where the shape of a full sine of amplitude 1 and angle 0 holds
/// b sin(order theta) + a cos(order theta); at order 0 j times the mean. Cut off behind order 40.
/// @source standards/influence_test_waveforms.json; the integrals of sine times sine over the conducting
/// spans
[[nodiscard]] std::complex<double> shape_coefficient(CurrentShape shape, int quarters);

}  // namespace blondel
