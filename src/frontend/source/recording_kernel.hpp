#pragma once
/// The band-limited interpolator of recordings, and the exact integral of what it gives.

#include <array>
#include <cstddef>
#include <vector>

namespace blondel {

/// A sinc under a Kaiser window over 64 samples, tabulated 64 times a sample and joined by cubics.
///
/// Pass band to 0.45 of the sampling rate: amplitude within 2e-5, no delay. Images above 0.55 of it are below
/// 2e-5. A constant stays exactly what it is.
/// @source J. F. Kaiser: Nonrecursive digital filter design using the I0-sinh window function, 1974
class RecordingKernel {
 public:
  static constexpr int taps = 64;
  static constexpr int before = taps / 2 - 1;  ///< taps in front of the sample at or before the instant
  using Weights = std::array<double, taps>;

  RecordingKernel();

  /// The weights of the samples n - before ... n - before + taps - 1 at the instant n + fraction.
  /// @param fraction of a sample, in [0, 1)
  void weigh(double fraction, Weights& weights) const;

  /// The integral over one sample, from n to n + 1, of the product of two interpolated signals is
  /// sum over j, k of x[j] product(j)[k] y[k].
  [[nodiscard]] Weights const& product(int j) const { return product_[static_cast<std::size_t>(j)]; }

  /// Nodes and weights over [0, 1] that integrate the product of two cubics exactly, once a cell.
  static constexpr int cells = 64;  ///< cubics a sample
  static constexpr std::array<double, 4> node{0.06943184420297371, 0.33000947820757187, 0.66999052179242813,
                                              0.93056815579702629};
  static constexpr std::array<double, 4> node_weight{0.17392742256872693, 0.32607257743127307,
                                                     0.32607257743127307, 0.17392742256872693};

 private:
  std::array<Weights, cells + 3> row_{};  ///< fractions -1/64, 0, ... 65/64
  std::vector<Weights> product_;
};

}  // namespace blondel
