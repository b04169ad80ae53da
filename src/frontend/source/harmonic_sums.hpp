#pragma once
/// What the harmonics of an operating point add, as multiples of the fundamental's values.

#include <blondel/frontend/operating_point.hpp>

namespace blondel {

/// Sums over the harmonic orders 2 to 40 of one phase.
/// @units of U1 I1 for the powers, of U1^2 and I1^2 for the squares
struct HarmonicSums {
  double active{};
  double reactive{};  ///< Budeanu's
  double
      quadrature{};  ///< with the voltage delayed by a quarter of the fundamental's period, as the meter does
  double u_square{};
  double i_square{};
};

/// Adds up the harmonics; slots of the same order are one harmonic, added as phasors.
/// @source IEEE 1459: P = sum of U_h I_h cos(phi_h); phi_h = u_angle - i_angle + h * lag, because the angles
///         count from the zero crossing of the voltage's and the current's own fundamental
HarmonicSums harmonic_sums(OperatingPoint const& point, int phase);

}  // namespace blondel
