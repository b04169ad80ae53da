#include "lab/test_plan.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "lab/test_plan_tables.hpp"

namespace blondel {
namespace {

using namespace type_test;

constexpr double impulses_per_kwh = 10000.0;
constexpr double no_load_u_ratio = 1.15;
constexpr double minute_s = 60.0;
constexpr double hour_s = 3600.0;

/// What one standard's part of a plan is made from.
struct Part {
  TypeNumber type;
  Tables tables;
  TestQuantity quantity;
};

bool is_aron(Part const& part) {
  return part.type.phases == Phases::aron_50hz;
}

/// Measuring elements: the m of the formulas.
double elements(Part const& part) {
  return is_aron(part) ? 2.0 : 3.0;
}

bool has_export(EnergyType energy) {
  return energy == EnergyType::a_plus_minus || energy == EnergyType::four_quadrant;
}

bool has_reactive(EnergyType energy) {
  return energy == EnergyType::a_plus_r_plus || energy == EnergyType::four_quadrant;
}

/// Power of a balanced load at factor 1; with three wires 230 V stand between the phases.
/// @units W or var
double balanced_power(Part const& part, double current_a) {
  return (is_aron(part) ? std::sqrt(3.0) : 3.0) * nominal_u_v * current_a;
}

std::vector<TestLoad> loads_of(Loaded loaded) {
  if (loaded == Loaded::all) {
    return {TestLoad::balanced};
  }
  return {TestLoad::only_l1, TestLoad::only_l2, TestLoad::only_l3};
}

/// The customary currents inside a range; its upper end from 1 mA below where the next row begins.
/// @units A; the arguments are multiples of In
std::vector<double> currents_in(double from, double to, Upper upper) {
  constexpr std::array customary{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, i_max};
  std::vector<double> currents;
  for (auto const multiple : customary) {
    if (multiple >= from && (multiple < to || (upper == Upper::included && multiple <= to))) {
      currents.push_back(multiple * rated_i_a);
    }
  }
  if (upper == Upper::excluded) {
    constexpr double just_below_a = 0.001;
    currents.push_back(to * rated_i_a - just_below_a);
  }
  return currents;
}

/// Both ends of a range and In between them, or the only current.
std::vector<double> influence_currents(InfluenceRow const& row) {
  if (row.to <= row.from) {
    return {row.from * rated_i_a};
  }
  return {row.from * rated_i_a, rated_i_a, row.to * rated_i_a};
}

TestPoint point_of(Part const& part, char const* clause, TestKind kind) {
  TestPoint point;
  point.standard = part.tables.standard;
  point.clause = clause;
  point.kind = kind;
  point.quantity = part.quantity;
  point.capacitive = part.quantity == TestQuantity::reactive_export;
  return point;
}

/// Appends `point` with every load and current.
void append(TestPlan& plan, TestPoint point, std::vector<TestLoad> const& loads,
            std::vector<double> const& currents) {
  for (auto const load : loads) {
    for (auto const current : currents) {
      point.load = load;
      point.current_a = current;
      plan.points.push_back(point);
    }
  }
}

void leave_out(TestPlan& plan, Part const& part, std::string const& clause, std::string const& reason) {
  plan.left_out.push_back(std::string{part.tables.standard} + ", " + clause + ": " + reason);
}

/// One phase alone: three wires have no return path for it.
bool is_impossible(Part const& part, Loaded loaded) {
  return is_aron(part) && loaded == Loaded::one_phase;
}

TestPoint error_point(Part const& part, ErrorRow const& row) {
  auto point = point_of(part, "intrinsic error", TestKind::intrinsic);
  point.factor = row.factor;
  point.capacitive = point.capacitive || row.angle == Angle::capacitive;
  point.limit = row.limit;
  point.grade = row.grade;
  point.note = row.note;
  return point;
}

void append_errors(TestPlan& plan, Part const& part) {
  for (auto const& row : part.tables.error) {
    if (!is_impossible(part, row.loaded)) {
      append(plan, error_point(part, row), loads_of(row.loaded), currents_in(row.from, row.to, row.upper));
    }
  }
}

/// A few points of the opposite direction: lowest current, In and Imax of the rows at factor 1 and 0.5
/// lagging.
void append_export_errors(TestPlan& plan, Part const& part) {
  for (auto const& row : part.tables.error) {
    if (row.loaded != Loaded::all || row.angle != Angle::inductive || row.factor < 0.5) {
      continue;
    }
    std::vector<double> currents{row.from * rated_i_a};
    if (row.upper == Upper::included) {
      currents.insert(currents.end(), {rated_i_a, row.to * rated_i_a});
    }
    append(plan, error_point(part, row), {TestLoad::balanced}, currents);
  }
}

/// The load alone in one phase against all three, at In and factor 1.
void append_difference(TestPlan& plan, Part const& part) {
  if (part.tables.difference <= 0.0 || is_aron(part)) {
    return;
  }
  auto point = point_of(part, "one phase less balanced load", TestKind::load_difference);
  point.limit = part.tables.difference;
  point.grade = part.tables.difference_grade;
  append(plan, point, loads_of(Loaded::one_phase), {rated_i_a});
}

/// Over the rated range of the power factor, at the outer ends of each band of temperature.
/// @source en_50470_3_mid_mi003.json: temperature_bands_C, rated_ranges
void append_composite(TestPlan& plan, Part const& part) {
  struct Factor {
    double cosine;
    bool capacitive;
  };
  constexpr std::array<Factor, 3> factors{{{1.0, false}, {0.5, false}, {0.8, true}}};
  constexpr std::array<std::array<double, 2>, 4> ends_c{{{5, 30}, {-10, 40}, {-25, 55}, {-40, 70}}};
  for (auto const& row : part.tables.composite) {
    if (is_impossible(part, row.loaded)) {
      continue;
    }
    auto point = point_of(part, "composite error", TestKind::composite);
    point.grade = row.grade;
    point.note = row.note;
    for (std::size_t band = 0; band < ends_c.size(); ++band) {
      point.limit = row.limit[band];
      for (auto const& factor : factors) {
        point.factor = factor.cosine;
        point.capacitive = factor.capacitive;
        for (auto const temperature_c : ends_c[band]) {
          point.temperature_c = temperature_c;
          append(plan, point, loads_of(row.loaded), currents_in(row.from, row.to, row.upper));
        }
      }
    }
  }
}

/// Three wires without L2, against which both elements stand: each has half of the voltage between L1 and L3
/// or, with the dead line at earth, Un over the root of 3. With less than 160 V on all the meter is off.
/// @source IEC 62053-21 and -22, EN 50470-3, voltage unbalance: with three wires one phase, "if the meter is
///         designed for this service" (knowledge of the standards); device.md B6: 160 V
std::string why_not_applicable(Part const& part, TestPoint const& point) {
  bool const is_off = is_aron(part) && point.lost_phases == 0b010;
  return is_off ? "each element has half of U13, 115 V, or 133 V with L2 at earth, and below 160 V the meter "
                  "is off; of three wires the standard asks for the line only if the meter is designed for it"
                : "";
}

void append_influences(TestPlan& plan, Part const& part) {
  for (auto const& row : part.tables.influence) {
    auto point = point_of(part, clause_of(row.what), TestKind::variation);
    point.factor = row.factor;
    point.limit = row.limit;
    point.grade = row.grade;
    point.note = row.note;
    for (auto& condition : under(row.what, point, part.type.phases)) {
      condition.not_applicable = why_not_applicable(part, condition);
      append(plan, condition, {TestLoad::balanced}, influence_currents(row));
    }
  }
}

/// Starts and goes on: two pulses in three pulse intervals, whatever the remainder was before.
/// @source no_load_starting_meter_constant.json, starting; the time is inferred, the tables give none
void append_starting(TestPlan& plan, Part const& part) {
  constexpr double intervals = 3.0;
  auto point = point_of(part, "starting", TestKind::starting);
  point.current_a = part.tables.starting * rated_i_a;
  auto const pulse_s = hour_s * 1000.0 / impulses_per_kwh / balanced_power(part, point.current_a);
  point.duration_s = intervals * pulse_s;
  point.limit = 2.0;
  point.grade = part.tables.starting_grade;
  plan.points.push_back(point);
}

/// @source no_load_starting_meter_constant.json: 240e3 / (k m Utest Ist) minutes
double no_load_minutes_by_starting(Part const& part, double u_ratio) {
  return 240e3 /
         (impulses_per_kwh * elements(part) * u_ratio * nominal_u_v * part.tables.starting * rated_i_a);
}

/// No pulse without current, for the time of the standard's edition.
/// @source no_load_starting_meter_constant.json: C * 1e6 / (k m Un Imax) minutes in the editions of 2003
void append_no_load(TestPlan& plan, Part const& part) {
  auto point = point_of(part, "no-load", TestKind::no_load);
  point.current_a = 0.0;
  point.u_ratio = no_load_u_ratio;
  point.limit = 1.0;
  point.grade = LimitGrade::b;
  auto minutes = no_load_minutes_by_starting(part, no_load_u_ratio);
  if (part.tables.no_load_numerator > 0.0) {
    minutes = part.tables.no_load_numerator * 1e6 /
              (impulses_per_kwh * elements(part) * nominal_u_v * i_max * rated_i_a);
  }
  point.duration_s = minutes * minute_s;
  plan.points.push_back(point);
  if (part.tables.no_load_numerator > 0.0 && part.quantity == TestQuantity::active_import) {
    constexpr double u_ratio_2020 = 1.1;
    point.standard = "IEC 62052-11:2020";
    point.u_ratio = u_ratio_2020;
    point.duration_s = no_load_minutes_by_starting(part, u_ratio_2020) * minute_s;
    plan.points.push_back(point);
  }
}

/// Register against pulses over so much energy that the last digit of the register is 1/10 of the class
/// index.
/// @source no_load_starting_meter_constant.json, meter_constant_test: E = 1000 R / b; R: secondary energy
/// has 5.2 digits (device.md 6.4)
void append_constant(TestPlan& plan, Part const& part) {
  constexpr double register_step_wh = 10.0;
  auto point = point_of(part, "meter constant and dial", TestKind::constant);
  point.current_a = i_max * rated_i_a;
  auto const energy_wh = 1000.0 * register_step_wh / part.tables.class_index;
  point.duration_s = energy_wh / balanced_power(part, point.current_a) * hour_s;
  point.limit = part.tables.class_index / 10.0;
  plan.points.push_back(point);
}

/// Three losses of voltage of 1 s, one of one cycle, one dip to half for a minute, without current.
/// @source influence_test_waveforms.json, voltage_interruption; en_50470_3_mid_mi003.json,
/// transient_critical_change_value: m Un Imax 1e-6 kWh
void append_interruptions(TestPlan& plan, Part const& part) {
  auto point = point_of(part, "voltage interruptions", TestKind::interruption);
  point.standard = "IEC 62052-11";
  point.current_a = 0.0;
  point.limit = elements(part) * nominal_u_v * i_max * rated_i_a * 1e-6;
  point.u_ratio = 0.0;
  point.interruptions = 3;
  point.duration_s = 1.0;
  point.gap_s = 0.05;
  plan.points.push_back(point);
  point.interruptions = 1;
  point.duration_s = 1.0 / nominal_frequency(part.type.phases);
  point.gap_s = 0.0;
  plan.points.push_back(point);
  point.u_ratio = 0.5;
  point.duration_s = minute_s;
  plan.points.push_back(point);
}

void append_left_out(TestPlan& plan, Part const& part) {
  for (auto const& row : part.tables.left_out) {
    leave_out(plan, part, row.clause, row.reason);
  }
  if (is_aron(part)) {
    leave_out(plan, part, "one phase loaded",
              "three wires have no neutral to carry the current of one phase");
  }
}

void append_active(TestPlan& plan, TypeNumber const& type) {
  Part part{type, active_tables(type.accuracy), TestQuantity::active_import};
  append_errors(plan, part);
  append_difference(plan, part);
  append_composite(plan, part);
  append_influences(plan, part);
  append_starting(plan, part);
  append_no_load(plan, part);
  append_constant(plan, part);
  append_interruptions(plan, part);
  append_left_out(plan, part);
  if (has_export(type.energy)) {
    part.quantity = TestQuantity::active_export;
    append_export_errors(plan, part);
    append_starting(plan, part);
  }
}

/// Class 2. The table means both signs of the angle: leading current fills R-, where the meter has it.
void append_reactive(TestPlan& plan, TypeNumber const& type) {
  Part part{type, reactive_tables(), TestQuantity::reactive_import};
  append_errors(plan, part);
  append_difference(plan, part);
  append_influences(plan, part);
  append_starting(plan, part);
  append_no_load(plan, part);
  append_constant(plan, part);
  append_left_out(plan, part);
  if (!has_export(type.energy)) {
    leave_out(plan, part, "sin phi capacitive", "this energy type has no register R-");
    return;
  }
  part.quantity = TestQuantity::reactive_export;
  append_errors(plan, part);
  append_starting(plan, part);
}

}  // namespace

TestPlan type_test_plan(TypeNumber const& type) {
  TestPlan plan;
  auto const& tables = active_tables(type.accuracy);
  plan.title = std::string{tables.standard} + " class " + tables.class_name;
  append_active(plan, type);
  if (has_reactive(type.energy)) {
    plan.title +=
        std::string{", reactive "} + reactive_tables().standard + " class " + reactive_tables().class_name;
    append_reactive(plan, type);
  }
  return plan;
}

}  // namespace blondel
