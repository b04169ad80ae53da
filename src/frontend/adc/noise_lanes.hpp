#pragma once
/// White noise for the channels of both kinds, several samples at a time.

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

/// What gaussian_of multiplies a centred sum of one with.
inline constexpr double noise_per_sum = RandomStream::gaussian_of(0xFFFF'FFFF'0001'0000U);

/// RandomStream::gaussian_of in the lanes: the random bits come from scalar multiplications, which the
/// baseline's vector units lack, and everything after them runs in the lanes.
/// @param first number of the first sample; @shape noise[count], count up to block_samples
BLONDEL_KERNEL void draw_baseline(NoiseStreams const& streams, std::uint64_t first, std::size_t count,
                                  Lanes* noise) {
  constexpr std::int64_t even_fields = 0x0000'FFFF'0000'FFFF;
  constexpr std::int64_t low_half = 0xFFFF'FFFF;
  constexpr std::int64_t exponent_of_2_52 = 0x4330'0000'0000'0000;
  constexpr double mean = 0x1p52 + 2.0 * 65535;
  LaneBits bits[block_samples];  // all of them first: a vector read just after its scalar parts stalls
  for (std::size_t n = 0; n < count; ++n) {
    bits[n][0] = static_cast<std::int64_t>(streams[0].at(first + n));
    bits[n][1] = static_cast<std::int64_t>(streams[1].at(first + n));
    bits[n][2] = static_cast<std::int64_t>(streams[2].at(first + n));
    bits[n][3] = 0;
  }
  for (std::size_t n = 0; n < count; ++n) {
    LaneBits const pairs = (bits[n] & even_fields) + ((bits[n] >> 16) & even_fields);
    LaneBits const sum = (pairs & low_half) + ((pairs >> 32) & low_half);
    noise[n] = (reinterpret_cast<Lanes>(sum | exponent_of_2_52) - mean) * noise_per_sum;
  }
}

#if defined(__x86_64__)
#define BLONDEL_AVX2 __attribute__((target("avx2")))

/// The same for six streams and four samples: a vector holds one stream's bits of four samples, so that none
/// of its places is idle, and changes over to one sample's numbers when the bits are down to halves.
class NoiseAvx2 {
 public:
  /// @param first number of the first sample
  BLONDEL_AVX2 BLONDEL_KERNEL NoiseAvx2(NoiseStreams const& u, NoiseStreams const& i, std::uint64_t first) {
    counter_ = _mm256_set_epi64x(times_gamma(first + 4), times_gamma(first + 3), times_gamma(first + 2),
                                 times_gamma(first + 1));
    for (std::size_t k = 0; k < element_count; ++k) {
      u_key_[k] = _mm256_set1_epi64x(static_cast<std::int64_t>(u[k].key()));
      i_key_[k] = _mm256_set1_epi64x(static_cast<std::int64_t>(i[k].key()));
    }
  }

  /// The next four samples.
  BLONDEL_AVX2 BLONDEL_KERNEL void draw(NoiseGroup& group) {
    auto const u_12 = sum_halves(sum_pairs(u_key_[0]), sum_pairs(u_key_[1]));
    auto const i_12 = sum_halves(sum_pairs(i_key_[0]), sum_pairs(i_key_[1]));
    auto const ui_3 = sum_halves(sum_pairs(u_key_[2]), sum_pairs(i_key_[2]));
    counter_ = _mm256_add_epi64(counter_, _mm256_set1_epi64x(times_gamma(NoiseGroup::samples)));
    // Indices from the left: two of the first kind, then two of ui_3; the last lane is idle.
    store(_mm256_shuffle_ps(u_12, ui_3, _MM_SHUFFLE(0, 0, 2, 0)), group.u[0], group.u[2]);
    store(_mm256_shuffle_ps(u_12, ui_3, _MM_SHUFFLE(1, 1, 3, 1)), group.u[1], group.u[3]);
    store(_mm256_shuffle_ps(i_12, ui_3, _MM_SHUFFLE(2, 2, 2, 0)), group.i[0], group.i[2]);
    store(_mm256_shuffle_ps(i_12, ui_3, _MM_SHUFFLE(3, 3, 3, 1)), group.i[1], group.i[3]);
  }

 private:
  /// SplitMix64's constants. @source rng.hpp
  static constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15U;
  static constexpr std::uint64_t first_factor = 0xBF58476D1CE4E5B9U;
  static constexpr std::uint64_t second_factor = 0x94D049BB133111EBU;

  static constexpr std::int64_t times_gamma(std::uint64_t number) {
    return static_cast<std::int64_t>(number * golden_gamma);
  }

  /// 64-bit products from three of 32 bits.
  BLONDEL_AVX2 BLONDEL_KERNEL static __m256i product(__m256i z, std::uint64_t factor) {
    auto const low = _mm256_set1_epi64x(static_cast<std::int64_t>(factor));
    auto const high = _mm256_set1_epi64x(static_cast<std::int64_t>(factor >> 32));
    auto const z_high = _mm256_shuffle_epi32(z, _MM_SHUFFLE(3, 3, 1, 1));
    auto const cross = _mm256_add_epi64(_mm256_mul_epu32(z_high, low), _mm256_mul_epu32(z, high));
    return _mm256_add_epi64(_mm256_mul_epu32(z, low), _mm256_slli_epi64(cross, 32));
  }

  /// Of each sample's random bits, the sums of the first two and of the last two 16-bit numbers less 2^15
  /// each.
  BLONDEL_AVX2 BLONDEL_KERNEL __m256 sum_pairs(__m256i key) const {
    auto z = _mm256_add_epi64(counter_, key);
    z = product(_mm256_xor_si256(z, _mm256_srli_epi64(z, 30)), first_factor);
    z = product(_mm256_xor_si256(z, _mm256_srli_epi64(z, 27)), second_factor);
    z = _mm256_xor_si256(z, _mm256_srli_epi64(z, 31));
    auto const centred = _mm256_xor_si256(z, _mm256_set1_epi16(-0x8000));
    return _mm256_castsi256_ps(_mm256_madd_epi16(centred, _mm256_set1_epi16(1)));
  }

  /// The sums of four numbers less their mean; in each half of the vector two samples of a, then two of b.
  BLONDEL_AVX2 BLONDEL_KERNEL static __m256 sum_halves(__m256 a, __m256 b) {
    constexpr std::int32_t above_mean = 4 * 32768 - 2 * 65535;
    auto const even = _mm256_castps_si256(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 2, 0)));
    auto const odd = _mm256_castps_si256(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 3, 1)));
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_add_epi32(even, odd), _mm256_set1_epi32(above_mean)));
  }

  BLONDEL_AVX2 BLONDEL_KERNEL static void store(__m256 sums, Lanes& low, Lanes& high) {
    auto const integers = _mm256_castps_si256(sums);
    low = _mm256_cvtepi32_pd(_mm256_castsi256_si128(integers)) * noise_per_sum;
    high = _mm256_cvtepi32_pd(_mm256_extracti128_si256(integers, 1)) * noise_per_sum;
  }

  __m256i counter_;
  __m256i u_key_[element_count];
  __m256i i_key_[element_count];
};
#endif

}  // namespace blondel
