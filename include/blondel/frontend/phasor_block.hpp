#pragma once
/// Operating points of one meter for many steps in a row: what fleets feed the cheap tiers with.

#include <array>
#include <cstddef>
#include <span>

#include <blondel/base/units.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// Fundamental phasors at the elements, column by column, under one frequency and temperature. Large for a
/// stack: 23 kB, so that it and what comes of it stay in the nearer caches.
struct PhasorBlock {
  /// No power of two: columns that many steps apart would fall on the same lines of the cache.
  static constexpr std::size_t steps_max = 240;
  using Column = std::array<double, steps_max>;

  /// One element. @units V and A, rms; the currents are those of the external transformer's primary
  struct Element {
    alignas(64) Column u_real_v{};
    alignas(64) Column u_imaginary_v{};
    alignas(64) Column i_real_a{};
    alignas(64) Column i_imaginary_a{};

    /// Voltages at the nominal angle of element `k`, 0, -120 or 120 degrees, and the currents that make the
    /// powers. Without voltage there is no current. @shape all alike, at most steps_max
    void set_powers(std::size_t k, std::span<double const> u_v, std::span<double const> active_w,
                    std::span<double const> reactive_var);
  };

  Hertz frequency{50.0};
  Celsius temperature{23.0};
  std::array<Element, element_count> element{};
};

}  // namespace blondel
