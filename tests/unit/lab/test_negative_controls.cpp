#include <lab/type_test.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

// Each fault must leave a limit of the blind bench, and the same meter without it must stay inside.
// @source metrology.md 6.8

TwinConfig meter(FrontEndModel const& model) {
  auto config = test::twin_config(Tier::waveform, model);
  config.meter =
      test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
  return config;
}

Bench bench_of(TwinConfig const& config) {
  auto bench = Bench::mount(config, {.ideal = true});
  REQUIRE(bench.has_value());
  return std::move(*bench);
}

/// A line of EN 50470-3 class C or IEC 62053-23 class 2, balanced.
TestPoint line(double current_a, double factor, double limit, TestKind kind = TestKind::intrinsic) {
  TestPoint point;
  point.kind = kind;
  point.current_a = current_a;
  point.factor = factor;
  point.limit = limit;
  return point;
}

TestVerdict verdict(Bench& bench, TestPoint const& point) {
  auto const results =
      run_type_test(bench, {.title = "", .points = {point}, .left_out = {}}, 1, [] { return true; });
  REQUIRE(results.size() == 1);
  return results[0].verdict;
}

}  // namespace

TEST_CASE("negative control: a capacitor of X7R turns the angle by 1.5 mrad") {
  // metrology.md 3.3: 33 us * 0.15 = 4.95 us are 1.555 mrad at 50 Hz; times tan 60 deg 0.269 %. EN 50470-3
  // class C allows 0.6 % for the error; a meter released at 0.8 of it, 0.48 %, leaves it when its capacitors
  // age so.
  auto model = test::physical_front_end(1.0);
  for (auto& divider : model.divider) {
    divider.ratio_error = 0.0;
  }
  auto bench = bench_of(meter(model));
  auto released = model;
  for (auto& divider : released.divider) {
    divider.ratio_error = -0.0045;
  }
  bench.replace_front_end(released);
  CHECK(verdict(bench, line(5.0, 0.5, 0.6)) == TestVerdict::pass);
  auto const before_pct = bench.error_pct(line(5.0, 0.5, 0.6));
  for (auto& adc : released.adc) {
    adc.i_filter_tau_s *= 1.15;
  }
  bench.replace_front_end(released);
  CHECK(bench.error_pct(line(5.0, 0.5, 0.6)) - before_pct == Approx(-0.27).margin(0.03));
  CHECK(verdict(bench, line(5.0, 0.5, 0.6)) == TestVerdict::fail);
}

TEST_CASE("negative control: a transformer reversed takes two thirds of the energy") {
  auto config = meter(test::ideal_front_end(1.0));
  config.meter.phase_sum = PhaseSum::algebraic;
  auto healthy = bench_of(config);
  CHECK(verdict(healthy, line(5.0, 1.0, 0.5)) == TestVerdict::pass);
  config.wiring.current[1].share = -1.0;
  auto bench = bench_of(config);
  CHECK(bench.error_pct(line(5.0, 1.0, 0.5)) == Approx(-66.667).margin(0.01));
  CHECK(verdict(bench, line(5.0, 1.0, 0.5)) == TestVerdict::fail);
}

TEST_CASE("negative control: two voltages exchanged leave no pulse") {
  auto config = meter(test::ideal_front_end(1.0));
  config.meter.phase_sum = PhaseSum::algebraic;
  std::swap(config.wiring.voltage[0], config.wiring.voltage[1]);
  auto bench = bench_of(config);
  CHECK(verdict(bench, line(5.0, 1.0, 0.5)) == TestVerdict::fail);
  std::swap(config.wiring.voltage[0], config.wiring.voltage[1]);
  auto healthy = bench_of(config);
  CHECK(verdict(healthy, line(5.0, 1.0, 0.5)) == TestVerdict::pass);
}

TEST_CASE("negative control: a meter told 200/5 behind a transformer of 50/5 shows four times the energy") {
  // An hour of 3 * 230 V * 40 A primary is 27.6 kWh. The lamp counts secondary energy and knows nothing of
  // it: the primary register against the closed form at the bars tells.
  auto const shown_kwh = [](double ratio) {
    auto config = test::twin_config(Tier::interval, test::ideal_front_end(ratio));
    config.meter =
        test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00004011"});
    config.ct_ratio = ratio;
    auto const twin = test::started_twin(config, test::balanced_point(230.0, 40.0, 0.0));
    twin->step(test::at_s(3600.0));
    // native step of energy: 1 mJ
    return static_cast<double>(test::native(*twin, RegisterId::active_energy_import)) / 3.6e9;
  };
  auto const error_pct = [&](double ratio) { return (shown_kwh(ratio) / 27.6 - 1.0) * 100.0; };
  CHECK(std::abs(error_pct(40.0)) < 0.5);
  CHECK(error_pct(10.0) == Approx(300.0).margin(0.5));
}

