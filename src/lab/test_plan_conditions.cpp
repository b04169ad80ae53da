#include <vector>

#include "lab/test_plan_tables.hpp"

namespace blondel::type_test {
namespace {

/// Intervals of 22 K fill -40 to +70 degrees in five steps, and the standard wants 15 to 25 K.
/// @source iec_62053_21_class_1_2.json, ambient_temperature
std::vector<TestPoint> over_temperature(TestPoint point) {
  constexpr int intervals = 5;
  constexpr double lowest_c = -40.0;
  constexpr double interval_k = 22.0;
  std::vector<TestPoint> points;
  point.kind = TestKind::per_kelvin;
  for (int n = 0; n < intervals; ++n) {
    point.temperature_c = lowest_c + n * interval_k;
    point.other_temperature_c = point.temperature_c + interval_k;
    points.push_back(point);
  }
  return points;
}

/// The same point with one field at each of some values.
template<class Value>
std::vector<TestPoint> each(TestPoint point, Value TestPoint::*field, std::vector<Value> const& values) {
  std::vector<TestPoint> points;
  for (auto const value : values) {
    point.*field = value;
    points.push_back(point);
  }
  return points;
}

/// Phases without voltage: one or two of four wires, one of three wires.
std::vector<std::uint8_t> losses(Phases phases) {
  if (phases == Phases::aron_50hz) {
    return {0b001, 0b010, 0b100};
  }
  return {0b001, 0b010, 0b100, 0b011, 0b101, 0b110};
}

}  // namespace

char const* clause_of(Influence what) {
  switch (what) {
    case Influence::temperature:
      return "mean temperature coefficient";
    case Influence::voltage:
      return "voltage +/-10 %";
    case Influence::voltage_extended:
      return "voltage -20 to -10 %, +10 to +15 %";
    case Influence::frequency:
      return "frequency +/-2 %";
    case Influence::reversed_sequence:
      return "reversed phase sequence";
    case Influence::unbalance:
      return "voltage unbalance";
    case Influence::fifth_harmonic:
      return "5th harmonic in U and I";
    case Influence::half_wave:
      return "DC and even harmonics, half wave";
    case Influence::phase_fired:
      return "odd harmonics, phase-fired";
    case Influence::burst:
      return "sub-harmonics, burst";
    case Influence::overcurrent:
      return "short-time overcurrent";
  }
  return "";
}

std::vector<TestPoint> under(Influence what, TestPoint const& base, Phases phases) {
  using Doubles = std::vector<double>;
  using Shapes = std::vector<CurrentShape>;
  auto point = base;
  switch (what) {
    case Influence::temperature:
      return over_temperature(base);
    case Influence::voltage:
      return each(base, &TestPoint::u_ratio, Doubles{0.9, 1.1});
    case Influence::voltage_extended:
      return each(base, &TestPoint::u_ratio, Doubles{0.8, 0.85, 1.15});
    case Influence::frequency:
      return each(base, &TestPoint::f_ratio, Doubles{0.98, 1.02});
    case Influence::reversed_sequence:
      return each(base, &TestPoint::reversed_sequence, std::vector<bool>{true});
    case Influence::unbalance:
      return each(base, &TestPoint::lost_phases, losses(phases));
    case Influence::fifth_harmonic:  // @source influence_test_waveforms.json: U5 10 %, I5 40 %
      point.u5_ratio = 0.1;
      point.i5_ratio = 0.4;
      return {point};
    case Influence::half_wave:
      return each(base, &TestPoint::shape, Shapes{CurrentShape::half_wave});
    case Influence::phase_fired:
      return each(base, &TestPoint::shape, Shapes{CurrentShape::phase_fired});
    case Influence::burst:
      return each(base, &TestPoint::shape, Shapes{CurrentShape::burst});
    case Influence::overcurrent:  // 20 Imax
      return each(base, &TestPoint::overcurrent_a, Doubles{20.0 * i_max * rated_i_a});
  }
  return {};
}

}  // namespace blondel::type_test
