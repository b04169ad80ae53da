#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "lab/test_plan.hpp"

using blondel::AccuracyClass;
using blondel::CurrentShape;
using blondel::EnergyType;
using blondel::LimitGrade;
using blondel::Phases;
using blondel::TestKind;
using blondel::TestLoad;
using blondel::TestPlan;
using blondel::TestPoint;
using blondel::TestQuantity;
using blondel::type_test_plan;
using blondel::TypeNumber;

// Expected values are read by hand from metrology.md 1 and the tables of the standards; times and powers are
// worked out beside them.

namespace {

constexpr char const* en = "EN 50470-3";
constexpr char const* iec_21 = "IEC 62053-21";
constexpr char const* iec_22 = "IEC 62053-22";
constexpr char const* iec_23 = "IEC 62053-23";

TypeNumber ordered(AccuracyClass accuracy, Phases phases = Phases::four_wire_50hz,
                   EnergyType energy = EnergyType::four_quadrant) {
  TypeNumber type;
  type.accuracy = accuracy;
  type.phases = phases;
  type.energy = energy;
  return type;
}

/// Rounding of one or two products of doubles, relative; the tables' figures are coarser by far.
bool near(double a, double b) {
  return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b));
}

bool same(TestPoint const& a, TestPoint const& b) {
  return a.standard == b.standard && a.clause == b.clause && a.note == b.note && a.kind == b.kind &&
         a.quantity == b.quantity && a.load == b.load && near(a.current_a, b.current_a) &&
         near(a.factor, b.factor) && a.capacitive == b.capacitive && near(a.u_ratio, b.u_ratio) &&
         near(a.f_ratio, b.f_ratio) && near(a.temperature_c, b.temperature_c) &&
         near(a.other_temperature_c, b.other_temperature_c) && a.reversed_sequence == b.reversed_sequence &&
         near(a.u5_ratio, b.u5_ratio) && near(a.i5_ratio, b.i5_ratio) && a.shape == b.shape &&
         a.lost_phases == b.lost_phases && near(a.overcurrent_a, b.overcurrent_a) &&
         near(a.duration_s, b.duration_s) && a.interruptions == b.interruptions && near(a.gap_s, b.gap_s) &&
         near(a.limit, b.limit) && a.grade == b.grade;
}

struct Expected {
  char const* name;
  TestPoint point;
};

/// The names of the points that the plan does not have exactly once.
std::string missing(TestPlan const& plan, std::vector<Expected> const& points) {
  std::string names;
  for (auto const& expected : points) {
    auto const found = std::count_if(plan.points.begin(), plan.points.end(),
                                     [&](TestPoint const& point) { return same(point, expected.point); });
    if (found != 1) {
      names += std::string{expected.name} + " " + std::to_string(found) + " times\n";
    }
  }
  return names;
}

/// The points of one kind and quantity.
std::vector<TestPoint> of(TestPlan const& plan, TestKind kind, TestQuantity quantity) {
  std::vector<TestPoint> points;
  std::copy_if(plan.points.begin(), plan.points.end(), std::back_inserter(points),
               [&](TestPoint const& point) { return point.kind == kind && point.quantity == quantity; });
  return points;
}

bool leaves_out(TestPlan const& plan, std::string const& text) {
  return std::find(plan.left_out.begin(), plan.left_out.end(), text) != plan.left_out.end();
}

/// Times of the tables are printed with three decimals of a minute. @units min
double minutes(double seconds) {
  return std::round(seconds / 60.0 * 1000.0) / 1000.0;
}

constexpr auto composite = TestKind::composite;
constexpr auto variation = TestKind::variation;

}  // namespace

