#include <lab/calibration.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

TwinConfig meter(FrontEndModel const& model, char const* type_number = "68535CC453010") {
  auto config = test::twin_config(Tier::waveform, model);
  config.meter =
      test::class_c_200_5(type_number, {"11000162", "42301011", "00001100", "00000101", "00000111"});
  return config;
}

constexpr char const* aron = "68525CC453010";

bool always() {
  return true;
}

CalibrationReport calibrated(TwinConfig const& config, CalibrationSettings const& settings = {}) {
  auto report = calibrate_on_bench(config, settings, always);
  REQUIRE(report.has_value());
  REQUIRE(report->has_value());
  return std::move(**report);
}

CalibrationStep const& step(CalibrationReport const& report, CalibrationKind kind, std::size_t element) {
  for (auto const& step : report.steps) {
    if (step.kind == kind && step.element == element) {
      return step;
    }
  }
  FAIL("no such step");
  return report.steps.front();
}

}  // namespace

TEST_CASE("calibration: the bench reads each element's own gain, and takes it out") {
  auto model = test::ideal_front_end(1.0);
  model.divider[0].ratio_error = 0.003;
  model.divider[2].ratio_error = -0.002;
  auto const report = calibrated(meter(model));
  CHECK(step(report, CalibrationKind::gain, 0).seen == Approx(3e-3).margin(2e-6));
  CHECK(step(report, CalibrationKind::gain, 1).seen == Approx(0.0).margin(2e-6));
  CHECK(step(report, CalibrationKind::gain, 2).seen == Approx(-2e-3).margin(2e-6));
  // 320 000 000 / 1.003 and / 0.998
  CHECK(report.after[0].power_gain == Approx(319'042'871).margin(700));
  CHECK(report.after[2].power_gain == Approx(320'641'283).margin(700));
  for (std::size_t e = 0; e < element_count; ++e) {
    CHECK(std::abs(step(report, CalibrationKind::gain, e).left) < 3e-6);
  }
  CHECK(report.checks[2].before_pct == Approx(0.0333).margin(5e-4));  // (0.3 - 0.2) / 3
  CHECK(std::abs(report.checks[2].after_pct) < 5e-4);
}

