#include "xml_scanner.hpp"

#include <report/chart.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

using namespace blondel;

namespace {

// The plot of this chart, by hand from the layout. Left: 16 edge + 24 axis label + 4 characters of "-1.0" at
// 0.6 * 12 + 8 gap = 76.8. Right: 800 - 24 = 776. Top: 16 edge + 21 title + 8 = 45. Bottom: 500 - 44 numbers
// and label - 19 legend - 16 edge = 421. So x = 5 lies at 426.4 and y = 0 at 233.
Chart plain_chart() {
  Chart chart;
  chart.title = "Load";
  chart.x = {"I [A]", 0.0, 10.0, {}};
  chart.y = {"Error [%]", -1.0, 1.0, {}};
  chart.series = {{"cos 1", {{0.0, 0.5}, {5.0, 0.0}, {10.0, -0.5}}}};
  return chart;
}

xml::Document drawn(Chart const& chart) {
  auto document = xml::scan(to_svg(chart));
  REQUIRE(document.fault == "");
  return document;
}

std::vector<std::string> lines_of(xml::Document const& document) {
  std::vector<std::string> all;
  for (auto const& line : xml::find(document, "polyline")) {
    all.push_back(line.attributes.at("points"));
  }
  return all;
}

bool has_text(xml::Document const& document, std::string const& text) {
  auto const all = xml::texts(document, "text");
  return std::find(all.begin(), all.end(), text) != all.end();
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("report: the tests' scanner knows what is not well-formed") {
  CHECK(xml::scan("<a b=\"1\"><c/>x &amp; y</a>").fault == "");
  for (auto const* text : {"<a>", "<a></b>", "<a b=1/>", "<a b=\"1\" b=\"2\"/>", "<a>&nbsp;</a>",
                           "<a>\x01</a>", "<a b=\"<\"/>", "<a/><b/>", "<a/>text", "<a", "</a>"}) {
    INFO(text);
    CHECK(xml::scan(text).fault != "");
  }
}

TEST_CASE("report: points lie where the axes say") {
  auto const document = drawn(plain_chart());
  CHECK(lines_of(document) == Lines{"76.80,139.00 426.40,233.00 776.00,327.00"});
  auto const markers = xml::find(document, "circle");
  REQUIRE(markers.size() == 4);  // three points and the legend
  CHECK(markers[1].attributes.at("cx") == "426.40");
  CHECK(markers[1].attributes.at("cy") == "233.00");
  CHECK(markers[1].attributes.at("fill") == "#0072b2");
}

TEST_CASE("report: charts that belong together stand below each other in one document") {
  std::vector<Chart> const panels{plain_chart(), plain_chart()};
  auto const document = xml::scan(to_svg(panels));
  REQUIRE(document.fault == "");
  auto const drawings = xml::find(document, "svg");
  REQUIRE(drawings.size() == 3);
  CHECK(drawings[0].attributes.at("viewBox") == "0 0 800 1000");
  CHECK(drawings[1].attributes.at("y") == "0");
  CHECK(drawings[2].attributes.at("y") == "500");
  CHECK(lines_of(document) ==
        Lines{"76.80,139.00 426.40,233.00 776.00,327.00", "76.80,139.00 426.40,233.00 776.00,327.00"});
  CHECK(to_svg(std::span{panels}.first(1)) == to_svg(panels[0]));
}

TEST_CASE("report: on a logarithmic axis equal ratios are equal lengths") {
  auto chart = plain_chart();
  chart.logarithmic_x = true;
  chart.x = {"I [A]", 0.1, 10.0, {}};
  chart.series = {{"cos 1", {{0.1, 0.0}, {1.0, 0.0}, {10.0, 0.0}}}};
  auto const document = drawn(chart);
  CHECK(lines_of(document) == Lines{"76.80,233.00 426.40,233.00 776.00,233.00"});
  CHECK(has_text(document, "0.5"));
}

TEST_CASE("report: the drawing has the size, name and words of its chart") {
  auto chart = plain_chart();
  chart.subtitle = "blondel 0.1.0, seed 7";
  auto const document = drawn(chart);
  REQUIRE(!document.elements.empty());
  CHECK(document.elements[0].name == "svg");
  CHECK(document.elements[0].attributes.at("viewBox") == "0 0 800 500");
  REQUIRE(!xml::texts(document, "title").empty());
  CHECK(xml::texts(document, "title").front() == "Load");
  for (auto const* text : {"Load", "blondel 0.1.0, seed 7", "I [A]", "Error [%]", "cos 1", "10",
                           "\xE2\x88\x92"
                           "1.0"}) {
    INFO(text);
    CHECK(has_text(document, text));
  }
}

TEST_CASE("report: a line is cut at the plot and a value beyond it is an arrow with its number") {
  auto chart = plain_chart();
  chart.series = {{"cos 1", {{0.0, 0.0}, {5.0, -2.0}, {10.0, 0.0}}}};
  auto const document = drawn(chart);
  // By hand: the note takes another 15, so the plot ends at 406, y = 0 lies at 225.5; -1 is half of the way
  // to -2.
  CHECK(lines_of(document) == Lines{"76.80,225.50 251.60,406.00", "601.20,406.00 776.00,225.50"});
  auto const arrows = xml::find(document, "polygon");
  REQUIRE(arrows.size() == 1);
  CHECK(arrows[0].attributes.at("points") == "426.40,404.00 431.40,395.00 421.40,395.00");
  CHECK(has_text(document,
                 "\xE2\x88\x92"
                 "2"));
  CHECK(has_text(document, "1 value lies above or below the axis: see the arrows."));
}

TEST_CASE("report: what given axes leave out is said below the chart") {
  auto chart = plain_chart();
  chart.series[0].points.push_back({11.0, 0.0});
  chart.series[0].points.push_back({12.0, 0.0});
  chart.series.push_back({"cos 0.5 ind", {}});
  chart.limits = {{"class 2", {{0.0, 10.0, 2.0}}}};
  chart.marks = {{60.0, "Imax"}};
  auto const document = drawn(chart);
  CHECK(has_text(document, "2 values lie left or right of the axis and cannot be seen."));
  CHECK(has_text(document, "Limit class 2 lies outside the axes."));
  CHECK(!has_text(document, "class 2"));
  CHECK(has_text(document, "Mark Imax lies outside the axis."));
  CHECK(has_text(document, "Series cos 0.5 ind has no values."));
}

TEST_CASE("report: a limit is a staircase on both sides with its name once") {
  auto chart = plain_chart();
  chart.series.clear();
  chart.limits = {{"class C", {{0.0, 5.0, 1.0}, {5.0, 10.0, 0.5}}}};
  auto const document = drawn(chart);
  // By hand: the name takes 7 * 0.6 * 11 + 20 = 66.2 at the right, the plot ends at 733.8, its middle is
  // 405.3; without a legend it ends at 440, so y = 0 lies at 242.5.
  CHECK(lines_of(document) == Lines{"76.80,45.00 405.30,45.00 405.30,143.75 733.80,143.75",
                                    "76.80,440.00 405.30,440.00 405.30,341.25 733.80,341.25"});
  auto const words = xml::texts(document, "text");
  CHECK(std::count(words.begin(), words.end(), "class C") == 1);
  auto const bands = xml::find(document, "rect", "fill-opacity", "0.09");
  REQUIRE(bands.size() == 2);
  CHECK(bands[1].attributes.at("y") == "143.75");
  CHECK(bands[1].attributes.at("height") == "197.50");
}

TEST_CASE("report: a limit with a gap is interrupted there") {
  auto chart = plain_chart();
  chart.series.clear();
  chart.limits = {{"class C", {{0.0, 4.0, 1.0}, {5.0, 10.0, 0.5}}}};
  CHECK(lines_of(drawn(chart)).size() == 4);
}

TEST_CASE("report: a limit with a colour has no band, and lines are as wide as they are told") {
  auto chart = plain_chart();
  chart.series[0].width_px = 4.8;
  chart.limits = {{.name = "C", .steps = {{0.0, 10.0, 0.5}}, .colour = 2, .dotted = true, .width_px = 3.0}};
  auto const document = drawn(chart);
  std::vector<std::string> widths;
  for (auto const& line : xml::find(document, "polyline")) {
    widths.push_back(line.attributes.at("stroke") + " " + line.attributes.at("stroke-width"));
  }
  CHECK(widths == std::vector<std::string>{"#009e73 3", "#009e73 3", "#0072b2 4.8"});
  for (auto const& box : xml::find(document, "rect")) {
    CHECK(box.attributes.count("fill-opacity") == 0);
  }
}

TEST_CASE("report: names of limits that meet stand apart") {
  auto chart = plain_chart();
  chart.limits = {{"class C", {{0.0, 10.0, 0.5}}}, {"class 0.5S", {{0.0, 10.0, 0.5}}}};
  std::vector<std::string> heights;
  for (auto const& text : xml::find(drawn(chart), "text", "font-size", "11")) {
    heights.push_back(text.attributes.at("y"));
  }
  CHECK(heights == Lines{"143.00", "156.00"});  // 139 + 4 to the middle of the letters, and one row of 13
}

TEST_CASE("report: the axes of their own hold points and limits") {
  auto chart = plain_chart();
  chart.x = {"I [A]", {}, {}, {}};
  chart.y = {"Error [%]", {}, {}, {}};
  chart.logarithmic_x = true;
  chart.series = {{"cos 1", {{0.05, 0.01}, {6.0, -0.01}}}};
  chart.limits = {{"class C", {{0.05, 6.0, 0.5}}}};
  auto const document = drawn(chart);
  CHECK(has_text(document, "0.6"));
  CHECK(!has_text(document, "0.8"));
  CHECK(has_text(document, "0.05"));
  CHECK(xml::find(document, "polygon").empty());  // no arrows
}

TEST_CASE("report: a mark is a dotted line with its label, and close labels stand above each other") {
  auto chart = plain_chart();
  chart.marks = {{5.0, "In"}, {5.2, "Imax"}};
  auto const document = drawn(chart);
  auto const lines = xml::find(document, "line", "class", "b-mark");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].attributes.at("x1") == "426.40");
  auto const labels = xml::find(document, "text", "font-size", "11");
  REQUIRE(labels.size() == 2);
  // Two rows of 15 move the plot to 75; 5 above it, and one row higher.
  CHECK(labels[0].attributes.at("y") == "70.00");
  CHECK(labels[1].attributes.at("y") == "55.00");
}