TEST_CASE("lab: the type test of class C has the points of EN 50470-3") {
  auto const plan = type_test_plan(ordered(AccuracyClass::c));
  CHECK(plan.title == "EN 50470-3 class C, reactive IEC 62053-23 class 2");
  std::vector<Expected> const points{
      {"Imin", {.standard = en, .clause = "intrinsic error", .current_a = 0.05, .limit = 1.0}},
      {"below Itr", {.standard = en, .clause = "intrinsic error", .current_a = 0.249, .limit = 1.0}},
      {"Itr", {.standard = en, .clause = "intrinsic error", .current_a = 0.25, .limit = 0.5}},
      {"Imax, 0.5 ind",
       {.standard = en, .clause = "intrinsic error", .current_a = 6.0, .factor = 0.5, .limit = 0.6}},
      {"In, 0.8 cap",
       {.standard = en, .clause = "intrinsic error", .factor = 0.8, .capacitive = true, .limit = 0.6}},
      {"L2 alone",
       {.standard = en,
        .clause = "intrinsic error",
        .load = TestLoad::only_l2,
        .current_a = 0.25,
        .limit = 1.0}},
      {"-40, below Itr",
       {.standard = en,
        .clause = "composite error",
        .kind = composite,
        .current_a = 0.249,
        .temperature_c = -40.0,
        .limit = 2.0,
        .grade = LimitGrade::a}},
      {"40, Itr",
       {.standard = en,
        .clause = "composite error",
        .kind = composite,
        .current_a = 0.25,
        .temperature_c = 40.0,
        .limit = 1.0,
        .grade = LimitGrade::a}},
      {"70, Imax, 0.5 ind",
       {.standard = en,
        .clause = "composite error",
        .kind = composite,
        .current_a = 6.0,
        .factor = 0.5,
        .temperature_c = 70.0,
        .limit = 1.5,
        .grade = LimitGrade::a}},
      {"warmest interval",
       {.standard = en,
        .clause = "mean temperature coefficient",
        .kind = TestKind::per_kelvin,
        .current_a = 0.25,
        .temperature_c = 48.0,
        .other_temperature_c = 70.0,
        .limit = 0.03}},
      {"0.9 Un, 0.5 ind",
       {.standard = en,
        .clause = "voltage +/-10 %",
        .kind = variation,
        .factor = 0.5,
        .u_ratio = 0.9,
        .limit = 0.4}},
      {"1.02 fn",
       {.standard = en, .clause = "frequency +/-2 %", .kind = variation, .f_ratio = 1.02, .limit = 0.2}},
      {"reversed",
       {.standard = en,
        .clause = "reversed phase sequence",
        .kind = variation,
        .current_a = 0.5,
        .reversed_sequence = true,
        .limit = 0.3}},
      {"5th harmonic",
       {.standard = en,
        .clause = "5th harmonic in U and I",
        .kind = variation,
        .current_a = 3.0,
        .u5_ratio = 0.1,
        .i5_ratio = 0.4,
        .limit = 0.5}},
      {"half wave, recorded",
       {.standard = en,
        .clause = "DC and even harmonics, half wave",
        .note = "not required for transformer-operated meters",
        .kind = variation,
        .current_a = 4.242640687119285,
        .shape = CurrentShape::half_wave}},
      {"three interruptions",
       {.standard = "IEC 62052-11",
        .clause = "voltage interruptions",
        .kind = TestKind::interruption,
        .current_a = 0.0,
        .u_ratio = 0.0,
        .duration_s = 1.0,
        .interruptions = 3,
        .gap_s = 0.05,
        .limit = 0.00414}},
  };
  CHECK(missing(plan, points) == "");
}

