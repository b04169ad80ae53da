#include "twin/factory.hpp"

#include <cmath>
#include <complex>
#include <memory>
#include <numbers>
#include <vector>

#include <blondel/meter/meter.hpp>

#include "core/meter/meter_state.hpp"
#include "core/metrology/sample_pipeline.hpp"
#include "frontend/source/positive_sequence.hpp"
#include "twin/ram_nv.hpp"

namespace blondel {
namespace {

constexpr double nominal_u_v = 230.0;
constexpr double rated_i_a = 5.0;
constexpr double pf_half_inductive = std::numbers::pi / 3.0;

double nominal_frequency(MeterConfig const& config) {
  return config.type.phases == Phases::four_wire_60hz ? 60.0 : 50.0;
}

OperatingPoint balanced(double frequency_hz, double u_v, double i_a, double lag_rad, double temperature_c) {
  OperatingPoint point;
  point.frequency = Hertz{frequency_hz};
  point.temperature = Celsius{temperature_c};
  for (std::size_t e = 0; e < element_count; ++e) {
    point.phase[e] = {Volts{u_v}, positive_sequence_angle[e], Amps{i_a}, Radians{lag_rad}};
  }
  return point;
}

/// What the bench's clock shows when the meter has counted samples for `counted_s` by its own crystal.
double bench_time_s(FrontEndModel const& model, double counted_s, double temperature_c = 23.0) {
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
  MeasuringSetup const setup{.sample_rate_hz = config.sample_rate_hz,
                             .nominal_frequency_hz = static_cast<std::uint16_t>(nominal_frequency(config)),
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

/// The bench wires the meter's own terminals: whatever transformer is outside comes later.
FrontEndModel without_external_ct(FrontEndModel model) {
  model.external_ct.present = false;
  model.external_ct.turns = 1.0;
  model.external_ct.turns_correction = 0.0;
  return model;
}

std::uint32_t corrected(std::uint32_t gain, double truth, double measured) {
  return static_cast<std::uint32_t>(std::llround(static_cast<double>(gain) * truth / measured));
}

/// The bench's hand on the meter: service commands of the unsealed state, nothing else.
class CalibrationBench {
 public:
  CalibrationBench(FrontEndModel const& model, MeterConfig const& config, std::uint64_t seed,
                   std::uint64_t meter)
      : model_{without_external_ct(model)},
        config_{config},
        seed_{seed},
        meter_{meter} {}

  Result<CalibrationSet> run() {
    Meter device{state_, config_, nv_};
    auto const made = device.manufacture(Nameplate{}, SimTime{});
    if (!made) {
      return tl::unexpected{made.error()};
    }
    auto const up = device.power_up(SimTime{});
    if (!up) {
      return tl::unexpected{up.error()};
    }
    for (auto const step : {&CalibrationBench::phase, &CalibrationBench::gain, &CalibrationBench::noise}) {
      auto const done = (this->*step)(device);
      if (!done) {
        return tl::unexpected{done.error()};
      }
    }
    return state_.calibration;
  }

 private:
  static constexpr double settle_s = 0.4;
  static constexpr double measure_s = 2.0;

  /// What the meter itself says it measured, read over the service path. @units W, var, mV, uA
  struct Reading {
    std::complex<double> power_va;
    double u_mv{};
    double i_ua{};
  };

  Result<std::array<Reading, element_count>> at(Meter device, double i_a, double lag_rad) {
    auto const point = balanced(nominal_frequency(config_), nominal_u_v, i_a, lag_rad, 23.0);
    auto const started = now_;
    bool measuring = false;
    Result<void> outcome;
    auto take = [&](ElementIncrement const& increment, double span_s) {
      now_ = started + SimDuration{std::llround(span_s * 1e9)};
      if (!measuring && span_s > settle_s) {
        Command command;
        command.kind = CommandKind::start_calibration;
        outcome = device.access().execute(command, Level::factory);
        measuring = true;
      }
      if (outcome) {
        outcome = device.handle_increment(increment, now_);
      }
    };
    // The constants in force while measuring are a copy: the pipeline reads them as a meter would.
    auto const in_force = state_.calibration;
    run_increments(model_, config_, in_force, point, settle_s + measure_s, seed_, meter_, take);
    if (!outcome) {
      return tl::unexpected{outcome.error()};
    }
    std::array<Reading, element_count> readings;
    for (std::size_t e = 0; e < element_count; ++e) {
      auto const sums = device.access().calibration_sums(static_cast<int>(e));
      if (!sums) {
        return tl::unexpected{sums.error()};
      }
      // Power is energy over the bench's time: an error of the sample clock is calibrated out with the gain.
      auto const span_us = bench_time_s(model_, static_cast<double>(sums->span.ns()) * 1e-9) * 1e6;
      readings[e] = {{static_cast<double>(sums->active_uj) / span_us,
                      static_cast<double>(sums->reactive_uvars) / span_us},
                     static_cast<double>(sums->u_mv),
                     static_cast<double>(sums->i_ua)};
    }
    return readings;
  }

  Result<void> phase(Meter device) {
    auto const seen = at(device, rated_i_a, pf_half_inductive);
    if (!seen) {
      return tl::unexpected{seen.error()};
    }
    auto const samples_per_radian =
        config_.sample_rate_hz / (2.0 * std::numbers::pi * nominal_frequency(config_));
    return adjust(device, [&](std::size_t e, ElementCalibration& calibration) {
      // A leading current shows too small an angle; delay it by what is missing.
      auto const missing_rad = pf_half_inductive - std::arg((*seen)[e].power_va);
      calibration.phase_delay_q30 +=
          static_cast<std::int32_t>(std::lround(missing_rad * samples_per_radian * 0x1.0p30));
    });
  }

  Result<void> gain(Meter device) {
    auto const seen = at(device, rated_i_a, 0.0);
    if (!seen) {
      return tl::unexpected{seen.error()};
    }
    return adjust(device, [&](std::size_t e, ElementCalibration& calibration) {
      auto const& reading = (*seen)[e];
      calibration.power_gain =
          corrected(calibration.power_gain, nominal_u_v * rated_i_a, reading.power_va.real());
      calibration.u_gain = corrected(calibration.u_gain, nominal_u_v * 1e3, reading.u_mv);
      calibration.i_gain = corrected(calibration.i_gain, rated_i_a * 1e6, reading.i_ua);
    });
  }

  Result<void> noise(Meter device) {
    auto const seen = at(device, 0.0, 0.0);
    if (!seen) {
      return tl::unexpected{seen.error()};
    }
    return adjust(device, [&](std::size_t e, ElementCalibration& calibration) {
      auto const rms = (*seen)[e].i_ua * 0x1.0p32 / calibration.i_gain;  // in code/16
      calibration.i_noise += std::llround(rms * rms);
    });
  }

  /// Changes the constants of every element and writes them as a service command.
  template<class Change>
  Result<void> adjust(Meter device, Change change) {
    for (std::size_t e = 0; e < element_count; ++e) {
      auto calibration = device.access().calibration(static_cast<int>(e));
      if (!calibration) {
        return tl::unexpected{calibration.error()};
      }
      change(e, *calibration);
      Command command;
      command.kind = CommandKind::write_calibration;
      command.element = static_cast<std::uint8_t>(e);
      command.calibration = *calibration;
      auto const done = device.access().execute(command, Level::factory);
      if (!done) {
        return done;
      }
    }
    return {};
  }

  FrontEndModel model_;
  MeterConfig const& config_;
  std::uint64_t seed_;
  std::uint64_t meter_;
  MeterState state_;
  RamNv nv_;
  SimTime now_;
};

/// The noiseless twin of a front end: the surface holds what is systematic.
FrontEndModel without_noise(FrontEndModel model) {
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.0;
    adc.i_noise_a = 0.0;
  }
  return model;
}

/// Currents of the surface's grid, log-spaced. @units A, secondary
double grid_current(int n) {
  auto const octaves = std::log2(AccuracySurface::current_max_a / AccuracySurface::current_min_a);
  return AccuracySurface::current_min_a * std::exp2(octaves * n / (AccuracySurface::current_points - 1));
}

/// Waveform runs of one meter at single points, for the surface.
class SurfaceFit {
 public:
  SurfaceFit(FrontEndModel const& model, MeterConfig const& config, CalibrationSet const& calibration)
      : model_{without_noise(model)},
        config_{config},
        calibration_{calibration} {
    for (std::size_t into = 0; into < element_count; ++into) {
      for (std::size_t from = 0; from < element_count; ++from) {
        surface_.element[into].crosstalk[from] = crosstalk_a_per_v(model, into, from);
      }
    }
  }

  AccuracySurface run() {
    auto const f = nominal_frequency(config_);
    surface_.fitted_frequency_hz = f;
    for (std::size_t n = 0; n < AccuracySurface::current_points; ++n) {
      store(
          gain_at(grid_current(static_cast<int>(n)), f, nominal_u_v, 23.0),
          1.0, [n](auto& element) -> auto& { return element.gain_error[n]; });
    }
    // Influences at rated current, against the reference point.
    auto const reference = gain_at(rated_i_a, f, nominal_u_v, 23.0);
    auto const& grid = surface_.element[0];
    for (std::size_t n = 0; n < grid.temperature_c.at.size(); ++n) {
      store(
          less(gain_at(rated_i_a, f, nominal_u_v, grid.temperature_c.point(n)), reference),
          0.0, [n](auto& element) -> auto& { return element.temperature_c.at[n]; });
    }
    for (std::size_t n = 0; n < grid.frequency_hz.at.size(); ++n) {
      store(
          less(gain_at(rated_i_a, grid.frequency_hz.point(n), nominal_u_v, 23.0), reference),
          0.0, [n](auto& element) -> auto& { return element.frequency_hz.at[n]; });
    }
    for (std::size_t n = 0; n < grid.voltage_v.at.size(); ++n) {
      store(
          less(gain_at(rated_i_a, f, grid.voltage_v.point(n), 23.0), reference),
          0.0, [n](auto& element) -> auto& { return element.voltage_v.at[n]; });
    }
    return surface_;
  }

 private:
  using Gains = std::array<std::complex<double>, element_count>;

  static Gains less(Gains gains, Gains const& reference) {
    for (std::size_t e = 0; e < element_count; ++e) {
      gains[e] -= reference[e];
    }
    return gains;
  }

  template<class Place>
  void store(Gains const& gains, double offset, Place place) {
    for (std::size_t e = 0; e < element_count; ++e) {
      place(surface_.element[e]) = gains[e] - offset;
    }
  }

  /// Complex gain of the elements against ideal ones, without what the voltages couple over.
  Gains gain_at(double secondary_a, double frequency_hz, double u_v, double temperature_c) {
    constexpr double settle_s = 0.5;  // the period's tracking needs some 20 cycles for 1e-6
    // At 50 Hz whole cycles and samples end together; elsewhere the pieces of a cycle at the edges average
    // out over the span, because increments are whole cycles.
    constexpr double measure_s = 1.0;
    // Half-inductive shows gain and angle at once.
    auto const point =
        balanced(frequency_hz, u_v, secondary_a * model_.external_ct.turns, pf_half_inductive, temperature_c);
    Gains gain{};
    double measured_s = 0.0;
    auto take = [&](ElementIncrement const& increment, double span_s) {
      if (span_s <= settle_s) {
        return;
      }
      measured_s += static_cast<double>(increment.span.ns()) * 1e-9;
      for (std::size_t e = 0; e < element_count; ++e) {
        gain[e] += std::complex<double>{static_cast<double>(increment.element[e].active_uj),
                                        static_cast<double>(increment.element[e].reactive_uvars)} *
                   1e-6;
      }
    };
    run_increments(model_, config_, calibration_, point, settle_s + measure_s, 0, 0, take);
    auto const signals = line_signals(point);
    for (std::size_t e = 0; e < element_count; ++e) {
      gain[e] /= bench_time_s(model_, measured_s, temperature_c);
      gain[e] -= signals.component[0].u_v[e] * std::conj(surface_.crosstalk_a(e, signals));
      gain[e] /= std::polar(u_v * secondary_a, pf_half_inductive);
    }
    return gain;
  }

  FrontEndModel model_;
  MeterConfig const& config_;
  CalibrationSet const& calibration_;
  AccuracySurface surface_;
};

}  // namespace

CalibrationSet nominal_calibration(FrontEndModel const& model) {
  constexpr double codes = 0x1.0p23;
  CalibrationSet set;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const& adc = model.adc[e];
    auto const u_lsb_v = adc.u_full_scale_v / codes;
    auto const i_lsb_a = adc.i_full_scale_a / codes;
    auto const uj_per_product = u_lsb_v * (i_lsb_a / 16.0) / adc.sample_rate_hz * 1e6;
    set[e].power_gain = static_cast<std::uint32_t>(std::llround(uj_per_product * 0x1.0p57));
    set[e].u_gain = static_cast<std::uint32_t>(std::llround(u_lsb_v * 1e3 / 8.0 * 0x1.0p32));
    set[e].i_gain = static_cast<std::uint32_t>(std::llround(i_lsb_a * 1e6 / 16.0 * 0x1.0p32));
  }
  return set;
}

Result<CalibrationSet> calibrate(FrontEndModel const& model, MeterConfig const& config, std::uint64_t seed,
                                 std::uint64_t meter) {
  return CalibrationBench{model, config, seed, meter}.run();
}

AccuracySurface fit_surface(FrontEndModel const& model, MeterConfig const& config,
                            CalibrationSet const& calibration) {
  return SurfaceFit{model, config, calibration}.run();
}

}  // namespace blondel
