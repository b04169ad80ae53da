#include <lab/type_test.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

TwinConfig meter(FrontEndModel const& model) {
  auto config = test::twin_config(Tier::waveform, model);
  config.meter =
      test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
  return config;
}

Bench ideal_bench(TwinConfig const& config) {
  auto bench = Bench::mount(config, {.ideal = true});
  REQUIRE(bench.has_value());
  return std::move(*bench);
}

TestPoint at(double current_a, double factor = 1.0, bool capacitive = false) {
  TestPoint point;
  point.current_a = current_a;
  point.factor = factor;
  point.capacitive = capacitive;
  return point;
}

/// One line of a plan, judged against a limit.
TestVerdict verdict(Bench& bench, TestPoint point, double limit) {
  point.limit = limit;
  auto const results =
      run_type_test(bench, {.title = "", .points = {point}, .left_out = {}}, 1, [] { return true; });
  REQUIRE(results.size() == 1);
  return results[0].verdict;
}

}  // namespace

TEST_CASE("bench: a meter without error shows none, in all four quantities") {
  auto bench = ideal_bench(meter(test::ideal_front_end(1.0)));
  CHECK(std::abs(bench.error_pct(at(5.0))) < 5e-4);
  CHECK(std::abs(bench.error_pct(at(0.25, 0.5))) < 5e-4);
  auto point = at(5.0, 0.8, true);
  CHECK(std::abs(bench.error_pct(point)) < 5e-4);
  point.quantity = TestQuantity::active_export;
  CHECK(std::abs(bench.error_pct(point)) < 5e-4);
  point = at(5.0, 0.5);
  point.quantity = TestQuantity::reactive_import;
  CHECK(std::abs(bench.error_pct(point)) < 2e-3);
  point.quantity = TestQuantity::reactive_export;
  point.capacitive = true;
  CHECK(std::abs(bench.error_pct(point)) < 2e-3);
}

TEST_CASE("bench: a divider that is 0.3 % off after calibration shows as 0.3 %") {
  auto model = test::ideal_front_end(1.0);
  auto bench = ideal_bench(meter(model));
  for (auto& divider : model.divider) {
    divider.ratio_error = 0.003;
  }
  bench.replace_front_end(model);
  CHECK(bench.error_pct(at(1.0)) == Approx(0.3).margin(1e-3));
  CHECK(verdict(bench, at(1.0), 0.5) == TestVerdict::pass);
  CHECK(verdict(bench, at(1.0), 0.29) == TestVerdict::fail);
}

TEST_CASE("bench: the guard band of an accredited bench fails what an ideal one passes") {
  auto model = test::ideal_front_end(1.0);
  auto accredited = Bench::mount(meter(model), {.ideal = false, .seed = 3});
  REQUIRE(accredited.has_value());
  CHECK(accredited->uncertainty_pct(at(1.0)) == 0.08);
  CHECK(accredited->uncertainty_pct(at(1.0, 0.5)) == 0.13);
  auto const deviation = accredited->error_pct(at(1.0));
  CHECK(std::abs(deviation) < 0.14);
  CHECK(accredited->error_pct(at(5.0)) ==
        Approx(deviation).margin(1e-3));  // the bench's own, the same everywhere
  for (auto& divider : model.divider) {
    divider.ratio_error = 0.0045 - deviation / 100.0;
  }
  accredited->replace_front_end(model);
  CHECK(verdict(*accredited, at(1.0), 0.5) == TestVerdict::fail);  // 0.45 + 0.08
}

TEST_CASE("type test: is the same for any number of threads, and judges the same lines") {
  auto const config = meter(test::physical_front_end(1.0));
  auto plan = type_test_plan(config.meter.type);
  // The first line of every kind, at rated current, without the hours that the constant takes.
  std::vector<TestPoint> some;
  for (auto const& point : plan.points) {
    bool const is_new = std::none_of(some.begin(), some.end(),
                                     [&](TestPoint const& other) { return other.kind == point.kind; });
    if (point.current_a >= 1.0 && is_new && point.kind != TestKind::constant) {
      some.push_back(point);
    }
  }
  some.push_back(at(0.005));
  some.back().kind = TestKind::starting;
  some.back().duration_s = 120.0;
  plan.points = some;
  auto const found = [&](unsigned jobs) {
    auto bench = Bench::mount(config, {.seed = 2});
    REQUIRE(bench.has_value());
    std::vector<double> values;
    for (auto const& result : run_type_test(*bench, plan, jobs, [] { return true; })) {
      values.push_back(result.found);
    }
    return values;
  };
  auto const one = found(1);
  CHECK(one.size() == some.size());
  CHECK(found(2) == one);
  CHECK(found(7) == one);
}

TEST_CASE("type test: stopped, it gives the lines that were measured") {
  auto bench = ideal_bench(meter(test::ideal_front_end(1.0)));
  TestPlan const plan{.title = "", .points = {at(5.0), at(1.0), at(0.25)}, .left_out = {}};
  int asked = 0;
  auto const results = run_type_test(bench, plan, 1, [&] { return ++asked <= 2; });
  REQUIRE(results.size() == 2);
  CHECK(results[1].point.current_a == 1.0);
}

TEST_CASE("bench: starting, no load, constant and interruptions") {
  auto bench = ideal_bench(meter(test::ideal_front_end(1.0)));
  // 3.45 W: a pulse every 104.35 s
  auto starting = at(0.005);
  starting.duration_s = 320.0;
  CHECK(bench.pulses_in(starting) == 3);
  auto open = at(0.0);
  open.u_ratio = 1.15;
  open.duration_s = 363.0;
  CHECK(bench.pulses_in(open) == 0);
  auto dial = at(6.0);
  dial.duration_s = 600.0;
  CHECK(std::abs(bench.constant_difference_pct(dial)) < 0.05);
  auto gap = at(0.0);
  gap.u_ratio = 0.0;
  gap.interruptions = 3;
  gap.duration_s = 1.0;
  gap.gap_s = 0.05;
  CHECK(bench.interruption_change_kwh(gap) == 0.0);
}

}  // namespace blondel
