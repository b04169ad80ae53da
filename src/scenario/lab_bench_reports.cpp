#include <scenario/lab_bench_reports.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include <lab/type_test.hpp>
#include <report/summary.hpp>

namespace blondel {
namespace {

constexpr char const* when_text(ChangeTime when) {
  return when == ChangeTime::after_factory ? "drift after calibration" : "calibrated with the change";
}

/// Measured over closed form; none where the closed form is nothing.
std::optional<double> ratio_of(SensitivityLine const& line) {
  constexpr double least_pct = 10 * sensitivity_absolute_bound_pct;
  return std::abs(line.closed_form_pct) < least_pct ? std::nullopt
                                                    : std::optional{line.measured_pct / line.closed_form_pct};
}

std::string number(char const* format, double value) {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

char const* agreement_text(SensitivityLine const& line) {
  return !line.not_applicable.empty() ? "not_applicable" : line.agrees ? "yes" : "no";
}

Verdict verdict_of(SensitivityLine const& line) {
  return !line.not_applicable.empty() ? Verdict::not_applicable : line.agrees ? Verdict::pass : Verdict::fail;
}

/// One row of a calibration: before and after of the same thing.
struct Row {
  std::string what;
  std::string element;  ///< "L1", empty for the whole meter
  std::string unit;
  double before{};
  double after{};
  std::optional<double> bench;
};

/// An element as people call it: "L1".
std::string phase_text(std::size_t element) {
  return "L" + std::to_string(element + 1);
}

void add_constants(std::vector<Row>& rows, CalibrationReport const& calibration) {
  struct Constant {
    char const* what;
    char const* unit;
    double (*of)(ElementCalibration const& constants);
  };
  constexpr std::array all{
      Constant{"constant: gain", "uJ/code2 * 2^57",
               [](ElementCalibration const& c) { return static_cast<double>(c.power_gain); }},
      Constant{"constant: delay", "samples * 2^30",
               [](ElementCalibration const& c) { return static_cast<double>(c.phase_delay_q30); }},
      Constant{"constant: offset", "code2/sample",
               [](ElementCalibration const& c) { return static_cast<double>(c.power_offset); }},
      Constant{"constant: voltage", "mV/code * 2^29",
               [](ElementCalibration const& c) { return static_cast<double>(c.u_gain); }},
      Constant{"constant: current", "uA/code * 2^28",
               [](ElementCalibration const& c) { return static_cast<double>(c.i_gain); }},
      Constant{"constant: noise", "(code/16)2",
               [](ElementCalibration const& c) { return static_cast<double>(c.i_noise); }}};
  for (auto const e : calibration.elements) {
    for (auto const& constant : all) {
      rows.push_back({constant.what,
                      phase_text(e),
                      constant.unit,
                      constant.of(calibration.before[e]),
                      constant.of(calibration.after[e]),
                      {}});
    }
  }
}

std::vector<Row> rows_of(CalibrationReport const& calibration) {
  std::vector<Row> rows;
  add_constants(rows, calibration);
  for (auto const& step : calibration.steps) {
    struct Unit {
      char const* what;
      char const* unit;
      double scale;
    };
    constexpr std::array units{Unit{"reading: gain at In, cos 1", "%", 1e2},
                               Unit{"reading: angle at In, cos 0.5 ind", "mrad", 1e3},
                               Unit{"reading: power at Imin, cos 1", "mW", 1e3},
                               Unit{"reading: voltage at In, cos 1", "%", 1e2},
                               Unit{"reading: current at In, cos 1", "%", 1e2},
                               Unit{"reading: current, circuits open", "uA", 1e6}};
    auto const& unit = units[static_cast<std::size_t>(step.kind)];
    rows.push_back({unit.what, phase_text(step.element), unit.unit, step.seen * unit.scale,
                    step.left * unit.scale, step.bench * unit.scale});
  }
  for (auto const& check : calibration.checks) {
    rows.push_back({"error: " + text_of(check.point), "", "%", check.before_pct, check.after_pct, {}});
  }
  return rows;
}

std::string value_text(Row const& row, double value) {
  return row.what.starts_with("constant") ? fixed_text(value, 0) : number("%+.4f", value);
}

}  // namespace

bool is_apart(SensitivityLine const& line) {
  return line.not_applicable.empty() && !line.agrees;
}

LabHead sensitivity_head(LabIdentity const& identity, std::vector<SensitivityLine> const& lines) {
  return {.meters = {identity},
          .unit = "lines",
          .done = lines.size(),
          .planned = sensitivity_line_count(),
          .inside_limits = std::none_of(lines.begin(), lines.end(), is_apart)};
}

DataTable sensitivity_table(std::vector<SensitivityLine> const& lines) {
  DataTable table{.columns = {"part", "step", "when", "current_a", "cos_phi", "temperature_c", "u_ratio",
                              "measured_percent", "closed_form_percent", "ratio", "agrees", "reason"},
                  .rows = {}};
  for (auto const& line : lines) {
    TableCell ratio;
    if (auto const found = ratio_of(line)) {
      ratio = *found;
    }
    table.rows.push_back({line.part, line.step, std::string{when_text(line.when)}, line.point.current_a,
                          line.point.factor, line.point.temperature_c, line.point.u_ratio, line.measured_pct,
                          line.closed_form_pct, ratio, std::string{agreement_text(line)},
                          line.not_applicable});
  }
  return table;
}

HtmlReport sensitivity_report(std::vector<SensitivityLine> const& lines, LabHead const& head) {
  auto report = begin_report(head, "Sensitivities");
  report.blocks.emplace_back(
      HtmlParagraph{"Change of the error in % when a part of all three elements changes by the step: half "
                    "the difference of a step "
                    "up and a step down, by LED pulses through the waveform tier, noise off. Beside it the "
                    "closed form and the "
                    "ratio. Drift: the constants are those of the unchanged meter. Calibrated: the changed "
                    "meter is calibrated at In, "
                    "23 C; what is left is what calibration cannot reach. A line agrees within 1 % of the "
                    "closed form and 0.00005 %."});
  for (auto const when : {ChangeTime::after_factory, ChangeTime::before_factory}) {
    HtmlTable table{.caption = when_text(when),
                    .columns = {{"part"},
                                {"step", true},
                                {"point"},
                                {"measured", true},
                                {"closed form", true},
                                {"ratio", true},
                                {"agrees"}},
                    .rows = {}};
    for (auto const& line : lines) {
      if (line.when != when) {
        continue;
      }
      auto const ratio = ratio_of(line);
      table.rows.push_back({{line.part},
                            {line.step},
                            {text_of(line.point)},
                            {number("%+.5f", line.measured_pct)},
                            {number("%+.5f", line.closed_form_pct)},
                            {ratio ? fixed_text(*ratio, 4) : "-"},
                            {line.not_applicable, verdict_of(line)}});
    }
    report.blocks.emplace_back(std::move(table));
  }
  return report;
}

LabHead calibration_head(LabIdentity const& identity, CalibrationReport const& calibration) {
  auto const steps = calibration.steps.size();
  return {.meters = {identity}, .unit = "steps", .done = steps, .planned = steps};
}

DataTable calibration_table(CalibrationReport const& calibration) {
  DataTable table{.columns = {"what", "element", "unit", "before", "after", "bench"}, .rows = {}};
  for (auto const& row : rows_of(calibration)) {
    TableCell bench;
    if (row.bench) {
      bench = *row.bench;
    }
    table.rows.push_back({row.what, row.element, row.unit, row.before, row.after, bench});
  }
  return table;
}

std::string calibration_text(CalibrationReport const& calibration) {
  std::string text =
      "                                                             before        after  bench off\n";
  for (auto const& row : rows_of(calibration)) {
    char line[200];
    std::snprintf(line, sizeof line, "%-34s %-2s %-16s %12s %12s %10s\n", row.what.c_str(),
                  row.element.c_str(), row.unit.c_str(), value_text(row, row.before).c_str(),
                  value_text(row, row.after).c_str(), row.bench ? number("%+.4f", *row.bench).c_str() : "");
    text += line;
  }
  return text + "meter time of the procedure: " + fixed_text(calibration.procedure_s, 1) + " s\n";
}

HtmlReport calibration_report(CalibrationReport const& calibration, LabHead const& head, bool is_uncertain) {
  auto report = begin_report(head, "Calibration");
  report.blocks.emplace_back(HtmlKeyValues{
      {{"bench", is_uncertain ? "gain 0.02 %, phase 0.1 mrad (1 sigma, each phase)" : "without error"},
       {"meter time of the procedure", fixed_text(calibration.procedure_s, 1) + " s"}}});
  report.blocks.emplace_back(HtmlParagraph{
      "Gain at In and cos 1, phase at In and cos 0.5 inductive, offset at Imin and cos 1, element by "
      "element by LED pulses; then voltage and current at In and cos 1, and the current's noise with open "
      "circuits, by the service measurement. Constants are written by service commands. Readings hold the "
      "bench's own error; the errors at the end are those an ideal bench sees. A little noise is left: a "
      "cycle with less than its mean reads 0, one with more reads its root."});
  HtmlTable table{
      .caption = "Before and after",
      .columns = {{"what"}, {"element"}, {"unit"}, {"before", true}, {"after", true}, {"bench off", true}},
      .rows = {}};
  for (auto const& row : rows_of(calibration)) {
    table.rows.push_back({{row.what},
                          {row.element},
                          {row.unit},
                          {value_text(row, row.before)},
                          {value_text(row, row.after)},
                          {row.bench ? number("%+.4f", *row.bench) : "-"}});
  }
  report.blocks.emplace_back(std::move(table));
  return report;
}

}  // namespace blondel
