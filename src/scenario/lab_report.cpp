#include <scenario/lab_report.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <map>

namespace blondel {
namespace {

constexpr std::string_view units_of(TestKind kind) {
  switch (kind) {
    case TestKind::per_kelvin:
      return "%/K";
    case TestKind::starting:
    case TestKind::no_load:
      return "pulses";
    case TestKind::interruption:
      return "kWh";
    default:
      return "%";
  }
}

std::string number(double value, TestKind kind) {
  char text[40];
  auto const* const format = kind == TestKind::starting || kind == TestKind::no_load ? "%.0f"
                             : kind == TestKind::per_kelvin                          ? "%+.5f"
                             : kind == TestKind::interruption                        ? "%+.6f"
                                                                                     : "%+.4f";
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string plain(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

/// Of which side a result must be.
enum class LimitSide : std::uint8_t { none, at_least, at_most, either };
LimitSide side_of(TestPoint const& point) {
  if (point.kind == TestKind::starting) {
    return LimitSide::at_least;
  }
  if (point.kind == TestKind::no_load) {
    return LimitSide::at_most;
  }
  return point.limit == 0 ? LimitSide::none : LimitSide::either;
}

std::string limit_text(TestPoint const& point) {
  constexpr std::array<char const*, 4> words{"-", "at least ", "at most ", "+-"};
  auto const side = side_of(point);
  auto const* const word = words[static_cast<std::size_t>(side)];
  return side == LimitSide::none ? word : word + plain(point.limit) + " " + std::string{units_of(point.kind)};
}

std::string found_text(TestResult const& result) {
  return std::isfinite(result.found)
             ? number(result.found, result.point.kind) + " " + std::string{units_of(result.point.kind)}
             : "no pulse: the meter registers nothing, or has no supply";
}

Verdict verdict_of(TestVerdict verdict) {
  return verdict == TestVerdict::pass             ? Verdict::pass
         : verdict == TestVerdict::fail           ? Verdict::fail
         : verdict == TestVerdict::not_applicable ? Verdict::not_applicable
                                                  : Verdict::recorded;
}

bool is_of(TestResult const& result, TestQuantity quantity) {
  auto const& point = result.point;
  return point.kind == TestKind::intrinsic && point.quantity == quantity &&
         point.load == TestLoad::balanced && point.clause == "intrinsic error" && std::isfinite(result.found);
}

/// The intrinsic errors of balanced load over the current, with the limits between the points.
Chart intrinsic_chart(std::vector<TestResult> const& results, TestQuantity quantity) {
  bool const is_reactive = quantity == TestQuantity::reactive_import;
  Chart chart;
  chart.title = std::string{"Intrinsic error, balanced load, "} + (is_reactive ? "R+" : "A+");
  chart.x.label = "current in A, secondary";
  chart.y.label = "error in %";
  chart.logarithmic_x = true;
  std::map<std::string, std::map<double, TestResult const*>> angles;  // by current
  for (auto const& result : results) {
    if (is_of(result, quantity)) {
      auto const& point = result.point;
      auto name = std::string{is_reactive ? "sin " : "cos "} + plain(point.factor);
      name += point.factor == 1.0 ? "" : point.capacitive ? " cap" : " ind";
      angles[name].emplace(point.current_a, &result);
    }
  }
  for (auto const& [name, points] : angles) {
    ChartSeries series{.name = name, .points = {}};
    ChartLimit limit{.name = "limit " + name, .steps = {}};
    for (auto at = points.begin(); at != points.end(); ++at) {
      series.points.push_back({at->first, at->second->found});
      auto const next = std::next(at);
      if (next == points.end()) {
        break;
      }
      auto const y = at->second->point.limit;
      if (!limit.steps.empty() && limit.steps.back().y == y) {
        limit.steps.back().x_to = next->first;
      } else {
        limit.steps.push_back({at->first, next->first, y});
      }
    }
    chart.series.push_back(std::move(series));
    auto const is_same = [&](ChartLimit const& other) {
      return std::equal(other.steps.begin(), other.steps.end(), limit.steps.begin(), limit.steps.end(),
                        [](auto const& a, auto const& b) {
                          return a.x_from == b.x_from && a.x_to == b.x_to && a.y == b.y;
                        });
    };
    auto const same = std::find_if(chart.limits.begin(), chart.limits.end(), is_same);
    if (same != chart.limits.end()) {
      same->name += ", " + name;
    } else if (!limit.steps.empty()) {
      chart.limits.push_back(std::move(limit));
    }
  }
  return chart;
}

/// One table for each clause, in the plan's order.
void add_tables(HtmlReport& report, std::vector<TestResult> const& results) {
  for (std::size_t n = 0; n < results.size();) {
    auto const& first = results[n].point;
    HtmlTable table{
        .caption = first.standard + ": " + first.clause,
        .columns =
            {{"point"}, {"limit", true}, {"grade"}, {"found", true}, {"uncertainty", true}, {"verdict"}},
        .rows = {}};
    for (; n < results.size() && results[n].point.clause == first.clause &&
           results[n].point.standard == first.standard;
         ++n) {
      auto const& result = results[n];
      auto const& point = result.point;
      table.rows.push_back({{text_of(point)},
                            {limit_text(point)},
                            {std::string{static_cast<char>(point.grade)}},
                            {found_text(result)},
                            {result.uncertainty == 0 ? "-" : plain(result.uncertainty)},
                            {point.not_applicable, verdict_of(result.verdict)}});
    }
    report.blocks.emplace_back(std::move(table));
  }
}

}  // namespace

DataTable type_test_table(std::vector<TestResult> const& results) {
  DataTable table{.columns = {"standard", "clause", "point", "limit_is", "limit", "unit", "grade", "found",
                              "uncertainty", "verdict", "reason"},
                  .rows = {}};
  constexpr std::array<char const*, 4> words{"pass", "fail", "recorded", "not_applicable"};
  constexpr std::array<char const*, 4> sides{"none", "at_least", "at_most", "magnitude"};
  for (auto const& result : results) {
    auto const& point = result.point;
    auto const side = side_of(point);
    auto const limit = side == LimitSide::none ? TableCell{} : TableCell{point.limit};
    table.rows.push_back(
        {point.standard, point.clause, text_of(point), std::string{sides[static_cast<std::size_t>(side)]},
         limit, std::string{units_of(point.kind)}, std::string{static_cast<char>(point.grade)}, result.found,
         result.uncertainty, std::string{words[static_cast<std::size_t>(result.verdict)]},
         point.not_applicable});
  }
  return table;
}

LabHead type_test_head(LabIdentity const& identity, TestPlan const& plan,
                       std::vector<TestResult> const& results) {
  bool const is_inside = std::none_of(results.begin(), results.end(),
                                      [](auto const& result) { return result.verdict == TestVerdict::fail; });
  return {.meters = {identity},
          .unit = "lines",
          .done = results.size(),
          .planned = plan.points.size(),
          .inside_limits = is_inside};
}

HtmlReport type_test_report(LabHead const& head, TestPlan const& plan,
                            std::vector<TestResult> const& results) {
  auto const count = [&](TestVerdict verdict) {
    return std::to_string(std::count_if(results.begin(), results.end(),
                                        [&](auto const& result) { return result.verdict == verdict; }));
  };
  auto report = begin_report(head, "Type test: " + plan.title);
  report.blocks.emplace_back(
      HtmlKeyValues{{{"lines", std::to_string(head.done) + " of " + std::to_string(head.planned)},
                     {"inside the limits", count(TestVerdict::pass)},
                     {"outside the limits", count(TestVerdict::fail)},
                     {"recorded, no limit", count(TestVerdict::recorded)},
                     {"measured, the limit does not apply", count(TestVerdict::not_applicable)}}});
  report.blocks.emplace_back(
      HtmlParagraph{"A simulated meter is judged: inside the limits means that the magnitude of what was "
                    "found and the expanded uncertainty "
                    "(k = 2) together stay within the limit. Grades: A two public sources, B one and "
                    "knowledge of the standard, C knowledge "
                    "only. This is no statement of conformity."});
  for (auto const quantity : {TestQuantity::active_import, TestQuantity::reactive_import}) {
    auto chart = intrinsic_chart(results, quantity);
    chart.subtitle = run_text(head);
    if (!chart.series.empty()) {
      report.blocks.emplace_back(HtmlFigure{std::move(chart), ""});
    }
  }
  add_tables(report, results);
  report.blocks.emplace_back(HtmlHeading{"Left out"});
  for (auto const& line : plan.left_out) {
    report.blocks.emplace_back(HtmlParagraph{line});
  }
  return report;
}

}  // namespace blondel
