#pragma once
/// The virtual test bench: a blind laboratory. It drives the terminals, watches the LED and reads the
/// registers over a port; what is true it takes from closed forms, never from the meter's samples.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include <blondel/base/result.hpp>
#include <lab/test_plan.hpp>
#include <twin/factory.hpp>
#include <twin/twin.hpp>

namespace blondel {

/// How good the bench is, and how long it looks.
struct BenchSettings {
  bool ideal{};                     ///< no deviation of its own, no uncertainty
  std::uint64_t seed{1};            ///< draws the bench's deviation inside its uncertainty
  std::size_t pulse_intervals{10};  ///< at least so many of the LED, and at least 10 s
};

/// What the LED told at one point.
struct PulseMeasurement {
  double error_pct{};  ///< NaN when there were not two pulses in an hour
  double meter_s{};    ///< simulated time it took, from power-up on
};

/// Expanded uncertainties (k = 2) of an accredited laboratory. @units percent
/// @source metrology.md 1: public NMi report, 0.08 at cos 1 and 0.13 at cos 0.5 / 0.8; of a change of error
/// only what
///         does not repeat is left: 0.02, inferred
inline constexpr double uncertainty_unity_pct = 0.08;
inline constexpr double uncertainty_angle_pct = 0.13;
inline constexpr double uncertainty_change_pct = 0.02;

inline constexpr SimDuration service_settle = SimDuration::seconds(2);
inline constexpr SimDuration service_span = SimDuration::seconds(2);

/// What one element says of its voltage and current over the service path. @units rms
struct ServiceReading {
  double u_v{};
  double i_a{};
};

/// One meter on the bench. Every measurement starts it anew from the memory its maker gave it.
class Bench {
 public:
  /// @param meter as ordered; the external transformer is taken off, the bench feeds the terminals
  /// @errors of Twin::start
  [[nodiscard]] static Result<Bench> mount(TwinConfig const& meter, BenchSettings const& settings);

  /// What has become of the analogue side since the factory; measurements so far are forgotten.
  void replace_front_end(FrontEndModel const& model);

  /// The error from the time between LED pulses, as an ideal bench sees it. Any thread may ask.
  /// @cost at least 10 s and the settings' intervals of simulated time
  [[nodiscard]] PulseMeasurement measure(TestPoint const& point) const;
  /// Measures points on several threads for error_pct to find.
  /// @param go_on asked before each point, by one thread at a time; false: the rest stays unmeasured
  void measure_ahead(std::vector<TestPoint> const& points, unsigned jobs, std::function<bool()> const& go_on);
  /// Whether error_pct costs nothing.
  [[nodiscard]] bool is_measured(TestPoint const& point) const;
  /// Percentage error of a point, measured now unless it was before, with the bench's own deviation.
  /// @units percent; NaN when the LED gives no pulses
  [[nodiscard]] double error_pct(TestPoint const& point);
  /// Uncertainty of such an error, k = 2. @units percent
  [[nodiscard]] double uncertainty_pct(TestPoint const& point) const;
  /// Pulses in point.duration_s after the supply has come, from a cold start.
  [[nodiscard]] std::uint64_t pulses_in(TestPoint const& point) const;
  /// Register 13 to 16 (resolution 0.0001 kWh) against pulses over point.duration_s. @units percent
  [[nodiscard]] double constant_difference_pct(TestPoint const& point) const;
  /// What the register moves while the voltages are interrupted as the point says. @units kWh
  [[nodiscard]] double interruption_change_kwh(TestPoint const& point) const;

  /// Lets the meter settle, starts its service measurement and reads it at the end of the span.
  /// @errors forbidden when the meter is sealed, meter_off
  [[nodiscard]] Result<std::array<ServiceReading, element_count>> service_readings(
      TestPoint const& point) const;
  /// The constants in the meter's memory. @errors as Access::calibration
  [[nodiscard]] Result<CalibrationSet> constants() const;
  /// Writes constants with the service commands of an unsealed meter; measurements so far are forgotten.
  /// @errors forbidden when the meter is sealed, nv_io
  Result<void> write_constants(CalibrationSet const& constants);

 private:
  Bench(TwinConfig const& meter, BenchSettings const& settings) : meter_{meter}, settings_{settings} {}
  [[nodiscard]] std::unique_ptr<Twin> started(std::vector<std::pair<SimTime, OperatingPoint>> schedule,
                                              TestQuantity quantity) const;
  [[nodiscard]] OperatingPoint terminals(TestPoint const& point) const;

  TwinConfig meter_;
  BenchSettings settings_;
  std::vector<std::uint8_t> memory_;        ///< as the factory left it
  std::map<std::string, double> measured_;  ///< as an ideal bench sees it
};

/// Equal for points at which the same error is measured, whatever it is compared with.
[[nodiscard]] std::string measurement_key(TestPoint const& point);

}  // namespace blondel
