#include "unit/lab/plan_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

using blondel::CurrentShape;
using blondel::TestKind;
using blondel::TestLoad;
using blondel::TestPlan;
using blondel::TestPoint;
using blondel::TestQuantity;

namespace plan_text {
namespace {

/// One line of a table: a point, and the conditions, loads and currents for which it holds.
struct Line {
  TestPoint point;
  std::vector<std::string> conditions;
  std::vector<TestLoad> loads;
  std::vector<double> currents;
  std::size_t points{};
};

std::string signed_percent(double ratio) {
  return (ratio > 0.0 ? "+" : "") + number(ratio * 100.0) + " %";
}

void add(std::string& list, std::string const& item) {
  list += (list.empty() ? "" : ", ") + item;
}

std::string interruption(TestPoint const& point) {
  auto text = number(point.interruptions) + " x " + number(point.duration_s) + " s at " +
              number(point.u_ratio) + " Un";
  if (point.gap_s > 0.0) {
    text += ", " + number(point.gap_s) + " s apart";
  }
  return text;
}

std::string lost(std::uint8_t phases) {
  std::string text;
  constexpr std::array names{"L1", "L2", "L3"};
  for (std::size_t phase = 0; phase < names.size(); ++phase) {
    if ((phases >> phase & 1U) != 0) {
      text += (text.empty() ? "without " : " and ") + std::string{names[phase]};
    }
  }
  return text;
}

/// Conditions that differ from the reference conditions.
std::string conditions(TestPoint const& point) {
  std::string text;
  if (point.kind == TestKind::interruption) {
    return interruption(point);
  }
  if (point.kind == TestKind::per_kelvin) {
    add(text, number(point.temperature_c) + " to " + number(point.other_temperature_c) + " \u00b0C");
  } else if (point.kind == TestKind::composite) {
    add(text, number(point.temperature_c) + " \u00b0C");
  }
  if (std::abs(point.u_ratio - 1.0) > 1e-9) {
    add(text, "U " + signed_percent(point.u_ratio - 1.0));
  }
  if (std::abs(point.f_ratio - 1.0) > 1e-9) {
    add(text, "f " + signed_percent(point.f_ratio - 1.0));
  }
  if (point.reversed_sequence) {
    add(text, "L1-L3-L2");
  }
  if (point.u5_ratio > 0.0) {
    add(text, "U5 " + number(point.u5_ratio * 100.0) + " %, I5 " + number(point.i5_ratio * 100.0) + " %");
  }
  if (point.shape != CurrentShape::sine) {
    add(text, word(point.shape));
  }
  if (point.lost_phases != 0) {
    add(text, lost(point.lost_phases));
  }
  if (point.overcurrent_a > 0.0) {
    add(text, "after " + number(point.overcurrent_a) + " A for 0.5 s");
  }
  if (point.duration_s > 0.0) {
    add(text, number(point.duration_s) + " s (" + number(point.duration_s / 60.0) + " min)");
  }
  return text;
}

std::string factor(TestPoint const& point) {
  if (point.current_a <= 0.0) {
    return "";
  }
  bool const reactive =
      point.quantity == TestQuantity::reactive_import || point.quantity == TestQuantity::reactive_export;
  auto text = (reactive ? "sin " : "cos ") + number(point.factor);
  if (reactive || point.factor < 1.0) {
    text += point.capacitive ? " cap" : " ind";
  }
  return text;
}

std::string limit(TestPoint const& point) {
  if (point.limit <= 0.0) {
    return "recorded";
  }
  auto const value = number(point.limit);
  switch (point.kind) {
    case TestKind::per_kelvin:
      return value + " %/K";
    case TestKind::starting:
      return "\u2265 " + value + " pulses";
    case TestKind::no_load:
      return "\u2264 " + value + " pulse";
    case TestKind::interruption:
      return value + " kWh";
    case TestKind::intrinsic:
    case TestKind::variation:
    case TestKind::composite:
    case TestKind::load_difference:
    case TestKind::constant:
      return value + " %";
  }
  return value;
}

/// What the points of a line have in common.
std::string common(TestPoint const& point) {
  return "| " + point.standard + " | " + point.clause + " | " + word(point.quantity) + " | " + factor(point) +
         " | " + limit(point) + " | " + static_cast<char>(point.grade) + " | " + point.note + " |";
}

template<class Value>
void add_once(std::vector<Value>& values, Value value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) {
    values.push_back(value);
  }
}

std::vector<Line> lines_of(TestPlan const& plan) {
  std::vector<Line> lines;
  for (auto const& point : plan.points) {
    bool const single = point.load != TestLoad::balanced;
    if (lines.empty() || common(lines.back().point) != common(point) ||
        single != (lines.back().point.load != TestLoad::balanced)) {
      lines.push_back({point, {}, {}, {}, 0});
    }
    add_once(lines.back().conditions, conditions(point));
    add_once(lines.back().loads, point.load);
    add_once(lines.back().currents, point.current_a);
    ++lines.back().points;
  }
  return lines;
}

}  // namespace

