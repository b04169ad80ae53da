#include <catch2/catch.hpp>

#include <limits>

#include <nlohmann/json.hpp>

#include <scenario/lab_bench_reports.hpp>
#include <scenario/lab_lot_report.hpp>
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

LabHead head(std::size_t done, std::size_t planned) {
  LabIdentity const identity{.type_number = "68535CC453010",
                             .model = "k351c_four_wire_class_c",
                             .data_sheet = DataSheet::english,
                             .version = "0.1.0",
                             .seed = 18'446'744'073'709'551'615U,
                             .ideal_bench = true};
  return {.meters = {identity}, .unit = "lines", .done = done, .planned = planned, .inside_limits = true};
}

std::string const whole =
    "68535CC453010, model k351c_four_wire_class_c, English data sheet, blondel 0.1.0, seed "
    "18446744073709551615, ideal bench";

}  // namespace

TEST_CASE("lab head: a CSV file names in each row the meter, its model, the program and the seed") {
  DataTable const table{.columns = {"a", "b"}, .rows = {{1.5, "x"}, {2.0}}};
  CHECK(csv_text(head(2, 2), table) == "a,b,run\r\n1.5,x,\"" + whole + "\"\r\n2,,\"" + whole + "\"\r\n");
  CHECK(csv_text(head(2, 5), table) == "a,b,run\r\n1.5,x,\"" + whole +
                                           ", interrupted: 2 of 5 lines\"\r\n2,,\"" + whole +
                                           ", interrupted: 2 of 5 lines\"\r\n");
}

TEST_CASE("lab head: a JSON file says where it comes from, how far it came, and the verdict on the whole") {
  auto const json = [](LabHead const& of) {
    return nlohmann::json::parse(json_text(of, "lines", nlohmann::ordered_json::array({7})));
  };
  CHECK(json(head(2, 2)) == nlohmann::json::parse(R"({"version": "0.1.0", "type_number": "68535CC453010",
    "model": "k351c_four_wire_class_c", "data_sheet": "en", "seed": 18446744073709551615, "ideal_bench": true,
    "interrupted": false, "lines_done": 2, "lines_planned": 2, "verdict": "pass", "lines": [7]})"));
  // The comparison above takes a seed of -1 for the same.
  CHECK_THAT(json_text(head(2, 2), "lines", {}), Contains("\"seed\": 18446744073709551615,"));
  auto failed = head(2, 2);
  failed.inside_limits = false;
  CHECK(json(failed).at("verdict") == "fail");
  auto unjudged = head(2, 2);
  unjudged.inside_limits.reset();
  CHECK(json(unjudged).at("verdict").is_null());
  auto half = head(2, 5);
  half.inside_limits = false;
  CHECK(json(half).at("interrupted") == true);
  CHECK(json(half).at("lines_planned") == 5);
  CHECK(json(half).at("verdict").is_null());
}

TEST_CASE("lab head: meters that share a result are all named") {
  auto both = head(4, 4);
  both.meters.push_back(both.meters.front());
  both.meters.back().type_number = "68535BC453010";
  both.meters.back().model = "k351c_four_wire_class_b";
  CHECK(run_text(both) ==
        "68535CC453010, model k351c_four_wire_class_c; 68535BC453010, model k351c_four_wire_class_b; "
        "English data sheet, blondel 0.1.0, seed 18446744073709551615, ideal bench");
  auto const json = nlohmann::json::parse(json_text(both, "charts", {}));
  CHECK(json.at("meters").at(1).at("model") == "k351c_four_wire_class_b");
  CHECK_FALSE(json.contains("model"));
}

TEST_CASE("lab report: of half a type test the page says so first, and that there is no verdict") {
  std::vector<TestResult> const results{result_of(TestKind::intrinsic, 0.05, 1.0, 0.1)};
  TestPlan plan{.title = "t", .points = {results[0].point, results[0].point}, .left_out = {}};
  auto const half = type_test_head({}, plan, results);
  auto const html = to_html(type_test_report(half, plan, results));
  auto const notice = html.find("This is not the whole: interrupted: 1 of 2 lines, no verdict.");
  REQUIRE(notice != std::string::npos);
  CHECK(notice < html.find("<table"));
  plan.points.pop_back();
  auto const done = type_test_head({}, plan, results);
  CHECK_THAT(to_html(type_test_report(done, plan, results)), !Contains("interrupted"));
}

TEST_CASE("lab report: of half the sensitivities, or half a lot, there is no verdict") {
  SensitivityLine line;
  line.agrees = true;
  auto const some = sensitivity_head({}, {line});
  CHECK(some.planned == 288);  // 24 parts, 6 points, drift and spread
  CHECK(some.inside_limits == true);
  CHECK_FALSE(some.verdict().has_value());
  CHECK_THAT(to_html(sensitivity_report({}, some)), Contains("interrupted: 1 of 288 lines, no verdict."));
  LotMember const member{.number = 0, .error_pct = {}, .released = true, .accepted = false};
  LotResult lot{.points = {}, .members = {member}, .wanted = 2};
  CHECK_FALSE(lot_head({}, lot).verdict().has_value());
  CHECK_THAT(to_html(lot_report(lot, lot_head({}, lot))),
             Contains("interrupted: 1 of 2 meters, no verdict."));
  lot.wanted = 1;
  CHECK(lot_head({}, lot).verdict() == false);
}

