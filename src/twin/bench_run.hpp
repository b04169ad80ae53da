#pragma once
/// Runs of one meter's front end and measuring system at a single point, as the production line makes them.

#include <array>
#include <memory>
#include <numbers>
#include <span>
#include <vector>

#include <blondel/frontend/front_end.hpp>
#include <blondel/frontend/ratings.hpp>
#include <blondel/meter/config.hpp>

#include "core/metrology/sample_pipeline.hpp"
#include "frontend/source/positive_sequence.hpp"
#include "twin/factory.hpp"

namespace blondel {

inline constexpr double pf_half_inductive = std::numbers::pi / 3.0;

[[nodiscard]] inline OperatingPoint balanced(double frequency_hz, double u_v, double i_a, double lag_rad,
                                             double temperature_c) {
  OperatingPoint point;
  point.frequency = Hertz{frequency_hz};
  point.temperature = Celsius{temperature_c};
  for (std::size_t e = 0; e < element_count; ++e) {
    point.phase[e] = {Volts{u_v}, positive_sequence_angle[e], Amps{i_a}, Radians{lag_rad}};
  }
  return point;
}

/// What the bench's clock shows when the meter has counted samples for `counted_s` by its own crystal.
[[nodiscard]] inline double bench_time_s(FrontEndModel const& model, double counted_s,
                                         double temperature_c = 23.0) {
  return counted_s * (1.0 + clock_error_at(model.adc[0], Celsius{temperature_c}));
}

/// Lets a front end and a pipeline run for `duration_s` and gives each increment to `take`, with the time
/// counted by the meter's crystal.
template<class Take>
void run_increments(FrontEndModel const& model, MeterConfig const& config, CalibrationSet const& calibration,
                    OperatingPoint const& point, double duration_s, std::uint64_t seed, std::uint64_t meter,
                    Take take) {
  WaveformFrontEnd front_end{model, seed, meter, SimTime{}};
  front_end.set_signals(line_signals(point));
  auto const state = std::make_unique<MeasuringState>();
  MeasuringSetup const setup{
      .sample_rate_hz = config.sample_rate_hz,
      .nominal_frequency_hz = static_cast<std::uint16_t>(nominal_frequency(config.type.phases)),
      .aron = config.type.phases == Phases::aron_50hz,
      .quadrature = config.quadrature,
      .has_high_pass = config.has_high_pass};
  SamplePipeline pipeline{*state, setup, calibration};
  std::vector<SampleFrame> frames(256);
  double span_s = 0.0;
  while (span_s < duration_s) {
    auto const count = front_end.sample(frames, SimTime::never());
    std::span<SampleFrame const> left{frames.data(), count};
    while (!left.empty() && span_s < duration_s) {
      ElementIncrement increment;
      auto const progress = pipeline.process(left, increment);
      left = left.subspan(progress.consumed);
      if (progress.closed) {
        span_s += static_cast<double>(increment.span.ns()) * 1e-9;
        take(increment, span_s);
      }
    }
  }
}

}  // namespace blondel