TEST_CASE("lab: the type test of class B has the points of EN 50470-3") {
  auto const plan = type_test_plan(ordered(AccuracyClass::b));
  CHECK(plan.title == "EN 50470-3 class B, reactive IEC 62053-23 class 2");
  std::vector<Expected> const points{
      {"0.1 A", {.standard = en, .clause = "intrinsic error", .current_a = 0.1, .limit = 1.5}},
      {"Itr", {.standard = en, .clause = "intrinsic error", .current_a = 0.25, .limit = 1.0}},
      {"In, 0.5 ind", {.standard = en, .clause = "intrinsic error", .factor = 0.5, .limit = 1.0}},
      {"L3 alone, 0.5 ind",
       {.standard = en, .clause = "intrinsic error", .load = TestLoad::only_l3, .factor = 0.5, .limit = 2.0}},
      {"5 degrees",
       {.standard = en,
        .clause = "composite error",
        .kind = composite,
        .temperature_c = 5.0,
        .limit = 2.0,
        .grade = LimitGrade::a}},
      {"-25 degrees, L1 alone",
       {.standard = en,
        .clause = "composite error",
        .note = "row label read; values by knowledge",
        .kind = composite,
        .load = TestLoad::only_l1,
        .temperature_c = -25.0,
        .limit = 4.0,
        .grade = LimitGrade::b}},
      {"coldest interval, 0.5 ind",
       {.standard = en,
        .clause = "mean temperature coefficient",
        .kind = TestKind::per_kelvin,
        .factor = 0.5,
        .temperature_c = -40.0,
        .other_temperature_c = -18.0,
        .limit = 0.07}},
      {"1.1 Un",
       {.standard = en, .clause = "voltage +/-10 %", .kind = variation, .u_ratio = 1.1, .limit = 0.7}},
      {"0.98 fn, 0.5 ind",
       {.standard = en,
        .clause = "frequency +/-2 %",
        .kind = variation,
        .factor = 0.5,
        .f_ratio = 0.98,
        .limit = 0.7}},
      {"without L1 and L3",
       {.standard = en,
        .clause = "voltage unbalance",
        .kind = variation,
        .lost_phases = 0b101,
        .limit = 2.0}},
      {"phase-fired",
       {.standard = en,
        .clause = "odd harmonics, phase-fired",
        .kind = variation,
        .current_a = 2.5,
        .shape = CurrentShape::phase_fired,
        .limit = 3.0}},
      {"burst",
       {.standard = en,
        .clause = "sub-harmonics, burst",
        .kind = variation,
        .current_a = 2.5,
        .shape = CurrentShape::burst,
        .limit = 3.0}},
  };
  CHECK(missing(plan, points) == "");
}

TEST_CASE("lab: the type test of class 1 has the points of IEC 62053-21") {
  auto const plan = type_test_plan(ordered(AccuracyClass::iec_1));
  CHECK(plan.title == "IEC 62053-21 class 1, reactive IEC 62053-23 class 2");
  auto const b = LimitGrade::b;
  std::vector<Expected> const points{
      {"0.02 In",
       {.standard = iec_21, .clause = "intrinsic error", .current_a = 0.1, .limit = 1.5, .grade = b}},
      {"0.05 In",
       {.standard = iec_21, .clause = "intrinsic error", .current_a = 0.25, .limit = 1.0, .grade = b}},
      {"below 0.1 In, 0.5 ind",
       {.standard = iec_21,
        .clause = "intrinsic error",
        .current_a = 0.499,
        .factor = 0.5,
        .limit = 1.5,
        .grade = b}},
      {"0.05 In, 0.8 cap",
       {.standard = iec_21,
        .clause = "intrinsic error",
        .current_a = 0.25,
        .factor = 0.8,
        .capacitive = true,
        .limit = 1.5}},
      {"In, 0.25 ind",
       {.standard = iec_21,
        .clause = "intrinsic error",
        .note = "only when specially requested by the user",
        .factor = 0.25,
        .limit = 3.5}},
      {"L1 alone, Imax",
       {.standard = iec_21,
        .clause = "intrinsic error",
        .load = TestLoad::only_l1,
        .current_a = 6.0,
        .limit = 2.0,
        .grade = b}},
      {"L1 less balanced",
       {.standard = iec_21,
        .clause = "one phase less balanced load",
        .kind = TestKind::load_difference,
        .load = TestLoad::only_l1,
        .limit = 1.5}},
      {"0.9 Un, 0.02 In",
       {.standard = iec_21,
        .clause = "voltage +/-10 %",
        .kind = variation,
        .current_a = 0.1,
        .u_ratio = 0.9,
        .limit = 0.7,
        .grade = LimitGrade::a}},
      {"1.15 Un",
       {.standard = iec_21,
        .clause = "voltage -20 to -10 %, +10 to +15 %",
        .note = "three times the +/-10 % limit; below 0.8 Un error may be +10..-100 %",
        .kind = variation,
        .u_ratio = 1.15,
        .limit = 2.1}},
      {"reversed",
       {.standard = iec_21,
        .clause = "reversed phase sequence",
        .kind = variation,
        .current_a = 0.5,
        .reversed_sequence = true,
        .limit = 1.5,
        .grade = b}},
      {"phase-fired",
       {.standard = iec_21,
        .clause = "odd harmonics, phase-fired",
        .kind = variation,
        .current_a = 2.5,
        .shape = CurrentShape::phase_fired,
        .limit = 3.0}},
      {"after 20 Imax",
       {.standard = iec_21,
        .clause = "short-time overcurrent",
        .kind = variation,
        .overcurrent_a = 120.0,
        .limit = 0.5}},
  };
  CHECK(missing(plan, points) == "");
}

