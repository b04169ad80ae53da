#include <lab/calibration.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/lot.hpp>
#include <blondel/frontend/ratings.hpp>
#include <lab/lot.hpp>
#include <lab/test_plan_tables.hpp>

namespace blondel {
namespace {

constexpr double imin_a = type_test::i_min * rated_i_a;
constexpr double lag_rad = std::numbers::pi / 3.0;  ///< cos 0.5 ind

bool is_by_pulses(CalibrationKind kind) {
  return kind == CalibrationKind::gain || kind == CalibrationKind::phase || kind == CalibrationKind::offset;
}

TestPoint pulse_point(CalibrationKind kind, std::size_t element) {
  TestPoint point;
  point.load = static_cast<TestLoad>(element + 1);
  point.current_a = kind == CalibrationKind::offset ? imin_a : rated_i_a;
  point.factor = kind == CalibrationKind::phase ? 0.5 : 1.0;
  return point;
}

/// What the error of a pulse point says about the constant it is measured for.
double told(CalibrationKind kind, double error_pct) {
  auto const relative = error_pct * 1e-2;
  return kind == CalibrationKind::gain ? relative
         // gain is right at cos 1: cos(lag - lead) / (cos(lag) cos(lead)) is seen
         : kind == CalibrationKind::phase ? std::atan(relative / std::tan(lag_rad))
                                          : relative * nominal_u_v * imin_a;
}

/// What a service reading says.
double told(CalibrationKind kind, ServiceReading const& reading) {
  return kind == CalibrationKind::voltage   ? reading.u_v / nominal_u_v - 1.0
         : kind == CalibrationKind::current ? reading.i_a / rated_i_a - 1.0
                                            : reading.i_a;
}

std::vector<std::size_t> elements_of(TypeNumber const& type) {
  return type.phases == Phases::aron_50hz ? std::vector<std::size_t>{0, 2}
                                          : std::vector<std::size_t>{0, 1, 2};
}

/// One number for each element; that of an absent one is 0.
using PerElement = std::array<double, element_count>;

/// The bench with its deviations and its stop-watch.
class Procedure {
 public:
  Procedure(Bench& bench, TwinConfig const& meter, CalibrationSettings const& settings)
      : bench_{&bench},
        settings_{settings},
        elements_{elements_of(meter.meter.type)},
        rate_hz_{meter.front_end.adc[0].sample_rate_hz},
        nominal_hz_{nominal_frequency(meter.meter.type.phases)} {}

  /// What the bench reads. @errors out_of_range without pulses; of Bench::service_readings
  Result<PerElement> read(CalibrationKind kind) {
    PerElement seen{};
    if (is_by_pulses(kind)) {
      for (auto const e : elements_) {
        auto const found = bench_->measure(pulse_point(kind, e));
        meter_s_ += found.meter_s;
        if (!std::isfinite(found.error_pct)) {
          return fail(ErrorCode::out_of_range, static_cast<std::int64_t>(e));
        }
        // At cos 0.5 the reference is off as it was at cos 1, where it set the gain: the two cancel.
        auto const reference_pct =
            kind == CalibrationKind::phase ? 100.0 * deviation(CalibrationKind::gain, e) : 0.0;
        seen[e] = told(kind, found.error_pct + reference_pct) + deviation(kind, e);
      }
      return seen;
    }
    TestPoint point;
    point.current_a = kind == CalibrationKind::noise ? 0.0 : rated_i_a;
    auto const readings = bench_->service_readings(point);
    if (!readings) {
      return tl::unexpected{readings.error()};
    }
    meter_s_ += static_cast<double>((service_settle + service_span).ns()) * 1e-9;
    for (auto const e : elements_) {
      seen[e] = told(kind, (*readings)[e]);
    }
    return seen;
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
      case CalibrationKind::voltage:
        constants.u_gain =
            static_cast<std::uint32_t>(std::llround(static_cast<double>(constants.u_gain) / (1.0 + seen)));
        break;
      case CalibrationKind::current:
        constants.i_gain =
            static_cast<std::uint32_t>(std::llround(static_cast<double>(constants.i_gain) / (1.0 + seen)));
        break;
      case CalibrationKind::noise: {
        auto const rms = seen * 1e6 * 0x1.0p32 / constants.i_gain;  // in code/16
        constants.i_noise += std::llround(rms * rms);
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
        return gain * nominal_u_v * imin_a;
      case CalibrationKind::voltage:
      case CalibrationKind::current:
      case CalibrationKind::noise:
        break;
    }
    return 0.0;
  }

