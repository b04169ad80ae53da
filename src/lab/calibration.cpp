#include <lab/calibration.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/lot.hpp>
#include <lab/lot.hpp>

namespace blondel {
namespace {

constexpr double rated_a = 5.0;
constexpr double imin_a = 0.05;
constexpr double nominal_v = 230.0;
constexpr double lag_rad = std::numbers::pi / 3.0;  ///< cos 0.5 ind

TestPoint point_of(CalibrationKind kind, std::size_t element) {
  TestPoint point;
  point.load = static_cast<TestLoad>(element + 1);
  point.current_a = kind == CalibrationKind::offset ? imin_a : rated_a;
  point.factor = kind == CalibrationKind::phase ? 0.5 : 1.0;
  return point;
}

/// What the error of a point says about the constant it is measured for.
double told(CalibrationKind kind, double error_pct) {
  auto const relative = error_pct * 1e-2;
  switch (kind) {
    case CalibrationKind::gain:
      return relative;
    case CalibrationKind::phase:  // gain is right at cos 1: cos(lag - lead) / (cos(lag) cos(lead)) is seen
      return std::atan(relative / std::tan(lag_rad));
    case CalibrationKind::offset:
      return relative * nominal_v * imin_a;
  }
  return 0.0;
}

/// The bench with its deviations and its stop-watch.
class Procedure {
 public:
  Procedure(Bench& bench, TwinConfig const& meter, CalibrationSettings const& settings)
      : bench_{&bench},
        settings_{settings},
        rate_hz_{meter.front_end.adc[0].sample_rate_hz},
        nominal_hz_{meter.meter.type.phases == Phases::four_wire_60hz ? 60.0 : 50.0} {}

  /// What the bench reads. @errors out_of_range without pulses
  Result<double> read(CalibrationKind kind, std::size_t element) {
    auto const seen = bench_->measure(point_of(kind, element));
    meter_s_ += seen.meter_s;
    if (!std::isfinite(seen.error_pct)) {
      return fail(ErrorCode::out_of_range, static_cast<std::int64_t>(element));
    }
    return told(kind, seen.error_pct) + deviation(kind, element);
  }

  /// Takes what was read out of one element's constants.
  void correct(ElementCalibration& constants, CalibrationKind kind, double seen) const {
    switch (kind) {
      case CalibrationKind::gain:
        constants.power_gain = static_cast<std::uint32_t>(
            std::llround(static_cast<double>(constants.power_gain) / (1.0 + seen)));
        break;
      case CalibrationKind::phase: {
        auto const samples = seen * rate_hz_ / (2.0 * std::numbers::pi * nominal_hz_);
        constants.phase_delay_q30 += static_cast<std::int32_t>(std::lround(samples * 0x1.0p30));
        // At cos 1 the angle had taken this share off the power, and the gain had made up for it.
        constants.power_gain = static_cast<std::uint32_t>(
            std::llround(static_cast<double>(constants.power_gain) * std::cos(seen)));
        break;
      }
      case CalibrationKind::offset: {
        // A product of codes is power_gain / 2^57 uJ, at each sample.
        auto const product_w = static_cast<double>(constants.power_gain) * 0x1.0p-57 * 1e-6 * rate_hz_;
        constants.power_offset += std::llround(seen / product_w);
        break;
      }
    }
  }

  /// The bench's own error of a reading, in its units.
  [[nodiscard]] double deviation(CalibrationKind kind, std::size_t element) const {
    if (!settings_.uncertain) {
      return 0.0;
    }
    auto const drawn = [&](char const* name, double sigma) {
      RandomStream stream{settings_.seed, 0, name + std::to_string(element + 1)};
      return sigma * standard_normal(stream);
    };
    auto const gain = drawn("lab.gain.", gain_residual);
    switch (kind) {
      case CalibrationKind::gain:
        return gain;
      case CalibrationKind::phase:
        return drawn("lab.phase.", phase_residual_rad);
      case CalibrationKind::offset:  // the same reference at a hundredth of the power
        return gain * nominal_v * imin_a;
    }
    return 0.0;
  }

  [[nodiscard]] double meter_s() const { return meter_s_; }

 private:
  Bench* bench_;
  CalibrationSettings settings_;
  double rate_hz_;
  double nominal_hz_;
  double meter_s_{};
};

constexpr std::array kinds{CalibrationKind::gain, CalibrationKind::phase, CalibrationKind::offset};

Result<void> run_steps(Bench& bench, Procedure& procedure, CalibrationReport& report) {
  for (auto const kind : kinds) {
    auto constants = bench.constants();
    if (!constants) {
      return tl::unexpected{constants.error()};
    }
    for (std::size_t e = 0; e < element_count; ++e) {
      auto const seen = procedure.read(kind, e);
      if (!seen) {
        return tl::unexpected{seen.error()};
      }
      procedure.correct((*constants)[e], kind, *seen);
      report.steps.push_back(
          {.kind = kind, .element = e, .seen = *seen, .bench = procedure.deviation(kind, e)});
    }
    if (auto const written = bench.write_constants(*constants); !written) {
      return written;
    }
  }
  report.procedure_s = procedure.meter_s();
  for (auto& step : report.steps) {
    auto const left = procedure.read(step.kind, step.element);
    if (!left) {
      return tl::unexpected{left.error()};
    }
    step.left = *left;
  }
  return {};
}

}  // namespace

Result<CalibrationReport> calibrate_on_bench(TwinConfig meter, CalibrationSettings const& settings) {
  if (meter.meter.type.phases == Phases::aron_50hz) {
    return fail(ErrorCode::contradiction);
  }
  meter.calibrated = false;
  meter.sealed = false;
  auto bench = Bench::mount(meter, {.ideal = true, .seed = settings.seed, .pulse_intervals = 1});
  if (!bench) {
    return tl::unexpected{bench.error()};
  }
  CalibrationReport report;
  auto const before = bench->constants();
  if (!before) {
    return tl::unexpected{before.error()};
  }
  report.before = *before;
  for (double const factor : {1.0, 0.5}) {
    for (double const current_a : {0.05, 0.25, 5.0}) {
      TestPoint point;
      point.current_a = current_a;
      point.factor = factor;
      report.checks.push_back({.point = point, .before_pct = bench->measure(point).error_pct});
    }
  }
  Procedure procedure{*bench, meter, settings};
  if (auto const done = run_steps(*bench, procedure, report); !done) {
    return tl::unexpected{done.error()};
  }
  for (auto& check : report.checks) {
    check.after_pct = bench->measure(check.point).error_pct;
  }
  auto const after = bench->constants();
  if (!after) {
    return tl::unexpected{after.error()};
  }
  report.after = *after;
  return report;
}

}  // namespace blondel
