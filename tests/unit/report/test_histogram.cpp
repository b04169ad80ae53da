#include "xml_scanner.hpp"

#include <report/histogram.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace blondel;

namespace {

Histogram small_lot() {
  Histogram lot;
  lot.title = "Lot";
  lot.x = {"Error [%]", -0.5, 0.5, {}};
  lot.y_label = "Meters";
  lot.values = {0.05, 0.1, -0.2, 0.12, 0.19};
  lot.bin_width = 0.1;
  return lot;
}

xml::Document drawn(Histogram const& lot) {
  auto document = xml::scan(to_svg(lot));
  REQUIRE(document.fault == "");
  return document;
}

bool has_text(xml::Document const& document, std::string const& text) {
  auto const all = xml::texts(document, "text");
  return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

TEST_CASE("report: a value on an edge belongs to the bin above it") {
  auto lot = small_lot();
  lot.values.push_back(0.3);  // 0.3 / 0.1 is less than 3 in doubles
  auto const bins = bins_of(lot);
  std::vector<std::size_t> counts;
  for (auto const& bin : bins) {
    counts.push_back(bin.count);
  }
  CHECK(counts == std::vector<std::size_t>{1, 0, 1, 3, 0, 1});
  REQUIRE(!bins.empty());
  CHECK(bins.front().from == -0.2);
}

TEST_CASE("report: without a width the bins follow the root of the number of values") {
  auto lot = small_lot();
  lot.bin_width.reset();
  lot.values.clear();
  for (int n = 0; n < 100; ++n) {
    lot.values.push_back(0.01 * n);
  }
  // By hand: 0.99 over 10 bins is 0.099, the round number below is 0.05: 20 bins of 5 values.
  auto const bins = bins_of(lot);
  REQUIRE(bins.size() == 20);
  CHECK(std::all_of(bins.begin(), bins.end(), [](auto const& bin) { return bin.count == 5; }));
}

TEST_CASE("report: bars stand on their bins and the worst value is marked") {
  auto lot = small_lot();
  lot.limits = {{-0.4, "-0.4"}, {0.4, "0.4"}};
  auto const document = drawn(lot);
  auto const bars = xml::find(document, "rect", "fill", "#0072b2");
  REQUIRE(bars.size() == 3);
  // By hand: left 16 + 24 + 1 character at 7.2 + 8 = 55.2, right 776, so 0.1 is 72.08 wide; the last bar runs
  // from 0.1 to 0.2, half a pixel in from each side. Counts go to 4; top 60, bottom 500 - 75 = 425.
  CHECK(bars[2].attributes.at("x") == "488.18");
  CHECK(bars[2].attributes.at("width") == "71.08");
  CHECK(bars[2].attributes.at("y") == "151.25");
  CHECK(bars[2].attributes.at("height") == "273.75");
  CHECK(has_text(document,
                 "worst \xE2\x88\x92"
                 "0.2"));
  CHECK(xml::find(document, "line", "class", "b-l0").size() == 2);
}

TEST_CASE("report: the lot is described in numbers") {
  // By hand: sum 0.26 of 5; squares about 0.052: 0.000004 + 0.002304 + 0.063504 + 0.004624 + 0.019044 =
  // 0.08948, over 4 and the root of it: 0.14957.
  CHECK(has_text(drawn(small_lot()),
                 "n = 5, mean 0.052, standard deviation 0.15, from \xE2\x88\x92"
                 "0.2 to 0.19"));
}

TEST_CASE("report: a lot of one, of equals or of none can be drawn") {
  auto lot = small_lot();
  lot.bin_width.reset();
  lot.values = {0.1};
  REQUIRE(bins_of(lot).size() == 1);
  CHECK(bins_of(lot)[0].from == Approx(0.1).margin(1e-12));  // ten times 0.01 in doubles
  CHECK(bins_of(lot)[0].to == Approx(0.11).margin(1e-12));
  CHECK(has_text(drawn(lot), "n = 1, mean 0.1, from 0.1 to 0.1"));
  lot.values = {0.0, 0.0, 0.0};
  REQUIRE(bins_of(lot).size() == 1);
  CHECK(bins_of(lot)[0].to == 1.0);
  lot.values.clear();
  CHECK(bins_of(lot).empty());
  CHECK(has_text(drawn(lot), "No values."));
}

TEST_CASE("report: members of a lot beside the axis are counted below the chart") {
  auto lot = small_lot();
  lot.values.push_back(0.7);
  CHECK(has_text(drawn(lot), "1 value lies left or right of the axis and cannot be seen."));
}

TEST_CASE("report: a histogram with a fault is refused with place and what is allowed") {
  auto lot = small_lot();
  lot.values[1] = std::numeric_limits<double>::infinity();
  CHECK(fault_of(lot) == "value 2 is not finite, allowed are numbers from -1e12 to 1e12");
  CHECK(bins_of(lot).empty());
  CHECK(xml::find(drawn(lot), "rect", "fill", "#0072b2").empty());
  lot = small_lot();
  lot.limits = {{std::numeric_limits<double>::quiet_NaN(), "class C"}};
  CHECK(fault_of(lot) == "limit 'class C' is not finite, allowed are numbers from -1e12 to 1e12");
  lot = small_lot();
  for (double const width : {0.0, -1.0, 1e-6}) {
    lot.bin_width = width;
    CHECK(fault_of(lot).ends_with("allowed are numbers above 0 that give at most 200 bins"));
  }
}