TEST_CASE("negative control: a fixed quarter of the period leaves class 2 off the nominal frequency") {
  // metrology.md 2.4: at 51 Hz +5.4 % at sin 0.5 and +12.1 % at sin 0.25, limit of the change 2.5 % (IEC
  // 62053-23)
  auto config = meter(test::ideal_front_end(1.0));
  auto point = line(5.0, 0.5, 2.5, TestKind::variation);
  point.quantity = TestQuantity::reactive_import;
  point.f_ratio = 1.02;
  auto healthy = bench_of(config);
  CHECK(verdict(healthy, point) == TestVerdict::pass);
  config.meter.quadrature = Quadrature::fixed;
  auto bench = bench_of(config);
  CHECK(bench.error_pct(point) == Approx(-5.49).margin(0.03));
  CHECK(verdict(bench, point) == TestVerdict::fail);
  point.f_ratio = 0.98;
  CHECK(verdict(bench, point) == TestVerdict::fail);
  point.factor = 0.25;
  point.f_ratio = 1.02;
  CHECK(bench.error_pct(point) == Approx(-12.2).margin(0.03));
  point.f_ratio = 1.0;
  CHECK(std::abs(bench.error_pct(point)) < 0.05);  // at 50 Hz nobody notices
}

TEST_CASE("negative control: without high-pass the offsets of the converters multiply") {
  // 0.5 % of full scale each: 5 V * 0.1 A = 0.5 W a phase, of 11.5 W at Imin 4.35 %; limit 1.0 %. The meter
  // is calibrated with it at In, where it is 0.0435 %.
  auto model = test::ideal_front_end(1.0);
  for (auto& adc : model.adc) {
    adc.u_offset_v = 5.0;
    adc.i_offset_a = 0.1;
  }
  auto config = meter(model);
  auto healthy = bench_of(config);
  CHECK(verdict(healthy, line(0.05, 1.0, 1.0)) == TestVerdict::pass);
  config.meter.has_high_pass = false;
  auto bench = bench_of(config);
  CHECK(bench.error_pct(line(0.05, 1.0, 1.0)) == Approx(4.35 - 0.04).margin(0.02));
  CHECK(verdict(bench, line(0.05, 1.0, 1.0)) == TestVerdict::fail);
}

TEST_CASE("negative control: a converter of 12 bits leaves the limit at the starting current") {
  // 20 A over 2^11 are 9.77 mA: the amplitude at 5 mA is 0.72 of a step. Codes of one step while it is above
  // half a step, arcsin(0.691) = 43.7 to 136.3 degrees, make a fundamental of 4/pi cos(43.7 deg) / 0.724
  // = 1.27, 27 % too much. OIML R46: below Imin the limit, 1.0 %, grows as Imin / I, here to 10 %. The limits
  // of class C from Imin on, 1.0 %, do not see it: seven steps and more are left there.
  auto config = meter(test::ideal_front_end(1.0));
  auto const below = line(0.005, 1.0, 10.0);
  auto healthy = bench_of(config);
  CHECK(verdict(healthy, below) == TestVerdict::pass);
  for (auto& adc : config.front_end.adc) {
    adc.bits = 12;
  }
  auto bench = bench_of(config);
  CHECK(bench.error_pct(below) == Approx(27.0).margin(1.0));
  CHECK(verdict(bench, below) == TestVerdict::fail);
  CHECK(verdict(bench, line(0.05, 1.0, 1.0)) == TestVerdict::pass);
}

TEST_CASE("negative control: the direct current of a half wave saturates a core of high permeability") {
  auto model = test::ideal_front_end(1.0);
  auto point =
      line(4.2426, 0.5, 3.0, TestKind::variation);  // IEC 62053-21: 3.0 % where meters are direct connected
  point.shape = CurrentShape::half_wave;
  auto healthy = bench_of(meter(model));
  CHECK(verdict(healthy, point) == TestVerdict::pass);
  for (auto& ct : model.internal_ct) {
    ct.present = true;
  }
  auto bench = bench_of(meter(model));
  // metrology.md 3.1: a core of q = 14 gives about +8 % at cos 0.5 ind
  auto sine = point;
  sine.shape = CurrentShape::sine;
  CHECK(bench.error_pct(point) - bench.error_pct(sine) == Approx(8.1).margin(1.0));
  CHECK(verdict(bench, point) == TestVerdict::fail);
}

}  // namespace blondel
