#include <frontend/divider/divider.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

using blondel::Celsius;
using blondel::divider_gain;
using blondel::DividerModel;
using blondel::Volts;
using blondel::test::within;

TEST_CASE("frontend: divider errors of tolerance, temperature and voltage add") {
  // 1 + 1e-3 - 63 K * 10e-6 + 23 V * 0.5e-6 = 1.0003815
  DividerModel const model{.ratio_error = 1e-3, .per_k = 10e-6, .per_v = 0.5e-6};
  CHECK(divider_gain(model, Volts{253.0}, Celsius{-40.0}) == within(1.0003815, 1e-12));
  CHECK(divider_gain(DividerModel{}, Volts{115.0}, Celsius{70.0}) == 1.0);
}
