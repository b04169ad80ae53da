#include <report/table.hpp>

#include <catch2/catch.hpp>

#include <limits>

#include <nlohmann/json.hpp>

using namespace blondel;

namespace {

DataTable mixed_table() {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  return {{"name", "count", "error_percent"},
          {{"cos 1, L1", std::int64_t{-3}, 0.1}, {"short"}, {"long", {}, nan, 1e-7}}};
}

}  // namespace

TEST_CASE("report: a table as CSV has its columns first and loses no cell") {
  CHECK(csv_text(mixed_table()) ==
        "name,count,error_percent,column_4\r\n\"cos 1, L1\",-3,0.1,\r\nshort,,,\r\nlong,,,0.0000001\r\n");
}

TEST_CASE("report: a table as JSON has an object a row with its keys in order") {
  CHECK(json_text(json_of({{"b", "a"}, {{1.5, "x"}, {std::int64_t{2}}}})) ==
        "[\n  {\n    \"b\": 1.5,\n    \"a\": \"x\"\n  },\n  {\n    \"b\": 2,\n    \"a\": null\n  }\n]\n");
  CHECK(json_text(json_of(mixed_table())).find("\"error_percent\": null") != std::string::npos);
  CHECK(json_text(json_of(DataTable{{"a"}, {}})) == "[]\n");
}

TEST_CASE("report: a chart's table has points, limits and marks, also those the axes cut off") {
  Chart chart;
  chart.x.max = 1.0;
  chart.series = {{"cos 1", {{0.05, 0.0884}, {5.0, -0.001}}}};
  chart.limits = {{"class C", {{0.25, 6.0, 0.5}}}};
  chart.marks = {{5.0, "In"}};
  CHECK(csv_text(table_of(chart)) ==
        "kind,name,x,x_to,y\r\nseries,cos 1,0.05,,0.0884\r\nseries,cos 1,5,,-0.001\r\n"
        "limit,class C,0.25,6,0.5\r\nmark,In,5,,\r\n");
}

TEST_CASE("report: a histogram's table has each value in its order") {
  Histogram lot;
  lot.values = {0.2, -0.1};
  lot.limits = {{0.5, "class C"}};
  CHECK(csv_text(table_of(lot)) == "kind,name,x\r\nvalue,,0.2\r\nvalue,,-0.1\r\nlimit,class C,0.5\r\n");
}
