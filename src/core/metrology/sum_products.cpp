#include "core/metrology/sum_products.hpp"

#include <array>

#include "core/metrology/measuring_state.hpp"

namespace blondel {
namespace {

/// Delayed current and quadrature voltage of a piece: 32-bit numbers, so that the products below are 32 x 32
/// -> 64.
struct Prepared {
  std::array<std::int32_t, sample_chunk> current;
  std::array<std::int32_t, sample_chunk> quadrature;
};

#define BLONDEL_KERNEL [[gnu::always_inline]] inline

BLONDEL_KERNEL ProductSums kernel(ProductInput const& input) {
  Prepared prepared;
  auto const count = input.count;
  for (std::size_t n = 0; n < count; ++n) {
    prepared.current[n] = delayed(input.phase, input.i + n, 30 - current_fraction_bits);
  }
  for (std::size_t n = 0; n < count; ++n) {
    prepared.quadrature[n] = delayed(input.quadrature, input.u_quarter + n + 1, 30);
  }
  ProductSums sums;
  auto const* const voltage = input.u - 1;
  for (std::size_t n = 0; n < count; ++n) {
    auto const u = voltage[n];
    auto const i = prepared.current[n];
    sums.ui += std::int64_t{u} * i;
    sums.qi += std::int64_t{prepared.quadrature[n]} * i;
    sums.uu += static_cast<std::uint64_t>(std::int64_t{u} * u);
    sums.ii += static_cast<std::uint64_t>(std::int64_t{i} * i);
  }
  for (std::size_t n = 0; n < count; ++n) {
    sums.u += input.u[n];
    sums.i += input.i[n];
  }
  return sums;
}

#undef BLONDEL_KERNEL

#if defined(__x86_64__) && !defined(BLONDEL_FIRMWARE)
[[gnu::target("avx2")]] ProductSums kernel_avx2(ProductInput const& input) {
  return kernel(input);
}
#endif

}  // namespace

ProductSums sum_products(ProductInput const& input) {
#if defined(__x86_64__) && !defined(BLONDEL_FIRMWARE)
  if (__builtin_cpu_supports("avx2") != 0) {
    return kernel_avx2(input);
  }
#endif
  return kernel(input);
}

}  // namespace blondel
