#pragma once
/// What a meter's analogue side does to power, as a table: the cheaper tiers' picture of one very meter.

#include <array>
#include <complex>
#include <cstddef>

#include <blondel/frontend/signals.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// A complex correction over one quantity, from evenly spaced points, by local cubics; the ends hold.
template<std::size_t Points>
struct Influence {
  double from{};
  double step{1.0};
  std::array<std::complex<double>, Points> at{};

  [[nodiscard]] double point(std::size_t n) const { return from + step * static_cast<double>(n); }
  [[nodiscard]] double last() const { return point(Points - 1); }
  [[nodiscard]] std::complex<double> value(double x) const;
};

/// What temperature and frequency add to c: a cubic in the share of the cores' excitation, rising powers.
using Drift = std::array<std::complex<double>, 4>;

/// Five evenly spaced values of a quantity, through which one quartic goes; the ends hold.
struct DriftAxis {
  static constexpr std::size_t points = 5;
  double from;
  double step;
  [[nodiscard]] constexpr double point(std::size_t n) const { return from + step * static_cast<double>(n); }
  [[nodiscard]] constexpr double last() const { return point(points - 1); }
  /// What each point counts at x; all but one of them exactly nothing on a point.
  [[nodiscard]] std::array<double, points> weights(double x) const;
};

/// Complex gain of one element against an ideal one, fitted from waveform runs of that very meter.
/// @source metrology.md 4.2: S_meas = S * c(I, f, T) + x U^2
struct AccuracySurface {
  static constexpr std::size_t current_points = 32;
  static constexpr double current_min_a = 0.002;  ///< secondary
  static constexpr double current_max_a = 12.0;
  static constexpr std::size_t voltage_points = 10;
  // Temperature and frequency act on the excitation of the cores, and on each other: fitted on a grid of
  // both.
  static constexpr DriftAxis drift_c{.from = -50.0, .step = 36.5};  ///< 23 C is a point
  static constexpr DriftAxis drift_hz{.from = 45.0, .step = 5.0};   ///< so are 50 and 60 Hz
  /// Where the grid was fitted: rated current, and three in even ratios down to small flux. @units A,
  /// secondary
  static constexpr std::array<double, 4> drift_a{5.0, 0.8, 0.125, 0.02};

  struct Element {
    /// c - 1 at log-spaced secondary currents, 23 C, Un, fn.
    std::array<std::complex<double>, current_points> gain_error{};
    /// What rated current adds off the fitted point, by voltage: 0.4 to 2.2 Un.
    Influence<voltage_points> voltage_v{.from = 92.0, .step = 46.0};
    /// c less what it is at 23 C and fn. @shape [temperature][frequency][current]
    std::array<std::array<std::array<std::complex<double>, drift_a.size()>, DriftAxis::points>,
               DriftAxis::points>
        drift{};
    std::array<std::complex<double>, drift_a.size()> drift_error{};  ///< c - 1 at those currents, 23 C, fn
    /// c - 1 of the harmonics' powers beside rated current, by order, 2 to 40.
    Influence<39> harmonic{.from = 2.0, .step = 1.0};
    /// Voltage of each element that shows as current of this one. @units A per V, secondary
    std::array<double, element_count> crosstalk{};

    /// What turns the gain error into the share of the cores' excitation, 0 at rated and 1 at the lowest of
    /// the currents: the real part of (error - drift_error[0]) times this, conjugated.
    [[nodiscard]] std::complex<double> share_direction() const;
    [[nodiscard]] Drift drift_at(Hertz frequency, Celsius temperature) const;
  };
  std::array<Element, element_count> element{};
  double fitted_voltage_v{230.0};

  /// Most points are where the surface was fitted; a rounding off it moves the gain by less than 1e-12.
  static constexpr double least_distance = 1e-8;
  [[nodiscard]] static constexpr bool is_off(double value, double fitted) {
    auto const distance = value - fitted;
    return (distance < 0 ? -distance : distance) > least_distance * fitted;
  }
  /// Squared; cores with less of a step between rated and low current have no share of the influences.
  static constexpr double least_step = 1e-14;

  /// c at a secondary current, by cubic interpolation in log2 I. @cost one log2
  /// @param channel of signals
  [[nodiscard]] std::complex<double> gain(std::size_t channel, double secondary_a,
                                          Signals const& signals) const;
  /// c of the power that one order gives. @param order of the fundamental; 1 and below take the second's
  [[nodiscard]] std::complex<double> harmonic_gain(std::size_t channel, double order,
                                                   Signals const& signals) const;
  /// The current that is not there, from the voltages that are. @units A, secondary
  [[nodiscard]] std::complex<double> crosstalk_a(std::size_t channel, Signals const& signals) const;

 private:
  /// What temperature, frequency and voltage add to c of any order.
  /// @param curve c - 1 at the current, which tells how much the cores take
  [[nodiscard]] std::complex<double> influence(std::size_t channel, std::complex<double> curve,
                                               Signals const& signals) const;
};

}  // namespace blondel
