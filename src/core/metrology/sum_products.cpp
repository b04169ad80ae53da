#include "core/metrology/sum_products.hpp"

#include "core/metrology/host_avx2.hpp"
#include "core/metrology/measuring_state.hpp"

namespace blondel {

ProductSums sum_products(ProductInput const& input) {
  ProductSums sums;
  auto const from = host::sum_products_avx2(input, sums);
  auto const* const voltage = input.u - 1;
  for (std::size_t n = from; n < input.count; ++n) {
    auto const u = voltage[n];
    auto const i = delayed(input.phase, input.i + n, 30 - current_fraction_bits);
    auto const quadrature = delayed(input.quadrature, input.u_quarter + n + 1, 30);
    sums.ui += std::int64_t{u} * i;
    sums.qi += std::int64_t{quadrature} * i;
    sums.uu += static_cast<std::uint64_t>(std::int64_t{u} * u);
    sums.ii += static_cast<std::uint64_t>(std::int64_t{i} * i);
    sums.u += input.u[n];
    sums.i += input.i[n];
  }
  return sums;
}

}  // namespace blondel
