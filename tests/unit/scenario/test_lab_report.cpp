#include <catch2/catch.hpp>

#include <limits>

#include <scenario/lab_report.hpp>

using namespace blondel;
using Catch::Contains;

namespace {

TestResult result_of(TestKind kind, double current_a, double limit, double found) {
  TestPoint point;
  point.standard = "S";
  point.clause = kind == TestKind::intrinsic ? "intrinsic error" : "other";
  point.kind = kind;
  point.current_a = current_a;
  point.limit = limit;
  return {.point = point, .found = found, .uncertainty = 0.0, .verdict = TestVerdict::pass};
}

}  // namespace

TEST_CASE("lab report: a limit says of which side a result must be, and nothing where there is none") {
  auto const nothing = std::numeric_limits<double>::quiet_NaN();
  std::vector<TestResult> const results{
      result_of(TestKind::starting, 0.005, 2, 3), result_of(TestKind::no_load, 0, 1, 0),
      result_of(TestKind::variation, 5, 0, 0.01), result_of(TestKind::variation, 5, 0.5, nothing)};
  auto const json = json_text(type_test_table(results));
  CHECK_THAT(json,
             Contains("\"limit_is\": \"at_least\",\n    \"limit\": 2.0,\n    \"unit\": \"pulses\"") &&
                 Contains("\"limit_is\": \"at_most\",\n    \"limit\": 1.0,\n    \"unit\": \"pulses\"") &&
                 Contains("\"limit_is\": \"none\",\n    \"limit\": null") &&
                 Contains("\"limit_is\": \"magnitude\",\n    \"limit\": 0.5"));
  auto const html = to_html(type_test_report({}, {.title = "t", .points = {}, .left_out = {}}, results));
  CHECK_THAT(html, Contains("at least 2 pulses") && Contains("at most 1 pulses") && Contains("+-0.5 %") &&
                       Contains("no pulse: the meter registers nothing, or has no supply") &&
                       !Contains("nan"));
}

TEST_CASE("lab report: intrinsic errors stand in a chart with the limits between their points") {
  std::vector<TestResult> const results{result_of(TestKind::intrinsic, 0.05, 1.0, 0.1),
                                        result_of(TestKind::intrinsic, 0.25, 0.5, 0.02),
                                        result_of(TestKind::intrinsic, 5, 0.5, 0.01)};
  auto const html = to_html(type_test_report({}, {.title = "t", .points = {}, .left_out = {}}, results));
  CHECK_THAT(html, Contains("Intrinsic error, balanced load, A+") && Contains("limit cos 1") &&
                       !Contains("balanced load, R+"));
}
