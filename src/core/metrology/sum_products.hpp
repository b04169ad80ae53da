#pragma once
/// The inner loop of the measuring system: products of codes summed over a piece of a cycle.

#include <cstddef>
#include <cstdint>

#include "core/metrology/interpolation.hpp"

namespace blondel {

/// One element's samples, means removed; history stands before the pointers.
/// @shape count samples from each pointer on; u_quarter is the voltage a quarter period (and one sample) ago
struct ProductInput {
  std::int32_t const* u{};
  std::int32_t const* i{};
  std::int32_t const* u_quarter{};
  std::size_t count{};
  DelayWeights phase;       ///< of the current
  DelayWeights quadrature;  ///< of u_quarter
};

/// @units codes for u, codes/16 for i after its delay
struct ProductSums {
  std::int64_t ui{};
  std::int64_t qi{};
  std::uint64_t uu{};
  std::uint64_t ii{};
  std::int64_t u{};  ///< plain sums, for the means
  std::int64_t i{};
};

/// The same integers on every processor: sums of integers do not depend on their order.
[[nodiscard]] ProductSums sum_products(ProductInput const& input);

}  // namespace blondel
