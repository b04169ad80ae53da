#pragma once
/// Delay by a fraction of a sample: three-point Lagrange interpolation in integers.

#include <array>
#include <cstdint>

namespace blondel {

/// Weights of x[n - k + 1], x[n - k], x[n - k - 1] for a delay of k + d samples, each times 2^30.
/// For d in -0.5 .. 0.5 the gain error at 50 Hz and 8 kS/s is below 1.2e-7, the phase error below 4e-6 rad.
struct DelayWeights {
  std::int64_t newer{};
  std::int64_t same{};
  std::int64_t older{};
};

inline constexpr std::int64_t q30_one = std::int64_t{1} << 30;

/// @param delay_q30 d * 2^30, -1 .. 1
[[nodiscard]] constexpr DelayWeights delay_weights(std::int64_t delay_q30) {
  auto const square = delay_q30 * delay_q30 >> 30;
  return {(square - delay_q30) / 2, q30_one - square, (square + delay_q30) / 2};
}

}  // namespace blondel