TEST_CASE("lab: the type test of class 0.5 has the points of IEC 62053-22") {
  auto const plan = type_test_plan(ordered(AccuracyClass::iec_05));
  CHECK(plan.title == "IEC 62053-22 class 0.5S, reactive IEC 62053-23 class 2");
  auto const b = LimitGrade::b;
  std::vector<Expected> const points{
      {"0.01 In",
       {.standard = iec_22, .clause = "intrinsic error", .current_a = 0.05, .limit = 1.0, .grade = b}},
      {"0.05 In",
       {.standard = iec_22, .clause = "intrinsic error", .current_a = 0.25, .limit = 0.5, .grade = b}},
      {"0.02 In, 0.5 ind",
       {.standard = iec_22,
        .clause = "intrinsic error",
        .current_a = 0.1,
        .factor = 0.5,
        .limit = 1.0,
        .grade = b}},
      {"Imax, 0.5 ind",
       {.standard = iec_22,
        .clause = "intrinsic error",
        .current_a = 6.0,
        .factor = 0.5,
        .limit = 0.6,
        .grade = b}},
      {"0.1 In, 0.8 cap",
       {.standard = iec_22,
        .clause = "intrinsic error",
        .current_a = 0.5,
        .factor = 0.8,
        .capacitive = true,
        .limit = 0.6,
        .grade = b}},
      {"L2 alone",
       {.standard = iec_22, .clause = "intrinsic error", .load = TestLoad::only_l2, .limit = 0.6}},
      {"L2 alone, 0.5 ind",
       {.standard = iec_22,
        .clause = "intrinsic error",
        .load = TestLoad::only_l2,
        .factor = 0.5,
        .limit = 1.0}},
      {"middle interval, 0.5 ind",
       {.standard = iec_22,
        .clause = "mean temperature coefficient",
        .kind = TestKind::per_kelvin,
        .current_a = 0.5,
        .factor = 0.5,
        .temperature_c = 4.0,
        .other_temperature_c = 26.0,
        .limit = 0.05}},
      {"0.8 Un",
       {.standard = iec_22,
        .clause = "voltage -20 to -10 %, +10 to +15 %",
        .kind = variation,
        .u_ratio = 0.8,
        .limit = 0.6}},
      {"reversed",
       {.standard = iec_22,
        .clause = "reversed phase sequence",
        .kind = variation,
        .current_a = 0.5,
        .reversed_sequence = true,
        .limit = 0.1}},
      {"burst",
       {.standard = iec_22,
        .clause = "sub-harmonics, burst",
        .kind = variation,
        .current_a = 2.5,
        .shape = CurrentShape::burst,
        .limit = 1.5}},
      {"after 20 Imax",
       {.standard = iec_22,
        .clause = "short-time overcurrent",
        .kind = variation,
        .overcurrent_a = 120.0,
        .limit = 0.05}},
  };
  CHECK(missing(plan, points) == "");
}

