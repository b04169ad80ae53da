#include <report/axis.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <limits>

using namespace blondel;

namespace {

std::vector<std::string> labels_of(std::vector<AxisTick> const& ticks) {
  std::vector<std::string> labels;
  for (auto const& tick : ticks) {
    labels.push_back(tick.label);
  }
  return labels;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("report: a step is 1, 2 or 5 times a power of ten") {
  // By hand: the span over 5 is 0.24, 0.0212, 0.2, 22; the next smaller round number is taken.
  CHECK(round_step(1.2, 5.0) == 0.2);
  CHECK(round_step(0.106, 5.0) == 0.02);
  CHECK(round_step(1.0, 5.0) == 0.2);
  CHECK(round_step(110.0, 5.0) == 20.0);
  CHECK(round_step(300.0, 5.0) == 50.0);
}

TEST_CASE("report: numbers at a linear axis have the digits of their step") {
  CHECK(labels_of(linear_ticks({-0.6, 0.6, false}, {})) ==
        Labels{"-0.6", "-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6"});
  CHECK(labels_of(linear_ticks({-40.0, 70.0, false}, {})) == Labels{"-40", "-20", "0", "20", "40", "60"});
  CHECK(labels_of(linear_ticks({0.0, 0.0005, false}, {})) ==
        Labels{"0.0000", "0.0001", "0.0002", "0.0003", "0.0004", "0.0005"});
}

TEST_CASE("report: a logarithmic axis has 1, 2, 5 in each decade and only decades when there are many") {
  CHECK(labels_of(logarithmic_ticks({0.05, 6.0, true}, {})) ==
        Labels{"0.05", "0.1", "0.2", "0.5", "1", "2", "5"});
  CHECK(labels_of(logarithmic_ticks({0.001, 100.0, true}, {})) ==
        Labels{"0.001", "0.01", "0.1", "1", "10", "100"});
}

TEST_CASE("report: a narrow logarithmic axis still has numbers") {
  CHECK(labels_of(logarithmic_ticks({5.0, 6.0, true}, {})) == Labels{"5", "6"});
  CHECK(labels_of(logarithmic_ticks({5.1, 5.9, true}, {})) ==
        Labels{"5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9"});
}

TEST_CASE("report: the caller's places are taken in order, and those outside left out") {
  ChartAxis axis;
  axis.ticks = {6.0, 0.25, 0.05, 40.0};
  CHECK(labels_of(logarithmic_ticks({0.05, 6.0, true}, axis)) == Labels{"0.05", "0.25", "6"});
}

TEST_CASE("report: a value lies where its axis says") {
  // By hand: 0.1 is one of two decades from 0.01 to 1; 0.25 is a quarter of the way from -1 to 4 at 0.25.
  AxisScale const log{0.01, 1.0, true, 100.0, 300.0};
  CHECK(log.px(0.1) == Approx(200.0).margin(1e-9));  // rounding of two logarithms
  AxisScale const down{-1.0, 4.0, false, 400.0, 100.0};
  CHECK(down.px(0.25) == Approx(325.0).margin(1e-9));  // rounding of one division
}

TEST_CASE("report: a range holds its values with room, and given ends are kept") {
  std::array<double, 2> const values{-0.5, 0.5};
  auto const free = rounded_out(range_around(values, {}, false), {});
  CHECK(free.min == Approx(-0.6).margin(1e-12));  // 3 * 0.2 in doubles
  CHECK(free.max == Approx(0.6).margin(1e-12));
  ChartAxis axis;
  axis.max = 0.25;
  CHECK(rounded_out(range_around(values, axis, false), axis).max == 0.25);
}

TEST_CASE("report: one value, none, or all beyond a given end still make a range") {
  std::array<double, 1> const one{5.0};
  ChartAxis beyond;
  beyond.min = 9.0;
  for (bool const logarithmic : {false, true}) {
    for (auto const& range : {range_around(one, {}, logarithmic), range_around({}, {}, logarithmic),
                              range_around(one, beyond, logarithmic)}) {
      CHECK(range.min < range.max);
      CHECK((!logarithmic || range.min > 0.0));
    }
  }
  CHECK(range_around(one, {}, false).holds(5.0));
  CHECK(range_around(one, {}, true).holds(5.0));
  CHECK(range_around(one, beyond, false).min == 9.0);
}

TEST_CASE("report: an axis that cannot be drawn is refused with place and what is allowed") {
  ChartAxis axis;
  axis.min = 0.0;
  CHECK(fault_of(axis, true, "x axis") ==
        "x axis min is 0, allowed on a logarithmic axis are numbers from 1e-12 to 1e12");
  CHECK(fault_of(axis, false, "x axis").empty());
  axis.max = 0.0;
  CHECK(fault_of(axis, false, "x axis") == "x axis runs from 0 to 0, allowed is a max above the min");
  axis.max = std::numeric_limits<double>::quiet_NaN();
  CHECK(fault_of(axis, false, "x axis") ==
        "x axis max is not finite, allowed are numbers from -1e12 to 1e12");
  axis.max = 1.0;
  axis.ticks = {0.5, 2e12};
  CHECK(fault_of(axis, false, "x axis") ==
        "x axis tick 2 is 2000000000000, allowed are numbers from -1e12 to 1e12");
}
