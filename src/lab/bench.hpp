#pragma once
/// The virtual test bench: a blind laboratory. It drives the terminals, watches the LED and reads the
/// registers over a port; what is true it takes from closed forms, never from the meter's samples.

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <blondel/base/result.hpp>
#include <lab/test_plan.hpp>
#include <twin/twin.hpp>

namespace blondel {

/// How good the bench is.
struct BenchSettings {
  bool ideal{};           ///< no deviation of its own, no uncertainty
  std::uint64_t seed{1};  ///< draws the bench's deviation inside its uncertainty
};

/// Expanded uncertainties (k = 2) of an accredited laboratory. @units percent
/// @source metrology.md 1: public NMi report, 0.08 at cos 1 and 0.13 at cos 0.5 / 0.8; of a change of error
/// only what
///         does not repeat is left: 0.02, inferred
inline constexpr double uncertainty_unity_pct = 0.08;
inline constexpr double uncertainty_angle_pct = 0.13;
inline constexpr double uncertainty_change_pct = 0.02;

/// One meter on the bench. Every measurement starts it anew from the memory its maker gave it.
class Bench {
 public:
  /// @param meter as ordered; the external transformer is taken off, the bench feeds the terminals
  /// @errors of Twin::start
  [[nodiscard]] static Result<Bench> mount(TwinConfig const& meter, BenchSettings const& settings);

  /// What has become of the analogue side since the factory; measurements so far are forgotten.
  void replace_front_end(FrontEndModel const& model);

  /// Percentage error from the time between LED pulses. @units percent; NaN when the LED gives none
  /// @cost at least 10 s and 10 pulses of simulated time
  [[nodiscard]] double error_pct(TestPoint const& point);
  /// Uncertainty of such an error, k = 2. @units percent
  [[nodiscard]] double uncertainty_pct(TestPoint const& point) const;
  /// Pulses in point.duration_s after the supply has come, from a cold start.
  [[nodiscard]] std::uint64_t pulses_in(TestPoint const& point);
  /// Register 13 to 16 (resolution 0.0001 kWh) against pulses over point.duration_s. @units percent
  [[nodiscard]] double constant_difference_pct(TestPoint const& point);
  /// What the register moves while the voltages are interrupted as the point says. @units kWh
  [[nodiscard]] double interruption_change_kwh(TestPoint const& point);

 private:
  Bench(TwinConfig const& meter, BenchSettings const& settings) : meter_{meter}, settings_{settings} {}
  [[nodiscard]] double measured_error_pct(TestPoint const& point) const;
  [[nodiscard]] std::unique_ptr<Twin> started(std::vector<std::pair<SimTime, OperatingPoint>> schedule,
                                              TestQuantity quantity) const;
  [[nodiscard]] OperatingPoint terminals(TestPoint const& point) const;

  TwinConfig meter_;
  BenchSettings settings_;
  std::vector<std::uint8_t> memory_;  ///< as the factory left it
  std::map<std::string, double> measured_;
};

}  // namespace blondel
