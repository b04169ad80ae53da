#include <lab/sensitivity.hpp>

#include <array>
#include <cmath>
#include <iterator>
#include <optional>

#include <lab/closed_form.hpp>
#include <lab/parallel.hpp>
#include <lab/test_plan_tables.hpp>

namespace blondel {
namespace {

/// Adds a relative change to a resistance.
void scale(Ohms& value, double change) {
  value = Ohms{value.value() * (1 + change)};
}

/// A part and its step: one standard deviation of metrology.md 3 where it has one, else a plain amount.
struct Part {
  char const* name;
  char const* step_text;
  double step;
  void (*change)(FrontEndModel& model, std::size_t e, double by);
  double temperature_c = 23.0;
  double u_ratio = 1.0;
  bool is_clock = false;  ///< its error at 23 C
};

constexpr double hot_c = 70.0;

constexpr std::array parts{
    Part{"transformer: initial permeability", "12 %", 0.12,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].initial_permeability *= 1 + by; }},
    Part{"transformer: low-field rise", "20 %", 0.2,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].low_field_rise *= 1 + by; }},
    Part{"transformer: low-field flux density", "20 %", 0.2,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].low_field_b_t *= 1 + by; }},
    Part{"transformer: winding", "3 %", 0.03,
         [](FrontEndModel& m, std::size_t e, double by) { scale(m.internal_ct[e].winding, by); }},
    Part{"transformer: burden in the loop", "0.1 %", 0.001,
         [](FrontEndModel& m, std::size_t e, double by) { scale(m.internal_ct[e].burden, by); }},
    Part{"transformer: core loss", "10 %", 0.1,
         [](FrontEndModel& m, std::size_t e, double by) { scale(m.internal_ct[e].loss, by); }},
    Part{"transformer: turns correction", "0.1 %", 0.001,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].turns_correction += by; }},
    Part{"transformer: permeability over temperature", "0.05 %/K", 5e-4,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].permeability_per_k += by; },
         hot_c},
    Part{"transformer: winding over temperature", "0.05 %/K", 5e-4,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].winding_per_k += by; }, hot_c},
    Part{"burden over temperature", "12 ppm/K", 12e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.internal_ct[e].burden_per_k += by; }, hot_c},
    Part{"divider: ratio", "0.1 %", 1e-3,
         [](FrontEndModel& m, std::size_t e, double by) { m.divider[e].ratio_error += by; }},
    Part{"divider over temperature", "10 ppm/K", 10e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.divider[e].per_k += by; }, hot_c},
    Part{"divider over voltage", "0.5 ppm/V", 0.5e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.divider[e].per_v += by; }, 23.0, 1.1},
    Part{"reference over temperature", "10 ppm/K", 10e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].reference_per_k += by; }, hot_c},
    Part{"reference over temperature, square", "0.02 ppm/K2", 0.02e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].reference_per_k2 += by; }, hot_c},
    Part{"sample clock", "20 ppm", 20e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].clock_error += by; }, 23.0, 1.0, true},
    Part{"sample clock over temperature, square", "0.034 ppm/K2", 0.034e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].clock_per_k2 += by; }, hot_c},
    Part{"RC of the voltage channel", "4 %", 0.04,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].u_filter_tau_s *= 1 + by; }},
    Part{"RC of the current channel", "4 %", 0.04,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].i_filter_tau_s *= 1 + by; }},
    Part{"crosstalk from the own phase", "10 ppm", 10e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.crosstalk[e][e] += by; }},
    Part{"crosstalk from the next phase", "3 ppm", 3e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.crosstalk[e][(e + 1) % element_count] += by; }},
    Part{"crosstalk from the phase after", "3 ppm", 3e-6,
         [](FrontEndModel& m, std::size_t e, double by) { m.crosstalk[e][(e + 2) % element_count] += by; }},
    Part{"offset of the voltage converter", "50 mV", 0.05,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].u_offset_v += by; }},
    Part{"offset of the current converter", "0.4 mA", 4e-4,
         [](FrontEndModel& m, std::size_t e, double by) { m.adc[e].i_offset_a += by; }},
};

FrontEndModel changed(FrontEndModel model, Part const& part, double steps) {
  for (std::size_t e = 0; e < element_count; ++e) {
    part.change(model, e, part.step * steps);
  }
  return model;
}

bool is_aron(TwinConfig const& meter) {
  return meter.meter.type.phases == Phases::aron_50hz;
}

/// The closed form takes an error of the sample clock out with the gain, to nothing. The factory counts whole
/// samples: of 20 ppm its 2 s, 16 000 samples, are off by 0.32, and by so much the span that it sums over is
/// no whole number of half waves of power. What an element's ripple leaves there cancels over three, a third
/// of a turn apart, not over two: up to 0.32 / 16 000 = 0.002 % that no property of the part makes.
std::string why_not_applicable(TwinConfig const& meter, Part const& part, ChangeTime when) {
  bool const is_counted = is_aron(meter) && part.is_clock && when == ChangeTime::before_factory;
  return is_counted ? "calibration takes the clock's error out; what is left is the factory's count of whole "
                      "samples, whose remainders cancel over three elements, not over two"
                    : "";
}