TEST_CASE("report: a single point is marked even without markers") {
  auto chart = plain_chart();
  chart.series = {{"cos 1", {{5.0, 0.0}}, {}, false}};
  auto const document = drawn(chart);
  CHECK(lines_of(document).empty());
  CHECK(xml::find(document, "circle").size() == 2);
}

TEST_CASE("report: seven series have seven colours and shapes, and a legend that leaves the plot alone") {
  auto chart = plain_chart();
  chart.series.clear();
  for (int n = 0; n < 7; ++n) {
    chart.series.push_back(
        {"I = 20 Itr, cos 0.5 ind, number " + std::to_string(n), {{0.0, 0.1 * n}, {1.0, 0.1 * n}}});
  }
  auto const document = drawn(chart);
  std::vector<std::string> colours;
  for (auto const& line : xml::find(document, "polyline")) {
    colours.push_back(line.attributes.at("stroke"));
  }
  CHECK(colours == Lines{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"});
  auto const frames = xml::find(document, "rect", "class", "b-ink-line");
  REQUIRE(frames.size() == 1);
  double const plot_bottom =
      std::stod(frames[0].attributes.at("y")) + std::stod(frames[0].attributes.at("height"));
  for (auto const& text : xml::find(document, "text")) {
    if (text.text.starts_with("I = ")) {
      CHECK(std::stod(text.attributes.at("y")) > plot_bottom + 40.0);
      CHECK(std::stod(text.attributes.at("y")) < 500.0);
    }
  }
}

TEST_CASE("report: a legend that needs more room makes the drawing higher, never the plot flat") {
  auto chart = plain_chart();
  chart.series.assign(60, {"a series with a name that fills half a row", {{1.0, 0.0}}});
  auto const document = drawn(chart);
  REQUIRE(!document.elements.empty());
  CHECK(std::stod(document.elements[0].attributes.at("height")) > 800.0);
  auto const frames = xml::find(document, "rect", "class", "b-ink-line");
  REQUIRE(frames.size() == 1);
  CHECK(std::stod(frames[0].attributes.at("height")) >= 220.0);
}

TEST_CASE("report: hostile words stay words") {
  auto chart = plain_chart();
  chart.title = "<script>alert(1)</script> & \"\xFF\"";
  chart.series[0].name = "</svg><a>";
  chart.marks = {{5.0, "'\x02'"}};
  auto const document = drawn(chart);
  CHECK(xml::find(document, "script").empty());
  CHECK(has_text(document, "</svg><a>"));
}

TEST_CASE("report: the same chart gives the same octets") {
  CHECK(to_svg(plain_chart()) == to_svg(plain_chart()));
}

TEST_CASE("report: a chart without anything is an empty plot") {
  auto const document = drawn(Chart{});
  CHECK(xml::find(document, "rect", "class", "b-ink-line").size() == 1);
}

TEST_CASE("report: values of any size stay inside the drawing") {
  auto chart = plain_chart();
  chart.series = {{"cos 1", {{-1e12, 1e12}, {1e12, -1e12}, {3.0, 1e12}}}};
  chart.limits = {{"wide", {{-1e12, 1e12, 1e12}}}};
  for (auto const& points : lines_of(drawn(chart))) {
    CHECK(points.size() < 200);
    CHECK(points.find("000000") == std::string::npos);
  }
}

TEST_CASE("report: a chart with a fault is refused with place and what is allowed") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  struct Row {
    char const* name;
    void (*spoil)(Chart&, double);
    char const* fault;
  };
  Row const rows[] = {
      {"value", [](Chart& chart, double bad) { chart.series[0].points[2].y = bad; },
       "series 1 'cos 1' point 3 y is not finite, allowed are numbers from -1e12 to 1e12"},
      {"place", [](Chart& chart, double bad) { chart.series[0].points[0].x = bad; },
       "series 1 'cos 1' point 1 x is not finite, allowed are numbers from -1e12 to 1e12"},
      {"logarithm of nothing",
       [](Chart& chart, double) {
         chart.logarithmic_x = true;
         chart.x.min = 0.05;
       },
       "series 1 'cos 1' point 1 x is 0, allowed on a logarithmic axis are numbers from 1e-12 to 1e12"},
      {"limit",
       [](Chart& chart, double bad) {
         chart.limits = {{"C", {{0.0, 1.0, bad}}}};
       },
       "limit 1 'C' step 1 y is not finite, allowed are numbers from -1e12 to 1e12"},
      {"negative limit",
       [](Chart& chart, double) {
         chart.limits = {{"C", {{0.0, 1.0, -0.5}}}};
       },
       "limit 1 'C' step 1 y is -0.5, allowed are numbers from 0"},
      {"limit backwards",
       [](Chart& chart, double) {
         chart.limits = {{"C", {{1.0, 1.0, 0.5}}}};
       },
       "limit 1 'C' step 1 runs from 1 to 1, allowed is an end above the start"},
      {"limit overlapping",
       [](Chart& chart, double) {
         chart.limits = {{"C", {{0.0, 2.0, 1.0}, {1.0, 3.0, 0.5}}}};
       },
       "limit 1 'C' step 2 starts at 1, allowed are numbers from 2, where the step before it ends"},
      {"mark",
       [](Chart& chart, double bad) {
         chart.marks = {{1.0, "In"}, {bad, "Imax"}};
       },
       "mark 2 'Imax' is not finite, allowed are numbers from -1e12 to 1e12"},
      {"axis", [](Chart& chart, double) { chart.y.max = -2.0; },
       "y axis runs from -1 to -2, allowed is a max above the min"},
  };
  for (auto const& row : rows) {
    INFO(row.name);
    auto chart = plain_chart();
    row.spoil(chart, nan);
    CHECK(fault_of(chart) == row.fault);
    auto const document = drawn(chart);
    CHECK(lines_of(document).empty());
    REQUIRE(xml::texts(document, "text").size() >= 2);
    CHECK(xml::texts(document, "text")[1].starts_with("Not drawn: "));
  }
  CHECK(fault_of(plain_chart()).empty());
}
