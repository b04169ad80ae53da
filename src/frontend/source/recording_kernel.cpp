#include <frontend/source/recording_kernel.hpp>

#include <cmath>
#include <numbers>

namespace blondel {
namespace {

constexpr double beta = 10.0;  ///< of the window: 100 dB

/// Modified Bessel function of order zero by its series, which ends for beta 10 after some 30 terms.
double bessel_i0(double x) {
  double term = 1.0;
  double sum = 1.0;
  for (int k = 1; k < 60; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

/// @param distance in samples
double windowed_sinc(double distance) {
  constexpr double half = RecordingKernel::taps / 2.0;
  auto const reach = 1.0 - (distance / half) * (distance / half);
  if (reach <= 0) {
    return 0.0;
  }
  auto const angle = std::numbers::pi * distance;
  auto const sinc = distance == 0.0 ? 1.0 : std::sin(angle) / angle;
  return sinc * bessel_i0(beta * std::sqrt(reach)) / bessel_i0(beta);
}

}  // namespace

RecordingKernel::RecordingKernel() {
  for (std::size_t r = 0; r < row_.size(); ++r) {
    auto const fraction = (static_cast<double>(r) - 1.0) / cells;
    double sum = 0.0;
    for (int k = 0; k < taps; ++k) {
      auto& weight = row_[r][static_cast<std::size_t>(k)];
      weight = windowed_sinc(fraction + before - k);
      sum += weight;
    }
    for (auto& weight : row_[r]) {
      weight /= sum;  // a constant is kept
    }
  }
  product_.resize(taps);
  for (int cell = 0; cell < cells; ++cell) {
    for (std::size_t n = 0; n < node.size(); ++n) {
      Weights w;
      weigh((cell + node[n]) / cells, w);
      for (std::size_t j = 0; j < w.size(); ++j) {
        auto const scaled = w[j] * node_weight[n] / cells;
        for (std::size_t k = 0; k < w.size(); ++k) {
          product_[j][k] += scaled * w[k];
        }
      }
    }
  }
}

void RecordingKernel::weigh(double fraction, Weights& weights) const {
  auto const at = fraction * cells;
  auto const cell = std::floor(at);
  auto const s = at - cell;
  auto const* const rows = &row_[static_cast<std::size_t>(cell)];  // the row one cell before
  // The cubic through four rows. @source Lagrange
  auto const w0 = -s * (s - 1) * (s - 2) / 6;
  auto const w1 = (s + 1) * (s - 1) * (s - 2) / 2;
  auto const w2 = -(s + 1) * s * (s - 2) / 2;
  auto const w3 = (s + 1) * s * (s - 1) / 6;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    weights[k] = (w0 * rows[0][k] + w1 * rows[1][k]) + (w2 * rows[2][k] + w3 * rows[3][k]);
  }
}

}  // namespace blondel