TEST_CASE("calibration: the bench reads the angle of a filter, and delays by it") {
  // An RC of 33 us in the voltage channel turns it by atan(2 pi 50 * 33e-6) = 10.3670 mrad, the current leads
  // by that; at 8 kS/s 25.4648 samples are a radian: 0.263994 of a sample, times 2^30 283 461 000.
  auto model = test::ideal_front_end(1.0);
  model.adc[1].u_filter_tau_s = 33e-6;
  auto const report = calibrated(meter(model));
  CHECK(step(report, CalibrationKind::phase, 1).seen == Approx(10.3670e-3).margin(5e-6));
  CHECK(step(report, CalibrationKind::phase, 0).seen == Approx(0.0).margin(5e-6));
  CHECK(report.after[1].phase_delay_q30 == Approx(283'461'000).margin(140'000));
  CHECK(std::abs(step(report, CalibrationKind::phase, 1).left) < 6e-6);
}

TEST_CASE("calibration: the offset takes out what the own voltage couples over") {
  // 1e-5 of 230 V / 991 over 50 ohm times 2500 are 0.1160 mA: 26.69 mW at 230 V; a third of it is lost where
  // the gain at In is calibrated: 26.69 mW * (1 - 0.05 / 5)
  auto model = test::ideal_front_end(1.0);
  for (std::size_t e = 0; e < element_count; ++e) {
    model.crosstalk[e][e] = 1e-5;
  }
  auto const report = calibrated(meter(model));
  CHECK(step(report, CalibrationKind::offset, 0).seen == Approx(26.42e-3).margin(0.1e-3));
  CHECK(report.checks[0].before_pct == Approx(0.2321).margin(1e-3));  // 26.69 mW of 11.5 W
  CHECK(std::abs(report.checks[0].after_pct) < 2e-3);
}

TEST_CASE("calibration: what the bench is off by stays in the meter") {
  auto const report = calibrated(meter(test::ideal_front_end(1.0)), {.uncertain = true, .seed = 9});
  double sum = 0.0;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const& gain = step(report, CalibrationKind::gain, e);
    CHECK(gain.bench != 0.0);
    CHECK(std::abs(gain.bench) < 5 * 2e-4);
    CHECK(gain.seen == Approx(gain.bench).margin(2e-6));  // the meter itself has no error
    CHECK(std::abs(gain.left) < 3e-6);                    // and the bench believes it right afterwards
    // The reference's error of gain set the gain at cos 1 and must not be taken for an angle at cos 0.5.
    auto const& phase = step(report, CalibrationKind::phase, e);
    CHECK(phase.bench != 0.0);
    CHECK(phase.seen == Approx(phase.bench).margin(3e-6));
    sum += gain.bench;
  }
  CHECK(report.checks[2].after_pct == Approx(-sum / 3 * 100).margin(5e-4));
}

TEST_CASE("calibration: takes the meter time of its readings") {
  // The readings of the first round count: 6 at In of 2 s and 10 to 11 s, 3 at Imin, where a pulse takes
  // 31.3 s, of 2 s and one to two intervals; 3 of the service path, 4 s each
  auto const report = calibrated(meter(test::ideal_front_end(1.0)));
  CHECK(report.procedure_s > 6 * 12.0 + 3 * 33.3 + 3 * 4.0);
  CHECK(report.procedure_s < 6 * 14.0 + 3 * 66.0 + 3 * 4.0);
}

TEST_CASE("calibration: the service measurement sets voltage, current and noise") {
  auto model = test::ideal_front_end(1.0);
  model.divider[0].ratio_error = 0.003;
  model.internal_ct[1] = CtModel{};
  model.adc[2].i_noise_a = 220e-6;
  auto const report = calibrated(meter(model));
  CHECK(step(report, CalibrationKind::voltage, 0).seen == Approx(3e-3).margin(1e-5));  // 1 mV is 4e-6
  CHECK(report.after[0].u_gain == Approx(63'808'574).margin(640));                     // 64 000 000 / 1.003
  CHECK(std::abs(step(report, CalibrationKind::voltage, 0).left) < 5e-6);
  // The transformer of metrology.md 3.1 has -0.047 %: 640 000 000 / 0.99953
  CHECK(step(report, CalibrationKind::current, 1).seen == Approx(-0.47e-3).margin(0.01e-3));
  CHECK(report.after[1].i_gain == Approx(640'300'941).margin(6'400));
  CHECK(std::abs(step(report, CalibrationKind::current, 1).left) < 1e-6);
  // 16 000 samples of noise give their rms to 0.56 %, five times that are 6.2 uA. A sixteenth of a code is
  // 20 A / 2^27 = 0.14901 uA: 220 uA are 1476.4 of them, squared 2 179 750.
  CHECK(step(report, CalibrationKind::noise, 2).seen == Approx(220e-6).margin(6.2e-6));
  CHECK(report.after[2].i_noise == Approx(2'179'750).margin(0.056 * 2'179'750));
  CHECK(step(report, CalibrationKind::noise, 2).left < 60e-6);
  CHECK(report.after[0].i_noise == 0);
}

TEST_CASE("calibration: a three-wire meter has two elements, each against the voltage between its lines") {
  auto model = test::ideal_front_end(1.0);
  model.divider[0].ratio_error = 0.003;
  model.divider[2].ratio_error = -0.002;
  model.adc[2].u_filter_tau_s = 33e-6;
  auto const report = calibrated(meter(model, aron));
  CHECK(report.elements == std::vector<std::size_t>{0, 2});
  CHECK(report.steps.size() == 12);  // gain, phase, offset, voltage, current, noise
  CHECK(step(report, CalibrationKind::gain, 0).seen == Approx(3e-3).margin(3e-6));
  // The filter takes cos and magnitude of 10.367 mrad: half of its square each, 107e-6 together
  CHECK(step(report, CalibrationKind::gain, 2).seen == Approx(-2e-3 - 0.107e-3).margin(5e-6));
  CHECK(step(report, CalibrationKind::phase, 0).seen == Approx(0.0).margin(10e-6));
  CHECK(step(report, CalibrationKind::phase, 2).seen == Approx(10.3670e-3).margin(10e-6));
  // At cos 1 both elements carry the same power, at 30 degrees: what leads by 10.367 mrad there turns
  // element L3 towards its voltage or away from it, by 0.5774 of the angle.
  CHECK(std::abs(report.checks[2].before_pct - (0.3 - 0.2) / 2) == Approx(0.2993).margin(0.012));
  for (auto const n : {2U, 5U}) {
    CHECK(std::abs(report.checks[n].after_pct) < 2e-3);
  }
}

TEST_CASE("calibration: is stopped in order") {
  int most = GENERATE(0, 3, 8, 14, 20);
  int asked = 0;
  auto const report =
      calibrate_on_bench(meter(test::ideal_front_end(1.0), aron), {}, [&] { return ++asked <= most; });
  REQUIRE(report.has_value());
  CHECK_FALSE(report->has_value());
  CHECK(asked == most + 1);
}

TEST_CASE("calibration: a sealed meter takes no constants") {
  auto bench = Bench::mount(meter(test::ideal_front_end(1.0)), {.ideal = true});
  REQUIRE(bench.has_value());
  auto const constants = bench->constants();
  REQUIRE(constants.has_value());
  auto const written = bench->write_constants(*constants);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().code == ErrorCode::forbidden);
}

}  // namespace blondel