/// With three wires cos 0.5 would turn one element's power to nothing, and the no-load rule would decide.
std::vector<TestPoint> points_of(TwinConfig const& meter, Part const& part) {
  std::vector<TestPoint> points;
  for (double const factor : {1.0, is_aron(meter) ? 0.8 : 0.5}) {
    for (double const current_a : type_test::main_currents_a) {
      TestPoint point;
      point.current_a = current_a;
      point.factor = factor;
      point.temperature_c = part.temperature_c;
      point.u_ratio = part.u_ratio;
      points.push_back(point);
    }
  }
  return points;
}

/// Half the difference of two changes in closed form, at the points.
class ClosedFormSide {
 public:
  ClosedFormSide(TwinConfig const& meter, Part const& part)
      : up_{changed(meter.front_end, part, 1.0)},
        down_{changed(meter.front_end, part, -1.0)},
        is_aron_{is_aron(meter)},
        nominal_hz_{nominal_frequency(meter.meter.type.phases)},
        as_built_{closed_form_calibration(meter.front_end, nominal_hz_)} {}

  [[nodiscard]] double change_pct(TestPoint const& point, ChangeTime when) const {
    BalancedPoint const at{.u_v = nominal_u_v * point.u_ratio,
                           .current_a = point.current_a,
                           .lag_rad = std::acos(point.factor),
                           .frequency_hz = nominal_hz_,
                           .temperature_c = point.temperature_c,
                           .aron = is_aron_};
    auto const error_pct = [&](FrontEndModel const& model) {
      return closed_form_error_pct(
          model, when == ChangeTime::after_factory ? as_built_ : closed_form_calibration(model, nominal_hz_),
          at);
    };
    return (error_pct(up_) - error_pct(down_)) / 2;
  }

 private:
  FrontEndModel up_;
  FrontEndModel down_;
  bool is_aron_;
  double nominal_hz_;
  ClosedFormCalibration as_built_;
};

/// The errors of one changed meter at the points. @units percent
Result<std::vector<double>> errors_of(TwinConfig meter, Bench const& as_built, Part const& part, double steps,
                                      ChangeTime when) {
  auto const model = changed(meter.front_end, part, steps);
  std::vector<double> errors;
  auto const measure = [&](Bench const& bench) {
    for (auto const& point : points_of(meter, part)) {
      errors.push_back(bench.measure(point).error_pct);
    }
  };
  if (when == ChangeTime::after_factory) {
    auto drifted = as_built;
    drifted.replace_front_end(model);
    measure(drifted);
    return errors;
  }
  meter.front_end = model;
  auto const bench = Bench::mount(meter, {.ideal = true, .pulse_intervals = 1});
  if (!bench) {
    return tl::unexpected{bench.error()};
  }
  measure(*bench);
  return errors;
}

constexpr std::array times{ChangeTime::after_factory, ChangeTime::before_factory};

using Lines = std::vector<SensitivityLine>;

Result<Lines> lines_of(TwinConfig const& meter, Bench const& as_built, Part const& part, ChangeTime when) {
  ClosedFormSide const closed_form{meter, part};
  auto const up = errors_of(meter, as_built, part, 1.0, when);
  if (!up) {
    return tl::unexpected{up.error()};
  }
  auto const down = errors_of(meter, as_built, part, -1.0, when);
  if (!down) {
    return tl::unexpected{down.error()};
  }
  Lines lines;
  auto const points = points_of(meter, part);
  for (std::size_t n = 0; n < points.size(); ++n) {
    SensitivityLine line{.part = part.name, .step = part.step_text, .when = when, .point = points[n]};
    line.not_applicable = why_not_applicable(meter, part, when);
    line.measured_pct = ((*up)[n] - (*down)[n]) / 2;
    line.closed_form_pct = closed_form.change_pct(points[n], when);
    line.agrees =
        std::abs(line.measured_pct - line.closed_form_pct) <=
        sensitivity_relative_bound * std::abs(line.closed_form_pct) + sensitivity_absolute_bound_pct;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

Result<std::vector<SensitivityLine>> measure_sensitivity(TwinConfig const& meter, unsigned jobs,
                                                         std::function<bool()> const& go_on) {
  auto quiet = meter;
  for (auto& adc : quiet.front_end.adc) {
    adc.u_noise_v = 0.0;
    adc.i_noise_a = 0.0;
  }
  auto const as_built = Bench::mount(quiet, {.ideal = true, .pulse_intervals = 1});
  if (!as_built) {
    return tl::unexpected{as_built.error()};
  }
  std::vector<std::optional<Result<Lines>>> found(parts.size() * times.size());
  parallel_for(found.size(), jobs, go_on, [&](std::size_t n) {
    found[n] = lines_of(quiet, *as_built, parts[n % parts.size()], times[n / parts.size()]);
  });
  Lines lines;
  for (auto& piece : found) {
    if (!piece) {
      break;
    }
    if (!*piece) {
      return tl::unexpected{piece->error()};
    }
    std::move((*piece)->begin(), (*piece)->end(), std::back_inserter(lines));
  }
  return lines;
}

std::size_t sensitivity_line_count() {
  constexpr std::size_t factors = 2;
  return parts.size() * times.size() * factors * type_test::main_currents_a.size();
}

}  // namespace blondel
