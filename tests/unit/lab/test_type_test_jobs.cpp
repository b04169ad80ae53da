#include <lab/type_test.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <string>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

/// Every bit of what a type test found.
std::string results(unsigned jobs) {
  auto model = test::physical_front_end(1.0);
  for (auto& adc : model.adc) {
    adc.u_noise_v = 17.6e-3;
    adc.i_noise_a = 220e-6;
  }
  auto config = test::twin_config(Tier::waveform, model);
  config.meter =
      test::class_c_200_5("685351C453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
  auto bench = Bench::mount(config, {.seed = 3});
  REQUIRE(bench.has_value());
  auto const plan = type_test_plan(config.meter.type);
  std::string text;
  for (auto const& result : run_type_test(*bench, plan, jobs, [] { return true; })) {
    text += text_of(result.point) + ' ' + std::to_string(std::bit_cast<std::uint64_t>(result.found)) + ' ' +
            std::to_string(static_cast<int>(result.verdict)) + '\n';
  }
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == plan.points.size());
  return text;
}

}  // namespace

TEST_CASE("type test: the whole plan of class 1 is the same for any number of threads") {
  auto const one = results(1);
  CHECK(results(2) == one);
  CHECK(results(7) == one);
}

}  // namespace blondel
