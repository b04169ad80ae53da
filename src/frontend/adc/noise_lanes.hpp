#pragma once
/// White noise for the channels of both kinds, several samples at a time.

#include <array>

#include <blondel/base/rng.hpp>
#include <blondel/meter/sample.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

using NoiseStreams = std::array<RandomStream, element_count>;
/// Numbers of zero mean and unit variance for some samples in a row.
struct NoiseGroup {
  static constexpr std::size_t samples = 4;
  Lanes u[samples];
  Lanes i[samples];
};

/// RandomStream::at and gaussian_of for six streams, bit for bit.
class NoiseLanes {
 public:
  NoiseLanes(NoiseStreams const& u, NoiseStreams const& i) : u_{u}, i_{i} {}

  /// The numbers of the samples from `first` on, stream by stream: a vector holds one stream's numbers of
  /// four samples, so that none of its places is idle, and changes over to one sample's numbers when the bits
  /// are down to halves.
  BLONDEL_KERNEL void draw(std::uint64_t first, NoiseGroup& group) const {
    Counts const number{first + 1, first + 2, first + 3, first + 4};
    Counts const counter = number * golden_gamma;
    Halves u_half[element_count];
    Halves i_half[element_count];
    for (std::size_t k = 0; k < element_count; ++k) {
      sum_pairs(counter + u_[k].key(), u_half[k]);
      sum_pairs(counter + i_[k].key(), i_half[k]);
    }
    Halves u_12;
    Halves i_12;
    Halves ui_3;
    sum_halves(u_half[0], u_half[1], u_12);
    sum_halves(i_half[0], i_half[1], i_12);
    sum_halves(u_half[2], i_half[2], ui_3);
    store(__builtin_shufflevector(u_12, ui_3, 0, 2, 8, 8, 4, 6, 12, 12), group.u[0], group.u[2]);
    store(__builtin_shufflevector(u_12, ui_3, 1, 3, 9, 9, 5, 7, 13, 13), group.u[1], group.u[3]);
    store(__builtin_shufflevector(i_12, ui_3, 0, 2, 10, 10, 4, 6, 14, 14), group.i[0], group.i[2]);
    store(__builtin_shufflevector(i_12, ui_3, 1, 3, 11, 11, 5, 7, 15, 15), group.i[1], group.i[3]);
  }

 private:
  using Counts = std::uint64_t __attribute__((vector_size(32), aligned(32)));
  using Halves = std::int32_t __attribute__((vector_size(32), aligned(32)));
  using UnsignedHalves = std::uint32_t __attribute__((vector_size(32), aligned(32)));
  using FourHalves = std::int32_t __attribute__((vector_size(16), aligned(16)));

  /// SplitMix64's constants. @source rng.hpp, which the unit tests compare with
  static constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15U;
  static constexpr std::uint64_t first_factor = 0xBF58476D1CE4E5B9U;
  static constexpr std::uint64_t second_factor = 0x94D049BB133111EBU;
  /// What gaussian_of multiplies a centred sum of one with.
  static constexpr double unit_variance = RandomStream::gaussian_of(0xFFFF'FFFF'0001'0000U);

  /// Of each counter's random bits, the sums of the first two and of the last two 16-bit numbers.
  BLONDEL_KERNEL static void sum_pairs(Counts const& counter, Halves& half) {
    Counts z = counter;
    z = (z ^ z >> 30) * first_factor;
    z = (z ^ z >> 27) * second_factor;
    auto const bits = reinterpret_cast<UnsignedHalves>(z ^ z >> 31);
    half = reinterpret_cast<Halves>((bits & 0xFFFFU) + (bits >> 16));
  }

  /// The centred sums of four numbers of two streams, in each half of the vector two samples of a, two of b.
  BLONDEL_KERNEL static void sum_halves(Halves const& a, Halves const& b, Halves& sum) {
    constexpr std::int32_t mean = 2 * 65535;
    sum = __builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14) +
          __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15) - mean;
  }

  BLONDEL_KERNEL static void store(Halves const& sums, Lanes& low, Lanes& high) {
    FourHalves const low_sums = __builtin_shufflevector(sums, sums, 0, 1, 2, 3);
    FourHalves const high_sums = __builtin_shufflevector(sums, sums, 4, 5, 6, 7);
    low = __builtin_convertvector(low_sums, Lanes) * unit_variance;
    high = __builtin_convertvector(high_sums, Lanes) * unit_variance;
  }

  NoiseStreams const& u_;
  NoiseStreams const& i_;
};

}  // namespace blondel
