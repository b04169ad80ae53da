#include <scenario/lab_report.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

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

Verdict verdict_of(TestVerdict verdict) {
  return verdict == TestVerdict::pass   ? Verdict::pass
         : verdict == TestVerdict::fail ? Verdict::fail
                                        : Verdict::recorded;
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
      auto const unit = " " + std::string{units_of(point.kind)};
      table.rows.push_back(
          {{text_of(point)},
           {point.limit == 0 && point.kind != TestKind::no_load ? "-" : plain(point.limit) + unit},
           {std::string{static_cast<char>(point.grade)}},
           {number(result.found, point.kind) + unit},
           {result.uncertainty == 0 ? "-" : plain(result.uncertainty)},
           {"", verdict_of(result.verdict)}});
    }
    report.blocks.emplace_back(std::move(table));
  }
}

}  // namespace

DataTable type_test_table(std::vector<TestResult> const& results) {
  DataTable table{
      .columns = {"standard", "clause", "point", "limit", "unit", "grade", "found", "uncertainty", "verdict"},
      .rows = {}};
  constexpr std::array<char const*, 3> words{"pass", "fail", "recorded"};
  for (auto const& result : results) {
    auto const& point = result.point;
    table.rows.push_back({point.standard, point.clause, text_of(point), point.limit,
                          std::string{units_of(point.kind)}, std::string{static_cast<char>(point.grade)},
                          result.found, result.uncertainty,
                          std::string{words[static_cast<std::size_t>(result.verdict)]}});
  }
  return table;
}

HtmlReport type_test_report(LabIdentity const& identity, TestPlan const& plan,
                            std::vector<TestResult> const& results) {
  auto const count = [&](TestVerdict verdict) {
    return std::to_string(std::count_if(results.begin(), results.end(),
                                        [&](auto const& result) { return result.verdict == verdict; }));
  };
  HtmlReport report{.title = "Type test: " + plan.title, .subtitle = text_of(identity), .blocks = {}};
  report.blocks.emplace_back(
      HtmlKeyValues{{{"lines", std::to_string(results.size()) + " of " + std::to_string(plan.points.size())},
                     {"inside the limits", count(TestVerdict::pass)},
                     {"outside the limits", count(TestVerdict::fail)},
                     {"recorded, no limit", count(TestVerdict::recorded)}}});
  report.blocks.emplace_back(
      HtmlParagraph{"A simulated meter is judged: inside the limits means that the magnitude of what was "
                    "found and the expanded uncertainty "
                    "(k = 2) together stay within the limit. Grades: A two public sources, B one and "
                    "knowledge of the standard, C knowledge "
                    "only. This is no statement of conformity."});
  add_tables(report, results);
  report.blocks.emplace_back(HtmlHeading{"Left out"});
  for (auto const& line : plan.left_out) {
    report.blocks.emplace_back(HtmlParagraph{line});
  }
  return report;
}

}  // namespace blondel
