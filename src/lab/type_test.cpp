#include <lab/type_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include <lab/parallel.hpp>

namespace blondel {
namespace {

/// The same load under reference conditions.
TestPoint reference_of(TestPoint point) {
  point.u_ratio = 1.0;
  point.f_ratio = 1.0;
  point.temperature_c = 23.0;
  point.reversed_sequence = false;
  point.u5_ratio = point.i5_ratio = 0.0;
  point.shape = CurrentShape::sine;
  point.lost_phases = 0;
  point.overcurrent_a = 0.0;
  return point;
}

double worse(double a, double b) {
  return std::max(std::abs(a), std::abs(b));
}

/// Error composed of load, temperature, voltage and frequency. @source directive 2014/32/EU, Annex V
template<class Error>
double composite_pct(Error const& error_pct, TestPoint const& point) {
  auto const reference = reference_of(point);
  auto const intrinsic = error_pct(reference);
  auto const changed = [&](auto change) {
    auto moved = reference;
    change(moved);
    return error_pct(moved) - intrinsic;
  };
  auto const temperature = changed([&](TestPoint& p) { p.temperature_c = point.temperature_c; });
  auto const voltage =
      worse(changed([](TestPoint& p) { p.u_ratio = 0.9; }), changed([](TestPoint& p) { p.u_ratio = 1.1; }));
  auto const frequency =
      worse(changed([](TestPoint& p) { p.f_ratio = 0.98; }), changed([](TestPoint& p) { p.f_ratio = 1.02; }));
  return std::sqrt(intrinsic * intrinsic + temperature * temperature + voltage * voltage +
                   frequency * frequency);
}

/// One line, but for the kinds that count pulses or read registers.
/// @param error_pct gives the error of a point
template<class Error>
TestResult compare(Bench const& bench, TestPoint const& point, Error const& error_pct) {
  TestResult result{.point = point};
  auto const change_pct = bench.uncertainty_pct(point) == 0 ? 0.0 : uncertainty_change_pct;
  switch (point.kind) {
    case TestKind::intrinsic:
      result.found = error_pct(point);
      result.uncertainty = bench.uncertainty_pct(point);
      break;
    case TestKind::variation:
      result.found = error_pct(point) - error_pct(reference_of(point));
      result.uncertainty = change_pct;
      break;
    case TestKind::per_kelvin: {
      auto other = point;
      other.temperature_c = point.other_temperature_c;
      auto const span_k = point.other_temperature_c - point.temperature_c;
      result.found = (error_pct(other) - error_pct(point)) / span_k;
      result.uncertainty = change_pct / std::abs(span_k);
      break;
    }
    case TestKind::composite:
      result.found = composite_pct(error_pct, point);
      result.uncertainty = bench.uncertainty_pct(point);
      break;
    case TestKind::load_difference: {
      auto balanced = point;
      balanced.load = TestLoad::balanced;
      result.found = error_pct(point) - error_pct(balanced);
      result.uncertainty = change_pct;
      break;
    }
    case TestKind::starting:
    case TestKind::no_load:
    case TestKind::constant:
    case TestKind::interruption:
      break;
  }
  return result;
}

/// The kinds that compare leaves out: a measurement of its own for each line. @return nothing for the others
std::optional<double> observed(Bench const& bench, TestPoint const& point) {
  switch (point.kind) {
    case TestKind::starting:
    case TestKind::no_load:
      return static_cast<double>(bench.pulses_in(point));
    case TestKind::constant:
      return bench.constant_difference_pct(point);
    case TestKind::interruption:
      return bench.interruption_change_kwh(point);
    case TestKind::intrinsic:
    case TestKind::variation:
    case TestKind::per_kelvin:
    case TestKind::composite:
    case TestKind::load_difference:
      break;
  }
  return std::nullopt;
}

constexpr bool counts(TestKind kind) {
  return kind == TestKind::starting || kind == TestKind::no_load || kind == TestKind::constant ||
         kind == TestKind::interruption;
}

/// Every point whose error one line or another asks for.
std::vector<TestPoint> error_points(Bench const& bench, TestPlan const& plan) {
  std::vector<TestPoint> points;
  for (auto const& line : plan.points) {
    static_cast<void>(compare(bench, line, [&](TestPoint const& point) {
      points.push_back(point);
      return 0.0;
    }));
  }
  return points;
}

TestVerdict judged(TestResult const& result) {
  auto const& point = result.point;
  if (!point.not_applicable.empty()) {
    return TestVerdict::not_applicable;
  }
  if (point.limit == 0 && point.kind != TestKind::no_load) {
    return TestVerdict::recorded;
  }
  bool const passed = point.kind == TestKind::starting
                          ? result.found >= point.limit
                          : std::abs(result.found) + result.uncertainty <= point.limit;  // false for NaN
  return passed ? TestVerdict::pass : TestVerdict::fail;
}

std::string number(char const* format, double value) {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace

std::vector<TestResult> run_type_test(Bench& bench, TestPlan const& plan, unsigned jobs,
                                      std::function<bool()> const& go_on) {
  auto const& lines = plan.points;
  bench.measure_ahead(error_points(bench, plan), jobs, go_on);
  std::vector<std::optional<double>> seen(lines.size());
  parallel_for(lines.size(), jobs, go_on, [&](std::size_t n) { seen[n] = observed(bench, lines[n]); });

  std::vector<TestResult> results;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    bool is_complete = seen[n].has_value() || !counts(lines[n].kind);
    auto result = compare(bench, lines[n], [&](TestPoint const& point) {
      is_complete = is_complete && bench.is_measured(point);
      return is_complete ? bench.error_pct(point) : 0.0;
    });
    if (!is_complete) {
      break;
    }
    result.found = seen[n].value_or(result.found);
    result.verdict = judged(result);
    results.push_back(std::move(result));
  }
  return results;
}

std::string text_of(TestPoint const& p) {
  bool const reactive =
      p.quantity == TestQuantity::reactive_import || p.quantity == TestQuantity::reactive_export;
  constexpr char const* quantity[] = {"A+", "A-", "R+", "R-"};
  constexpr char const* load[] = {"", ", L1 only", ", L2 only", ", L3 only"};
  constexpr char const* shape[] = {"", ", half wave", ", phase-fired", ", 2 cycles on 2 off"};
  auto text = std::string{quantity[static_cast<std::size_t>(p.quantity)]} + ", " +
              (p.current_a == 0 ? "no current" : number("%g A", p.current_a));
  if (p.current_a != 0) {
    text += (reactive ? ", sin " : ", cos ") + number("%g", p.factor);
    text += p.factor == 1.0 ? "" : p.capacitive ? " cap" : " ind";
  }
  text += load[static_cast<std::size_t>(p.load)];
  text += p.u_ratio == 1.0 ? "" : ", " + number("%g", p.u_ratio) + " Un";
  text += p.f_ratio == 1.0 ? "" : ", " + number("%g", p.f_ratio) + " fn";
  if (p.kind == TestKind::per_kelvin) {
    text += ", " + number("%g", p.temperature_c) + " to " + number("%g C", p.other_temperature_c);
  } else if (p.temperature_c != 23.0) {
    text += ", " + number("%g C", p.temperature_c);
  }
  text += p.reversed_sequence ? ", reversed sequence" : "";
  text += p.i5_ratio == 0 ? "" : ", 5th harmonic";
  text += shape[static_cast<std::size_t>(p.shape)];
  for (std::size_t k = 0; k < element_count; ++k) {
    text += (p.lost_phases >> k & 1) != 0 ? ", without L" + std::to_string(k + 1) : "";
  }
  text += p.overcurrent_a == 0 ? "" : ", after 0.5 s of " + number("%g A", p.overcurrent_a);
  text += p.interruptions == 0
              ? ""
              : ", " + std::to_string(p.interruptions) + " x " + number("%g s", p.duration_s);
  return text;
}

}  // namespace blondel
