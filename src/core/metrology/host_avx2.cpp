#include "core/metrology/host_avx2.hpp"

#if defined(__x86_64__) && !defined(BLONDEL_FIRMWARE)

#include <immintrin.h>

#include "core/metrology/measuring_state.hpp"

namespace blondel::host {
namespace {

#define BLONDEL_AVX2 __attribute__((target("avx2")))
#define BLONDEL_AVX2_KERNEL inline __attribute__((target("avx2"), always_inline))

constexpr std::size_t step = 8;  ///< samples at a time

/// Eight codes. As four numbers of 64 bits the multiplier sees the even ones; odd() brings it the others.
BLONDEL_AVX2_KERNEL __m256i load(std::int32_t const* codes) {
  return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(codes));
}
BLONDEL_AVX2_KERNEL __m256i odd(__m256i codes) {
  return _mm256_srli_epi64(codes, 32);
}
BLONDEL_AVX2_KERNEL void add_products(__m256i& sum, __m256i a, __m256i b) {
  sum = _mm256_add_epi64(sum, _mm256_mul_epi32(a, b));
}

/// Eight delayed codes, as `delayed` makes them: the low halves of `even` and `odd`.
struct Delayed {
  __m256i even, odd;
};
template<int Shift>
BLONDEL_AVX2_KERNEL Delayed delay(DelayWeights const& weights, std::int32_t const* x) {
  auto const newer = _mm256_set1_epi64x(weights.newer);
  auto const same = _mm256_set1_epi64x(weights.same);
  auto const older = _mm256_set1_epi64x(weights.older);
  auto const at = load(x);
  auto const before = load(x - 1);  // its odd codes are the even ones of `at`
  auto const earlier = load(x - 2);
  auto even = _mm256_mul_epi32(newer, at);
  add_products(even, same, before);
  add_products(even, older, earlier);
  auto after = _mm256_mul_epi32(newer, odd(at));
  add_products(after, same, at);
  add_products(after, older, before);
  return {_mm256_srli_epi64(even, Shift), _mm256_srli_epi64(after, Shift)};
}

BLONDEL_AVX2_KERNEL std::int64_t total_64(__m256i four) {
  auto const two = _mm_add_epi64(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
  return _mm_cvtsi128_si64(two) + _mm_extract_epi64(two, 1);
}
BLONDEL_AVX2_KERNEL std::int64_t total_32(__m256i eight) {
  return total_64(_mm256_add_epi64(_mm256_cvtepi32_epi64(_mm256_castsi256_si128(eight)),
                                   _mm256_cvtepi32_epi64(_mm256_extracti128_si256(eight, 1))));
}

BLONDEL_AVX2 void sum_eights(ProductInput const& input, std::size_t count, ProductSums& sums) {
  __m256i ui{}, qi{}, uu{}, ii{}, u_codes{}, i_codes{};
  for (std::size_t n = 0; n < count; n += step) {
    auto const current = delay<30 - current_fraction_bits>(input.phase, input.i + n);
    auto const quadrature = delay<30>(input.quadrature, input.u_quarter + n + 1);
    auto const u_even = load(input.u + n - 1);
    auto const u_odd = odd(u_even);
    add_products(ui, u_even, current.even);
    add_products(ui, u_odd, current.odd);
    add_products(qi, quadrature.even, current.even);
    add_products(qi, quadrature.odd, current.odd);
    add_products(uu, u_even, u_even);
    add_products(uu, u_odd, u_odd);
    add_products(ii, current.even, current.even);
    add_products(ii, current.odd, current.odd);
    u_codes = _mm256_add_epi32(u_codes, load(input.u + n));
    i_codes = _mm256_add_epi32(i_codes, load(input.i + n));
  }
  sums.ui += total_64(ui);
  sums.qi += total_64(qi);
  sums.uu += static_cast<std::uint64_t>(total_64(uu));
  sums.ii += static_cast<std::uint64_t>(total_64(ii));
  sums.u += total_32(u_codes);
  sums.i += total_32(i_codes);
}

/// Four numbers each of frames n to n + 3 and n + 4 to n + 7. @param from their first number in frame n
BLONDEL_AVX2_KERNEL __m256i quads(std::int32_t const* from, std::size_t frame) {
  constexpr std::size_t stride = sizeof(SampleFrame) / sizeof(std::int32_t);
  auto const* const low = reinterpret_cast<__m128i const*>(from + frame * stride);
  auto const* const high = reinterpret_cast<__m128i const*>(from + (frame + 4) * stride);
  return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(low)), _mm_loadu_si128(high), 1);
}

BLONDEL_AVX2_KERNEL void store(__m256i codes, std::int32_t mean, std::int32_t* row) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(row), _mm256_sub_epi32(codes, _mm256_set1_epi32(mean)));
}

BLONDEL_AVX2 void split_eights(SampleFrame const* frames, std::size_t count, ChannelRows const& rows) {
  static_assert(sizeof(SampleFrame) == 6 * sizeof(std::int32_t));
  for (std::size_t n = 0; n < count; n += step) {
    auto const* const codes = frames[n].u.data();
    // u1 u2 u3 i1 of each frame, then i2 and i3 behind two numbers that are there already
    auto const a0 = quads(codes, 0), a1 = quads(codes, 1), a2 = quads(codes, 2), a3 = quads(codes, 3);
    auto const b0 = quads(codes + 2, 0), b1 = quads(codes + 2, 1), b2 = quads(codes + 2, 2),
               b3 = quads(codes + 2, 3);
    auto const u12_01 = _mm256_unpacklo_epi32(a0, a1), u12_23 = _mm256_unpacklo_epi32(a2, a3);
    auto const u3i1_01 = _mm256_unpackhi_epi32(a0, a1), u3i1_23 = _mm256_unpackhi_epi32(a2, a3);
    auto const i23_01 = _mm256_unpackhi_epi32(b0, b1), i23_23 = _mm256_unpackhi_epi32(b2, b3);
    store(_mm256_unpacklo_epi64(u12_01, u12_23), rows.mean_u[0], rows.u[0] + n);
    store(_mm256_unpackhi_epi64(u12_01, u12_23), rows.mean_u[1], rows.u[1] + n);
    store(_mm256_unpacklo_epi64(u3i1_01, u3i1_23), rows.mean_u[2], rows.u[2] + n);
    store(_mm256_unpackhi_epi64(u3i1_01, u3i1_23), rows.mean_i[0], rows.i[0] + n);
    store(_mm256_unpacklo_epi64(i23_01, i23_23), rows.mean_i[1], rows.i[1] + n);
    store(_mm256_unpackhi_epi64(i23_01, i23_23), rows.mean_i[2], rows.i[2] + n);
  }
}

std::size_t done_of(std::size_t count) {
  return __builtin_cpu_supports("avx2") != 0 ? count / step * step : 0;
}

}  // namespace

std::size_t split_channels_avx2(std::span<SampleFrame const> frames, ChannelRows const& rows) {
  auto const done = done_of(frames.size());
  split_eights(frames.data(), done, rows);
  return done;
}

std::size_t sum_products_avx2(ProductInput const& input, ProductSums& sums) {
  auto const done = done_of(input.count);
  sum_eights(input, done, sums);
  return done;
}

}  // namespace blondel::host

#endif