TEST_CASE("lab: reactive energy is tested by IEC 62053-23 with lagging and leading current") {
  auto const plan = type_test_plan(ordered(AccuracyClass::c));
  auto const q = TestQuantity::reactive_import;
  auto const r_minus = TestQuantity::reactive_export;
  std::vector<Expected> const points{
      {"0.02 In",
       {.standard = iec_23, .clause = "intrinsic error", .quantity = q, .current_a = 0.1, .limit = 2.5}},
      {"0.05 In",
       {.standard = iec_23, .clause = "intrinsic error", .quantity = q, .current_a = 0.25, .limit = 2.0}},
      {"sin 0.5",
       {.standard = iec_23, .clause = "intrinsic error", .quantity = q, .factor = 0.5, .limit = 2.0}},
      {"sin 0.25 cap, Imax",
       {.standard = iec_23,
        .clause = "intrinsic error",
        .quantity = r_minus,
        .current_a = 6.0,
        .factor = 0.25,
        .capacitive = true,
        .limit = 2.5}},
      {"L3 alone",
       {.standard = iec_23,
        .clause = "intrinsic error",
        .quantity = q,
        .load = TestLoad::only_l3,
        .limit = 3.0}},
      {"0.98 fn, sin 0.5",
       {.standard = iec_23,
        .clause = "frequency +/-2 %",
        .kind = variation,
        .quantity = q,
        .factor = 0.5,
        .f_ratio = 0.98,
        .limit = 2.5}},
  };
  CHECK(missing(plan, points) == "");
}

TEST_CASE("lab: the starting currents are those of the classes, in each direction") {
  struct Row {
    AccuracyClass accuracy;
    double current_a;
    double duration_s;
    LimitGrade grade;
  };
  // 0.1 Wh a pulse at 3 * 230 V * 5 mA = 3.45 W is 360 J / 3.45 W = 104.348 s; three of them 313.043 s, half
  // at 10 mA
  std::vector<Row> const rows{{AccuracyClass::b, 0.01, 156.522, LimitGrade::b},
                              {AccuracyClass::c, 0.005, 313.043, LimitGrade::b},
                              {AccuracyClass::iec_1, 0.01, 156.522, LimitGrade::a},
                              {AccuracyClass::iec_05, 0.005, 313.043, LimitGrade::a}};
  for (auto const& row : rows) {
    auto const plan = type_test_plan(ordered(row.accuracy));
    CAPTURE(plan.title);
    for (auto const quantity : {TestQuantity::active_import, TestQuantity::active_export}) {
      auto const points = of(plan, TestKind::starting, quantity);
      REQUIRE(points.size() == 1);
      CHECK(near(points[0].current_a, row.current_a));
      CHECK(std::abs(points[0].duration_s - row.duration_s) <
            0.001);  // the figures above have three decimals
      CHECK(points[0].grade == row.grade);
    }
    auto const reactive = of(plan, TestKind::starting, TestQuantity::reactive_import);
    REQUIRE(reactive.size() == 1);
    CHECK(near(reactive[0].current_a, 0.015));
  }
}

