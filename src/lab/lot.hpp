#pragma once
/// A lot on the bench: meters drawn from a design's spreads, calibrated one by one, measured at a few points.

#include <cstdint>
#include <functional>
#include <vector>

#include <blondel/frontend/lot.hpp>
#include <lab/bench.hpp>

namespace blondel {

/// What calibration leaves, one standard deviation, for each phase by itself. @source metrology.md 2.6
inline constexpr double gain_residual = 2e-4;
inline constexpr double phase_residual_rad = 1e-4;

struct LotSettings {
  std::size_t meters{200};
  std::uint64_t seed{1};
  bool ideal_calibration{};  ///< without what calibration leaves
  unsigned jobs{1};          ///< threads; the results are the same for any number
};

/// A point at which every meter is measured.
struct LotPoint {
  TestPoint point;
  /// At 23 C of the error; elsewhere of the error composed of load and temperature. 0: no limit applies.
  /// @units percent
  double limit_pct{};
  std::size_t reference{};  ///< the point of the same load at 23 C
};

/// One meter of the lot.
struct LotMember {
  std::uint64_t number{};
  std::vector<double> error_pct;       ///< in the order of the points; NaN where the meter gave no reading
  bool released{};                     ///< a reading at every point, at 23 C inside 0.8 of every limit
  bool accepted{};                     ///< a reading at every point, inside every limit, temperature included
  [[nodiscard]] bool is_read() const;  ///< at every point
};

struct LotResult {
  std::vector<LotPoint> points;
  std::vector<LotMember> members;  ///< by number; less than asked for only when it was stopped
  std::uint64_t wanted{};
  [[nodiscard]] bool is_complete() const { return members.size() == wanted; }
};

/// How the errors of a lot lie at one point: NaN all of them when there is none. @units percent
struct Distribution {
  std::size_t count{};
  double mean{};
  double deviation{};  ///< of the sample, n - 1
  double worst{};      ///< of greatest magnitude, with its sign
  double p05{}, median{}, p95{};
};

/// The share of the limits inside which meters leave the factory.
/// @source metrology.md 1: stated by the maker in 2017 for class B
inline constexpr double release_share = 0.8;

/// 0.05, 0.25 and 5 A at cos 1 and 0.5 ind, at 23, -40 and +70 C, with the limits of the class.
/// @source metrology.md 3.4
[[nodiscard]] std::vector<LotPoint> lot_points(TypeNumber const& type);

/// Draws, calibrates and measures. The factory's procedure calibrates each meter; then its constants are
/// moved by the residuals, drawn from the streams "lab.gain.<n>" and "lab.phase.<n>" of (seed, number).
/// @param design the meter of the model file @param go_on asked before each meter; false stops
/// @errors of Bench::mount
/// @cost about 300 s of simulated time for each meter
[[nodiscard]] Result<LotResult> run_lot(TwinConfig const& design, LotSpread const& spread,
                                        LotSettings const& settings, std::function<bool()> const& go_on);

/// @param values what is not finite is left out
[[nodiscard]] Distribution distribution_of(std::vector<double> values);

}  // namespace blondel
