#include "twin/factory.hpp"

#include <cmath>
#include <complex>
#include <numbers>

#include <blondel/meter/meter.hpp>

#include "core/meter/meter_state.hpp"
#include "twin/bench_run.hpp"
#include "twin/ram_nv.hpp"

namespace blondel {
namespace {

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
    auto const point = balanced(nominal_frequency(config_.type.phases), nominal_u_v, i_a, lag_rad, 23.0);
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
        config_.sample_rate_hz / (2.0 * std::numbers::pi * nominal_frequency(config_.type.phases));
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

}  // namespace blondel
