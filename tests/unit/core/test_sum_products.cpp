#include <array>
#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>

#include "core/metrology/measuring_state.hpp"
#include "core/metrology/split_channels.hpp"
#include "core/metrology/sum_products.hpp"

namespace blondel {
namespace {

constexpr std::int64_t code_max = 8388607;

/// Codes over the whole range of 24 bits, with both ends in it. @source a linear congruential generator
std::vector<std::int32_t> codes(std::uint32_t seed, std::size_t count) {
  std::vector<std::int32_t> row(count);
  for (auto& code : row) {
    seed = seed * 1664525 + 1013904223;
    code = static_cast<std::int32_t>(seed >> 8) - 8388608;
  }
  row[count / 2] = static_cast<std::int32_t>(code_max);
  row[count / 2 + 1] = -static_cast<std::int32_t>(code_max) - 1;
  return row;
}

/// floor(value / 2^shift)
std::int64_t floor_shift(std::int64_t value, int shift) {
  auto const unit = std::int64_t{1} << shift;
  auto const quotient = value / unit;
  return value % unit < 0 ? quotient - 1 : quotient;
}

std::int64_t weighted(DelayWeights const& weights, std::int32_t const* x) {
  return std::int64_t{weights.newer} * x[0] + std::int64_t{weights.same} * x[-1] +
         std::int64_t{weights.older} * x[-2];
}

}  // namespace

TEST_CASE("sum_products: any number of samples gives the sums that their definition gives") {
  constexpr std::size_t history = 64;
  auto const u = codes(1, history + 160);
  auto const i = codes(2, history + 160);
  ProductInput input{.u = &u[history],
                     .i = &i[history],
                     .u_quarter = &u[history] - 41,
                     .phase = delay_weights(123'456'789),
                     .quadrature = delay_weights(-400'000'000)};
  for (input.count = 0; input.count <= 160; ++input.count) {
    CAPTURE(input.count);
    ProductSums expected;
    for (std::size_t n = 0; n < input.count; ++n) {
      std::int64_t const voltage = input.u[n - 1];
      auto const current = floor_shift(weighted(input.phase, input.i + n), 26);
      auto const quadrature = floor_shift(weighted(input.quadrature, input.u_quarter + n + 1), 30);
      expected.ui += voltage * current;
      expected.qi += quadrature * current;
      expected.uu += static_cast<std::uint64_t>(voltage * voltage);
      expected.ii += static_cast<std::uint64_t>(current * current);
      expected.u += input.u[n];
      expected.i += input.i[n];
    }
    auto const sums = sum_products(input);
    CHECK(sums.ui == expected.ui);
    CHECK(sums.qi == expected.qi);
    CHECK(sums.uu == expected.uu);
    CHECK(sums.ii == expected.ii);
    CHECK(sums.u == expected.u);
    CHECK(sums.i == expected.i);
  }
}

TEST_CASE("split_channels: every code stands in its channel's row, less the mean, and none behind the last") {
  constexpr std::int32_t untouched = -77;
  std::array<SampleFrame, 27> frames;
  for (std::size_t n = 0; n < frames.size(); ++n) {
    for (std::size_t e = 0; e < element_count; ++e) {
      auto const place = static_cast<std::int32_t>(10 * n + e);
      frames[n].u[e] = 1000 + place;
      frames[n].i[e] = -5000 - place;
    }
  }
  for (std::size_t count : {0U, 1U, 7U, 8U, 9U, 16U, 27U}) {
    CAPTURE(count);
    std::array<std::array<std::int32_t, 28>, 6> rows;
    for (auto& row : rows) {
      row.fill(untouched);
    }
    split_channels(std::span{frames}.first(count), {.u = {rows[0].data(), rows[1].data(), rows[2].data()},
                                                    .i = {rows[3].data(), rows[4].data(), rows[5].data()},
                                                    .mean_u = {100, 200, 300},
                                                    .mean_i = {-1, -20, -300}});
    std::size_t wrong = 0;
    for (std::size_t n = 0; n < 28; ++n) {
      auto const ten = static_cast<std::int32_t>(10 * n);
      std::array<std::int32_t, 6> const full{900 + ten,   801 + ten,   702 + ten,
                                             -4999 - ten, -4981 - ten, -4702 - ten};
      for (std::size_t row = 0; row < 6; ++row) {
        wrong += rows[row][n] == (n < count ? full[row] : untouched) ? 0U : 1U;
      }
    }
    CHECK(wrong == 0);
  }
}

}  // namespace blondel