TEST_CASE("lab: the no-load times are those of the standards") {
  struct Row {
    char const* name;
    TypeNumber type;
    std::vector<double> active_min;
    double reactive_min;
  };
  // no_load_starting_meter_constant.json, evaluated_351C; by hand: class 1 in edition 2020 half of 6.324,
  // Aron 3/2 of four wires (6.049, 3.025 and 11.594)
  std::vector<Row> const rows{
      {"B", ordered(AccuracyClass::b), {3.025}, 11.594},
      {"C", ordered(AccuracyClass::c), {6.049}, 11.594},
      {"1", ordered(AccuracyClass::iec_1), {14.493, 3.162}, 11.594},
      {"0.5S", ordered(AccuracyClass::iec_05), {14.493, 6.324}, 11.594},
      {"Aron C", ordered(AccuracyClass::c, Phases::aron_50hz), {9.074}, 17.391},
      {"Aron 1", ordered(AccuracyClass::iec_1, Phases::aron_50hz), {21.739, 4.743}, 17.391},
  };
  for (auto const& row : rows) {
    INFO(row.name);
    auto const plan = type_test_plan(row.type);
    std::vector<double> active;
    for (auto const& point : of(plan, TestKind::no_load, TestQuantity::active_import)) {
      active.push_back(minutes(point.duration_s));
      CHECK(near(point.current_a, 0.0));
      CHECK(near(point.limit, 1.0));
    }
    CHECK(active == row.active_min);
    auto const reactive = of(plan, TestKind::no_load, TestQuantity::reactive_import);
    REQUIRE(reactive.size() == 1);
    CHECK(minutes(reactive[0].duration_s) == row.reactive_min);
    CHECK(near(reactive[0].u_ratio, 1.15));
  }
}

TEST_CASE("lab: the meter constant is tested until a digit of the register is a tenth of the class index") {
  // 1000 * 10 Wh / 0.5 = 20 kWh at 4140 W: 17391.304 s; at class index 1 half of it, reactive at 2 a quarter
  auto const plan = type_test_plan(ordered(AccuracyClass::c));
  auto const active = of(plan, TestKind::constant, TestQuantity::active_import);
  REQUIRE(active.size() == 1);
  CHECK(std::abs(active[0].duration_s - 17391.304) < 0.001);  // three decimals above
  CHECK(near(active[0].limit, 0.05));
  auto const reactive = of(plan, TestKind::constant, TestQuantity::reactive_import);
  REQUIRE(reactive.size() == 1);
  CHECK(std::abs(reactive[0].duration_s - 4347.826) < 0.001);
  CHECK(near(reactive[0].limit, 0.2));
}

TEST_CASE("lab: three wires know no load in one phase and lose one phase at most") {
  auto const plan = type_test_plan(ordered(AccuracyClass::c, Phases::aron_50hz));
  CHECK(leaves_out(
      plan, "EN 50470-3, one phase loaded: three wires have no neutral to carry the current of one phase"));
  CHECK(std::all_of(plan.points.begin(), plan.points.end(),
                    [](TestPoint const& point) { return point.load == TestLoad::balanced; }));
  auto const both = 0b110;
  CHECK(std::none_of(plan.points.begin(), plan.points.end(),
                     [&](TestPoint const& point) { return point.lost_phases == both; }));
  // root of 3 * 230 V * 5 mA = 1.99186 W: 360 J / 1.99186 W = 180.736 s a pulse
  auto const starting = of(plan, TestKind::starting, TestQuantity::active_import);
  REQUIRE(starting.size() == 1);
  CHECK(std::abs(starting[0].duration_s - 542.207) < 0.001);  // three decimals
  // 2 * 230 * 6 * 1e-6
  auto const interruption = of(plan, TestKind::interruption, TestQuantity::active_import);
  REQUIRE(interruption.size() == 3);
  CHECK(near(interruption[0].limit, 0.00276));
  std::vector<Expected> const points{
      {"Imin", {.standard = en, .clause = "intrinsic error", .current_a = 0.05, .limit = 1.0}},
      {"Itr", {.standard = en, .clause = "intrinsic error", .current_a = 0.25, .limit = 0.5}},
      {"Imax, 0.5 ind",
       {.standard = en, .clause = "intrinsic error", .current_a = 6.0, .factor = 0.5, .limit = 0.6}},
      {"-10 degrees",
       {.standard = en,
        .clause = "composite error",
        .kind = composite,
        .temperature_c = -10.0,
        .limit = 1.0,
        .grade = LimitGrade::a}},
      {"without L2",
       {.standard = en,
        .clause = "voltage unbalance",
        .kind = variation,
        .lost_phases = 0b010,
        .limit = 1.0}},
  };
  CHECK(missing(plan, points) == "");
}

