#pragma once
/// The type test as a table for programs and as a report for people.

#include <vector>

#include <lab/type_test.hpp>
#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/lab_head.hpp>

namespace blondel {

/// Lines done of those planned, and whether one is outside its limit.
[[nodiscard]] LabHead type_test_head(LabIdentity const& identity, TestPlan const& plan,
                                     std::vector<TestResult> const& results);
/// Lines of a type test as a table for programs.
[[nodiscard]] DataTable type_test_table(std::vector<TestResult> const& results);
/// The report that a person reads.
[[nodiscard]] HtmlReport type_test_report(LabHead const& head, TestPlan const& plan,
                                          std::vector<TestResult> const& results);

}  // namespace blondel