TEST_CASE("lab report: a line whose limit does not apply is shown with its reason and judges nothing") {
  auto result = result_of(TestKind::variation, 5, 1.0, std::numeric_limits<double>::quiet_NaN());
  result.point.not_applicable = "the meter is off";
  result.verdict = TestVerdict::not_applicable;
  TestPlan const plan{.title = "t", .points = {result.point}, .left_out = {}};
  CHECK(type_test_head({}, plan, {result}).verdict() == true);
  CHECK_THAT(to_html(type_test_report(type_test_head({}, plan, {result}), plan, {result})),
             Contains("not applicable</span> the meter is off"));
  CHECK_THAT(csv_text(type_test_table({result})), Contains(",not_applicable,the meter is off\r\n"));

  SensitivityLine line;
  CHECK(is_apart(line));
  line.not_applicable = "whole samples";
  CHECK_FALSE(is_apart(line));
  CHECK(sensitivity_head({}, {line}).inside_limits == true);
  CHECK_THAT(to_html(sensitivity_report({line}, sensitivity_head({}, {line}))),
             Contains("not applicable</span> whole samples"));
  CHECK_THAT(csv_text(sensitivity_table({line})), Contains(",not_applicable,whole samples\r\n"));
}

TEST_CASE("lab report: a meter of a lot without a reading is named and has no part in the figures") {
  auto const nan = std::numeric_limits<double>::quiet_NaN();
  LotResult const lot{.points = {LotPoint{}},
                      .members = {{.number = 0, .error_pct = {0.1}, .released = true, .accepted = true},
                                  {.number = 1, .error_pct = {nan}},
                                  {.number = 2, .error_pct = {0.3}, .released = true, .accepted = true}},
                      .wanted = 3};
  auto const text = lot_text(lot);
  // mean of 0.1 and 0.3; n - 1: root of 0.02
  CHECK_THAT(text, Contains("+0.2000   0.1414  +0.3000") && Contains("no reading: 1: number 1\n") &&
                       Contains(": 2 of 3, 66.7 %") && !Contains("nan"));
  auto const json = json_of(lot_table(lot));
  CHECK(json.at(0).at("meters") == 3);
  CHECK(json.at(0).at("no_reading") == 1);
  CHECK_THAT(csv_text(lot_members_table(lot)), Contains("\r\n1,no,no,yes,\r\n"));
  auto const head = lot_head({}, lot);
  CHECK(lot_histograms(lot, head).front().second.values == std::vector{0.1, 0.3});
  CHECK_THAT(to_html(lot_report(lot, head)), Contains("1: number 1"));
}

TEST_CASE("lab report: a limit says of which side a result must be, and nothing where there is none") {
  auto const nothing = std::numeric_limits<double>::quiet_NaN();
  std::vector<TestResult> const results{
      result_of(TestKind::starting, 0.005, 2, 3), result_of(TestKind::no_load, 0, 1, 0),
      result_of(TestKind::variation, 5, 0, 0.01), result_of(TestKind::variation, 5, 0.5, nothing)};
  auto const json = json_text(json_of(type_test_table(results)));
  CHECK_THAT(json,
             Contains("\"limit_is\": \"at_least\",\n    \"limit\": 2.0,\n    \"unit\": \"pulses\"") &&
                 Contains("\"limit_is\": \"at_most\",\n    \"limit\": 1.0,\n    \"unit\": \"pulses\"") &&
                 Contains("\"limit_is\": \"none\",\n    \"limit\": null") &&
                 Contains("\"limit_is\": \"magnitude\",\n    \"limit\": 0.5"));
  auto const html =
      to_html(type_test_report(head(4, 4), {.title = "t", .points = {}, .left_out = {}}, results));
  CHECK_THAT(html, Contains("at least 2 pulses") && Contains("at most 1 pulses") && Contains("+-0.5 %") &&
                       Contains("no pulse: the meter registers nothing, or has no supply") &&
                       !Contains("nan"));
}

TEST_CASE("lab report: intrinsic errors stand in a chart with the limits between their points") {
  std::vector<TestResult> const results{result_of(TestKind::intrinsic, 0.05, 1.0, 0.1),
                                        result_of(TestKind::intrinsic, 0.25, 0.5, 0.02),
                                        result_of(TestKind::intrinsic, 5, 0.5, 0.01)};
  auto const html =
      to_html(type_test_report(head(3, 3), {.title = "t", .points = {}, .left_out = {}}, results));
  CHECK_THAT(html, Contains("Intrinsic error, balanced load, A+") && Contains("limit cos 1") &&
                       !Contains("balanced load, R+"));
}