  [[nodiscard]] std::vector<std::size_t> const& elements() const { return elements_; }
  [[nodiscard]] double meter_s() const { return meter_s_; }

 private:
  Bench* bench_;
  CalibrationSettings settings_;
  std::vector<std::size_t> elements_;
  double rate_hz_;
  double nominal_hz_;
  double meter_s_{};
};

// The current's gain comes before the noise, which is told in codes.
constexpr std::array kinds{CalibrationKind::gain,    CalibrationKind::phase,   CalibrationKind::offset,
                           CalibrationKind::voltage, CalibrationKind::current, CalibrationKind::noise};

/// The second round. @return false when it was stopped
Result<bool> read_again(Procedure& procedure, CalibrationReport& report, std::function<bool()> const& go_on) {
  for (auto const kind : kinds) {
    if (!go_on()) {
      return false;
    }
    auto const left = procedure.read(kind);
    if (!left) {
      return tl::unexpected{left.error()};
    }
    for (auto& step : report.steps) {
      step.left = step.kind == kind ? (*left)[step.element] : step.left;
    }
  }
  return true;
}

/// Reads, corrects and writes, one kind after the other, then reads once more. @return false when it was
/// stopped
Result<bool> run_steps(Bench& bench, Procedure& procedure, CalibrationReport& report,
                       std::function<bool()> const& go_on) {
  for (auto const kind : kinds) {
    if (!go_on()) {
      return false;
    }
    auto constants = bench.constants();
    if (!constants) {
      return tl::unexpected{constants.error()};
    }
    auto const seen = procedure.read(kind);
    if (!seen) {
      return tl::unexpected{seen.error()};
    }
    for (auto const e : procedure.elements()) {
      procedure.correct((*constants)[e], kind, (*seen)[e]);
      report.steps.push_back(
          {.kind = kind, .element = e, .seen = (*seen)[e], .bench = procedure.deviation(kind, e)});
    }
    if (auto const written = bench.write_constants(*constants); !written) {
      return tl::unexpected{written.error()};
    }
  }
  report.procedure_s = procedure.meter_s();
  return read_again(procedure, report, go_on);
}

/// Measures the errors of the whole meter. @return false when it was stopped
bool check(Bench const& bench, CalibrationReport& report, double CalibrationCheck::*when,
           std::function<bool()> const& go_on) {
  for (auto& check : report.checks) {
    if (!go_on()) {
      return false;
    }
    check.*when = bench.measure(check.point).error_pct;
  }
  return true;
}

}  // namespace

Result<std::optional<CalibrationReport>> calibrate_on_bench(TwinConfig meter,
                                                            CalibrationSettings const& settings,
                                                            std::function<bool()> const& go_on) {
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
    for (double const current_a : type_test::main_currents_a) {
      TestPoint point;
      point.current_a = current_a;
      point.factor = factor;
      report.checks.push_back({.point = point});
    }
  }
  Procedure procedure{*bench, meter, settings};
  report.elements = procedure.elements();
  if (!check(*bench, report, &CalibrationCheck::before_pct, go_on)) {
    return std::nullopt;
  }
  auto const done = run_steps(*bench, procedure, report, go_on);
  if (!done) {
    return tl::unexpected{done.error()};
  }
  if (!*done || !check(*bench, report, &CalibrationCheck::after_pct, go_on)) {
    return std::nullopt;
  }
  auto const after = bench->constants();
  if (!after) {
    return tl::unexpected{after.error()};
  }
  report.after = *after;
  return report;
}

}  // namespace blondel
