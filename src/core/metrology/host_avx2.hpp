#pragma once
/// The two inner loops of the measuring system on hosts with AVX2: integers, and the same ones. A controller
/// has none of this; what is left over, and everything elsewhere, is done by the loops beside the calls.

#include <cstddef>
#include <span>

#include <blondel/meter/sample.hpp>

#include "core/metrology/split_channels.hpp"
#include "core/metrology/sum_products.hpp"

namespace blondel::host {

#if defined(__x86_64__) && !defined(BLONDEL_FIRMWARE)
/// @return how many samples, from the first on, are done: a multiple of 8, 0 without AVX2
std::size_t split_channels_avx2(std::span<SampleFrame const> frames, ChannelRows const& rows);
/// Adds to the sums. @return as above
std::size_t sum_products_avx2(ProductInput const& input, ProductSums& sums);
#else
constexpr std::size_t split_channels_avx2(std::span<SampleFrame const>, ChannelRows const&) {
  return 0;
}
constexpr std::size_t sum_products_avx2(ProductInput const&, ProductSums&) {
  return 0;
}
#endif

}  // namespace blondel::host
