#pragma once
/// White noise for the channels of both kinds, sample by sample.

#include <array>

#include <blondel/base/rng.hpp>
#include <blondel/meter/sample.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

using NoiseStreams = std::array<RandomStream, element_count>;

/// SplitMix64's increment. @source rng.hpp
inline constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15U;

/// RandomStream::mix.
template<class Width>
BLONDEL_KERNEL void mix_words(typename Width::Words& z) {
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
  z = (z ^ z >> 27) * 0x94D049BB133111EBU;
  z = z ^ z >> 31;
}

/// RandomStream::gaussian_of. The sum of four 16-bit numbers becomes a double when its bits are put behind
/// those of 2^52.
template<class Width>
BLONDEL_KERNEL void noise_of(typename Width::Words const& bits, typename Width::Vector& noise) {
  using Words = typename Width::Words;
  using Vector = typename Width::Vector;
  constexpr std::uint64_t even_fields = 0x0000'FFFF'0000'FFFF;
  constexpr std::uint64_t low_half = 0xFFFF'FFFF;
  constexpr std::uint64_t exponent_of_2_52 = 0x4330'0000'0000'0000;
  constexpr double mean = 0x1p52 + 2.0 * 65535;
  constexpr double per_sum = RandomStream::gaussian_of(0xFFFF'FFFF'0001'0000U);  // of a centred sum of one
  Words const pairs = (bits & even_fields) + (bits >> 16 & even_fields);
  Words const sum = ((pairs + (pairs >> 32)) & low_half) | exponent_of_2_52;
  noise = (reinterpret_cast<Vector>(sum) - mean) * per_sum;
}

/// The noise of one block: RandomStream::gaussian_of in the lanes, the same bits either way. It is drawn
/// beside other work, before it is read.
/// @tparam IsWide the vector unit multiplies four numbers of 64 bits faster than the processor does singly
template<bool IsWide>
class NoiseBlock {
 public:
  /// @param first number of the block's first sample
  BLONDEL_KERNEL NoiseBlock(NoiseStreams const& u, NoiseStreams const& i, std::uint64_t first)
      : first_{first} {
    for (std::size_t k = 0; k < element_count; ++k) {
      key_[0][k] = u[k].key();
      key_[1][k] = i[k].key();
    }
  }

  /// Draws for sample n of the block, or for its whole group of four; may be repeated.
  BLONDEL_KERNEL void draw(std::size_t n) {
    if constexpr (!IsWide) {
      draw_one(n, u_[n], key_[0]);
      draw_one(n, i_[n], key_[1]);
    } else if (n % lane_count == 0) {
      draw_four(n, &u_[n], key_[0]);
      draw_four(n, &i_[n], key_[1]);
    }
  }

  /// Zero mean and unit variance. @pre drawn
  BLONDEL_KERNEL void read(std::size_t n, Lanes& u, Lanes& i) const {
    noise_of<Single>(u_[n], u);
    noise_of<Single>(i_[n], i);
  }

 private:
  using Words = Single::Words;
  using Keys = std::array<std::uint64_t, element_count>;

  BLONDEL_KERNEL void draw_one(std::size_t n, Words& bits, Keys const& key) const {
    auto const counter = (first_ + n + 1) * golden_gamma;
    for (std::size_t k = 0; k < element_count; ++k) {
      bits[k] = RandomStream::mix(key[k] + counter);
    }
    bits[element_count] = 0;
  }

  /// One stream's bits of four samples fill a vector, then change places to be one sample's of three streams.
  BLONDEL_KERNEL void draw_four(std::size_t n, Words* bits, Keys const& key) const {
    Words const counter = Words{1, 2, 3, 4} * golden_gamma + (first_ + n) * golden_gamma;
    Words a = counter + key[0];
    Words b = counter + key[1];
    Words c = counter + key[2];
    mix_words<Single>(a);
    mix_words<Single>(b);
    mix_words<Single>(c);
    Words const ab_even = __builtin_shufflevector(a, b, 0, 4, 2, 6);
    Words const ab_odd = __builtin_shufflevector(a, b, 1, 5, 3, 7);
    bits[0] = __builtin_shufflevector(ab_even, c, 0, 1, 4, 4);
    bits[1] = __builtin_shufflevector(ab_odd, c, 0, 1, 5, 5);
    bits[2] = __builtin_shufflevector(ab_even, c, 2, 3, 6, 6);
    bits[3] = __builtin_shufflevector(ab_odd, c, 2, 3, 7, 7);
  }

  std::uint64_t first_;
  Keys key_[2];
  Words u_[block_samples];
  Words i_[block_samples];
};

/// The same for both kinds in one vector, where the processor multiplies eight numbers of 64 bits at once.
class PairedNoiseBlock {
 public:
  BLONDEL_KERNEL PairedNoiseBlock(NoiseStreams const& u, NoiseStreams const& i, std::uint64_t first)
      : key_{u[0].key(), u[1].key(), u[2].key(), 0, i[0].key(), i[1].key(), i[2].key(), 0},
        first_{first} {}

  BLONDEL_KERNEL void draw(std::size_t n) {
    words_[n] = key_ + (first_ + n + 1) * golden_gamma;
    mix_words<Paired>(words_[n]);
  }
  BLONDEL_KERNEL void read(std::size_t n, PairedLanes& noise) const { noise_of<Paired>(words_[n], noise); }

 private:
  Paired::Words key_;
  std::uint64_t first_;
  Paired::Words words_[block_samples];
};

}  // namespace blondel
