#pragma once
/// The type test as a table for programs and as a report for people.

#include <vector>

#include <lab/type_test.hpp>
#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/lab_meter.hpp>

namespace blondel {

/// Lines of a type test as a table for programs.
[[nodiscard]] DataTable type_test_table(std::vector<TestResult> const& results);
/// The report that a person reads.
[[nodiscard]] HtmlReport type_test_report(LabIdentity const& identity, TestPlan const& plan,
                                          std::vector<TestResult> const& results);

}  // namespace blondel
