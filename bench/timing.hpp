#pragma once
/// How every benchmark here is measured: the best of some rounds, beside a calibration kernel of the same
/// run.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include <blondel/base/rng.hpp>

namespace blondel::bench {

/// The fastest of `rounds` runs of `work`, ns per unit: the others were disturbed.
template<class Work>
double best_ns(int rounds, double units, Work const& work) {
  double best = 1e300;
  for (int round = 0; round < rounds; ++round) {
    auto const from = std::chrono::steady_clock::now();
    work();
    auto const until = std::chrono::steady_clock::now();
    best = std::min(best, std::chrono::duration<double, std::nano>(until - from).count());
  }
  return best / units;
}

/// Eight scalar rotors and one SplitMix64 step a unit: multiplications, additions and integer work in the
/// proportion of the front end, without its data flow. Figures are quoted as multiples of it, so that
/// machines compare. @units ns per unit
inline double calibration_ns() {
  constexpr std::size_t units = 50'000;
  double sink = 0.0;
  auto const ns = best_ns(400, static_cast<double>(units), [&sink] {
    std::array<double, 8> sine{};
    std::array<double, 8> cosine;
    cosine.fill(1.0);
    std::uint64_t bits = 0;
    for (std::size_t n = 0; n < units; ++n) {
      for (std::size_t k = 0; k < sine.size(); ++k) {
        auto const next = sine[k] * 0.9992 + cosine[k] * 0.0392;
        cosine[k] = cosine[k] * 0.9992 - sine[k] * 0.0392;
        sine[k] = next;
      }
      bits += RandomStream::mix(n);
    }
    sink += sine[0] + cosine[7] + static_cast<double>(bits);
  });
  return sink != 0.0 ? ns : 0.0;  // the sum is used, so the work is done
}

}  // namespace blondel::bench
