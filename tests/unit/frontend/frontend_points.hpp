#pragma once
/// Operating points and the comparison the front end's tests share.

#include <blondel/frontend/operating_point.hpp>
#include <frontend/source/positive_sequence.hpp>

#include <catch2/catch.hpp>

namespace blondel::test {

/// Equal up to an absolute margin and nothing else: Approx alone also allows 1.2e-5 of the value.
inline Approx within(double value, double margin) {
  return Approx(value).epsilon(0.0).margin(margin);
}

/// The same current and lag in all phases of a symmetrical 230 V, 50 Hz supply.
inline OperatingPoint balanced(double i_a, double lag_rad = 0.0, double u_v = 230.0) {
  OperatingPoint point;
  for (std::size_t k = 0; k < element_count; ++k) {
    point.phase[k] = {
        .u = Volts{u_v}, .u_angle = positive_sequence_angle[k], .i = Amps{i_a}, .lag = Radians{lag_rad}};
  }
  return point;
}

}  // namespace blondel::test