std::string number(double value) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%.5g", value);
  return digits.data();
}

char const* word(TestKind kind) {
  constexpr std::array words{"intrinsic", "variation", "per_kelvin", "composite",   "load_difference",
                             "starting",  "no_load",   "constant",   "interruption"};
  return words[static_cast<std::size_t>(kind)];
}

char const* word(TestQuantity quantity) {
  constexpr std::array words{"A+", "A-", "R+", "R-"};
  return words[static_cast<std::size_t>(quantity)];
}

char const* word(TestLoad load) {
  constexpr std::array words{"balanced", "L1", "L2", "L3"};
  return words[static_cast<std::size_t>(load)];
}

char const* word(CurrentShape shape) {
  constexpr std::array words{"sine", "half wave", "phase-fired", "burst"};
  return words[static_cast<std::size_t>(shape)];
}

std::string markdown(TestPlan const& plan) {
  auto text = plan.title + ", " + std::to_string(plan.points.size()) + " points.\n\n";
  text +=
      "| standard | test | quantity | factor | limit | grade | note | conditions | load | current, A | "
      "points |\n";
  text += "|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (auto const& line : lines_of(plan)) {
    if (line.conditions.size() * line.loads.size() * line.currents.size() != line.points) {
      return "";
    }
    std::string under;
    for (auto const& condition : line.conditions) {
      under += (under.empty() ? "" : "; ") + condition;
    }
    std::string loads;
    for (auto const load : line.loads) {
      add(loads, word(load));
    }
    std::string currents;
    for (auto const current : line.currents) {
      add(currents, current > 0.0 ? number(current) : "open");
    }
    text += common(line.point) + " " + under + " | " + loads + " | " + currents + " | ";
    text += std::to_string(line.points) + " |\n";
  }
  for (auto const& point : plan.points) {
    if (!point.not_applicable.empty()) {
      text += "\nMeasured and not judged: " + point.standard + ", " + point.clause + ", " +
              conditions(point) + ": " + point.not_applicable + ".\n";
    }
  }
  text += "\nLeft out:\n\n";
  for (auto const& left : plan.left_out) {
    text += "- " + left + "\n";
  }
  return text;
}

std::string preamble() {
  return R"md(# Type test

Written by `print_plan --markdown` (tests/unit/lab) from `src/lab/test_plan_tables.cpp`; do not edit. A test holds
the limits against the tables of the standards, row by row and both ways.

A line is one point for each of its conditions (apart by semicolons), of its loads and of its currents. Currents are
secondary: In 5 A, Imax 6 A, Itr 0.25 A, Imin 0.05 A. Limits are symmetric. Conditions not named are those of reference:
Un, fn, 23 degrees Celsius, sine, L1-L2-L3. Grades: A two public sources or the law, B one source and knowledge of the
standard, C knowledge of the standard only. The result of a test is "inside the limits of ... (grade ...)", never
"complies with ...".

Our reading, where the tables leave room:

- Inside a range of currents the points are the customary ones: 0.01, 0.02, 0.05, 0.1, 0.2, 0.5 and 1 In, and Imax. A
  range that ends below a current ends 1 mA below it. Influence quantities are tested at both ends and at In.
- Mean temperature coefficient: five intervals of 22 K from -40 to +70 degrees Celsius.
- Composite error: at the outer ends of each band, at all power factors of the rated range, U at 0.9 and 1.1 Un and f at
  0.98 and 1.02 fn. The directive's table names no power factor.
- EN 50470-3 names no current for its disturbances of long duration: those of IEC 62053-21 are taken, 0.1 In for the
  reversed sequence, In for lost phases, 0.5 Imax for the 5th harmonic, 0.5 In for the cut waves. Its limit for DC and
  harmonics holds for phase-fired and burst currents.
- The current of a cut wave is the rms value of the sine it is cut from: Imax over the root of 2 for the half wave.
- Half waves are recorded only: the standards require them of direct-connected meters.
- Voltage unbalance: one or two of three phases are lost with four wires, one with three; without L2 of
  three the limit does not apply, and the line is measured and not judged.
- Voltage interruptions: all phases, no current; the critical change is m Un Imax 1e-6 kWh.
- Starting: two pulses within three pulse intervals. The tables give no time.
- Meter constant and dial: the energy over which the last digit of the register of secondary energy (0.01) is a tenth of the
  class index, and that tenth is the limit, also where IEC only says that both agree.
- No-load: editions of 2003 at 1.15 Un for IEC, with that of 2020 at 1.1 Un beside it.
- Reactive energy: the tables mean sin phi of both signs. Leading current is judged on R-.
- A-: a few points of the balanced load, at the lowest current of a row, at In and at Imax, and starting. R-: starting too.
- Aron: 230 V between the phases, m = 2. A load in one phase alone does not exist with three wires: without a neutral its
  current has no way back, so rows for one phase are left out.
- Energy types with A+ and R+ only have no R- points; without reactive energy the rows of IEC 62053-23 fall away.
)md";
}

}  // namespace plan_text