TEST_CASE(
    "lab: a line whose limit does not apply says why, and there is one such, without L2 of three wires") {
  auto const phases = GENERATE(Phases::aron_50hz, Phases::four_wire_50hz, Phases::four_wire_60hz);
  auto const accuracy =
      GENERATE(AccuracyClass::b, AccuracyClass::c, AccuracyClass::iec_1, AccuracyClass::iec_05);
  auto const plan = type_test_plan(ordered(accuracy, phases));
  for (auto const& point : plan.points) {
    bool const is_off = phases == Phases::aron_50hz && point.lost_phases == 0b010;
    CHECK(point.not_applicable.starts_with(is_off ? "each element has half of U13, 115 V" : ""));
    CHECK(point.not_applicable.empty() != is_off);
  }
}

TEST_CASE("lab: an energy type is tested in the directions it has") {
  auto const only = [](EnergyType energy) {
    return type_test_plan(ordered(AccuracyClass::c, Phases::four_wire_50hz, energy));
  };
  auto const has = [](TestPlan const& plan, TestQuantity quantity) {
    return !of(plan, TestKind::intrinsic, quantity).empty();
  };
  auto const a_plus = only(EnergyType::a_plus);
  CHECK(a_plus.title == "EN 50470-3 class C");
  CHECK_FALSE(has(a_plus, TestQuantity::active_export));
  CHECK_FALSE(has(a_plus, TestQuantity::reactive_import));
  auto const a_plus_minus = only(EnergyType::a_plus_minus);
  CHECK(has(a_plus_minus, TestQuantity::active_export));
  CHECK_FALSE(has(a_plus_minus, TestQuantity::reactive_import));
  auto const a_plus_r_plus = only(EnergyType::a_plus_r_plus);
  CHECK_FALSE(has(a_plus_r_plus, TestQuantity::active_export));
  CHECK(has(a_plus_r_plus, TestQuantity::reactive_import));
  CHECK_FALSE(has(a_plus_r_plus, TestQuantity::reactive_export));
  CHECK(leaves_out(a_plus_r_plus, "IEC 62053-23, sin phi capacitive: this energy type has no register R-"));
  CHECK(has(only(EnergyType::four_quadrant), TestQuantity::reactive_export));
}

TEST_CASE("lab: a meter for 60 Hz loses the voltage for one of its own cycles") {
  auto const plan = type_test_plan(ordered(AccuracyClass::c, Phases::four_wire_60hz));
  auto const points = of(plan, TestKind::interruption, TestQuantity::active_import);
  REQUIRE(points.size() == 3);
  CHECK(std::abs(points[1].duration_s - 0.016667) < 1e-6);  // one sixtieth of a second to six decimals
}

TEST_CASE("lab: no point of a type test stands twice") {
  for (auto const accuracy :
       {AccuracyClass::b, AccuracyClass::c, AccuracyClass::iec_1, AccuracyClass::iec_05}) {
    auto const plan = type_test_plan(ordered(accuracy));
    CAPTURE(plan.title);
    std::size_t twice = 0;
    for (auto first = plan.points.begin(); first != plan.points.end(); ++first) {
      twice += static_cast<std::size_t>(std::count_if(
          first + 1, plan.points.end(), [&](TestPoint const& other) { return same(*first, other); }));
    }
    CHECK(twice == 0);
  }
}
