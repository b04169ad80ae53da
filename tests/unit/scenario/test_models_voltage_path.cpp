// The Russian sheet's voltage transformers, measured through the waveform tier with ideal converters.

#include <scenario/models.hpp>
#include <unit/frontend/fine_codes.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include "scratch.hpp"

using namespace blondel;
using namespace blondel::test;

namespace {

struct VoltageError {
  double ratio_percent;
  double lead_min;
};

/// @param samples of a whole count of cycles @param cycles that count
VoltageError measured(double u_v, double frequency_hz = 50.0, std::size_t samples = 160,
                      double cycles = 1.0) {
  auto const meter = find_meter_model(models_folder(), "685355C423010", DataSheet::russian);
  REQUIRE(meter);
  auto model = fine_model();
  model.voltage_transformer = meter->front_end.voltage_transformer;
  model.divider = meter->front_end.divider;
  auto point = balanced(5.0, 0.0, u_v);
  point.frequency = Hertz{frequency_hz};
  auto const frames = first_samples(model, point, 8000 + samples);
  auto const angle = 2 * std::numbers::pi * cycles / static_cast<double>(samples);
  // a second later, which holds whole cycles at every frequency asked for
  auto const phasor = phasor_of(std::span{frames}.last(samples), false, 0, angle) * fine_volts_per_code;
  constexpr double sqrt2 = 1.4142135623730951;
  constexpr double minutes_per_radian = 3437.746770784939;
  return {(std::abs(phasor) / (sqrt2 * u_v) - 1.0) * 100.0, std::arg(phasor) * minutes_per_radian};
}

}  // namespace

TEST_CASE("voltage transformer: at Un it errs by -0.1 % and leads by 10 minutes") {
  // metrology.md 3.2. The lead's square adds -(10 min)^2 / 2 = -0.0004 %, by hand.
  auto const error = measured(230.0);
  CHECK(error.ratio_percent == within(-0.1004, 5e-4));
  CHECK(error.lead_min == within(10.0, 0.05));
}

TEST_CASE("voltage transformer: its ratio error grows by a tenth of itself from Un to twice Un") {
  // -0.1 % (1 + 0.1 (U/Un - 1)): 0.8 and 1.2 Un lie 0.002 % above and below Un
  auto const at_un = measured(230.0).ratio_percent;
  CHECK(measured(184.0).ratio_percent - at_un == within(0.002, 3e-4));
  CHECK(measured(276.0).ratio_percent - at_un == within(-0.002, 3e-4));
}

TEST_CASE("voltage transformer: the lead goes with one over the frequency, and rises as the core saturates") {
  // R / (w L), L the fundamental of the law at the flux U / w, in Python: 45 and 65 Hz, 184, 276 and 322 V
  CHECK(measured(230.0, 45.0, 1600, 9.0).lead_min == within(11.127, 0.05));
  CHECK(measured(230.0, 65.0, 1600, 13.0).lead_min == within(7.717, 0.05));
  CHECK(measured(184.0).lead_min == within(10.025, 0.05));
  CHECK(measured(276.0).lead_min == within(10.079, 0.05));
  // The harmonics of the excitation add what the fundamental alone does not tell.
  CHECK(measured(322.0).lead_min == within(10.93, 0.2));
}
