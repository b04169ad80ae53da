#include <blondel/frontend/wiring.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using blondel::Conductor;
using blondel::CurrentFeed;
using blondel::Signals;
using blondel::Wiring;
using blondel::test::balanced;
using blondel::test::within;

namespace {

constexpr double rounding = 1e-11;

/// @units V, degrees
double volts(Signals const& elements, std::size_t e) {
  return std::abs(elements.component[0].u_v[e]);
}
double degrees(Signals const& elements, std::size_t e) {
  return std::arg(elements.component[0].u_v[e]) * 180 / std::numbers::pi;
}
double active_w(Signals const& elements) {
  double sum_w = 0.0;
  for (std::size_t e = 0; e < blondel::element_count; ++e) {
    sum_w += channel_power(elements, e).active_w;
  }
  return sum_w;
}

}  // namespace

TEST_CASE("frontend: two elements in Aron form measure what three wires carry") {
  // 230 V between the lines: U12 leads L1's star voltage by 30 degrees, U32 that of L3 lags by 30:
  // 120 - 30 = 90; P = sqrt3 * 230 V * 5 A * cos 60 deg = 995.929214 W
  auto const lines = line_signals(balanced(5.0, std::numbers::pi / 3, 230.0 / std::numbers::sqrt3));
  auto const elements = element_signals(lines, Wiring{.aron = true});
  CHECK(volts(elements, 0) == within(230.0, rounding));
  CHECK(degrees(elements, 0) == within(30.0, rounding));
  CHECK(volts(elements, 2) == within(230.0, rounding));
  CHECK(degrees(elements, 2) == within(90.0, rounding));
  CHECK(volts(elements, 1) == 0.0);
  CHECK(elements.component[0].i_a[1] == 0.0);
  CHECK(active_w(elements) == within(995.9292143521, 1e-8));
  // "Element 1 is zero at 60 deg ind", metrology.md 2.9
  CHECK(channel_power(elements, 0).active_w == within(0.0, 1e-9));
}

TEST_CASE("frontend: an Aron meter without its common terminal shares U13 between its elements") {
  auto const lines = line_signals(balanced(5.0, 0.0, 230.0 / std::numbers::sqrt3));
  Wiring wiring{.aron = true};
  wiring.voltage[1] = Conductor::none;
  auto const elements = element_signals(lines, wiring);
  CHECK(volts(elements, 0) == within(115.0, rounding));
  CHECK(volts(elements, 2) == within(115.0, rounding));
}

TEST_CASE("frontend: a neutral that is off at the meter leaves a floating star point") {
  auto const lines = line_signals(balanced(5.0));
  Wiring wiring;
  wiring.neutral = Conductor::none;
  auto const whole = element_signals(lines, wiring);
  CHECK(volts(whole, 1) == within(230.0, rounding));
  // With the fuse of L3 blown too, two elements share 398.37 V.
  wiring.voltage[2] = Conductor::none;
  auto const elements = element_signals(lines, wiring);
  CHECK(volts(elements, 0) == within(199.185842870, 1e-9));
  CHECK(volts(elements, 1) == within(199.185842870, 1e-9));
  CHECK(volts(elements, 2) == 0.0);
}

TEST_CASE("frontend: neutral and L1 exchanged put line voltage on the other elements") {
  Wiring wiring;
  wiring.voltage[0] = Conductor::n;
  wiring.neutral = Conductor::l1;
  auto const elements = element_signals(line_signals(balanced(5.0)), wiring);
  CHECK(volts(elements, 0) == within(230.0, rounding));
  CHECK(std::abs(degrees(elements, 0)) == within(180.0, rounding));
  CHECK(volts(elements, 1) == within(398.371685741, 1e-9));
  CHECK(volts(elements, 2) == within(398.371685741, 1e-9));
}

TEST_CASE("frontend: a supply that loses its neutral moves the star point of the load") {
  // Resistors of 23, 230 and 230 ohm: the star point goes to (10 - 1/2 - 1/2) / 12 = 0.75 of L1's voltage:
  // 57.5 V and 2.5 A on L1; sqrt(1.25^2 + 0.75) * 230 = 349.758845492 V on L2 and L3
  auto point = balanced(1.0);
  point.phase[0].i = blondel::Amps{10.0};
  Wiring wiring;
  wiring.neutral_lost = true;
  auto const elements = element_signals(line_signals(point), wiring);
  CHECK(volts(elements, 0) == within(57.5, rounding));
  CHECK(std::abs(elements.component[0].i_a[0]) == within(2.5, rounding));
  CHECK(volts(elements, 1) == within(349.758845492, 1e-8));
  CHECK(volts(elements, 2) == within(349.758845492, 1e-8));
  CHECK(active_w(elements) == within(57.5 * 57.5 / 23 + 2 * 349.758845492 * 349.758845492 / 230, 1e-6));
  // Without any load the meter's own voltage circuits hold the star point in the middle.
  auto const idle = element_signals(line_signals(balanced(0.0)), wiring);
  CHECK(volts(idle, 0) == within(230.0, rounding));
}

TEST_CASE("frontend: current transformers reversed, crossed, open or bypassed") {
  auto point = balanced(5.0);
  point.phase[1].i = blondel::Amps{3.0};
  auto const lines = line_signals(point);
  SECTION("one reversed takes its power twice from the sum") {
    Wiring wiring;
    wiring.current[0].share = -1.0;
    CHECK(active_w(element_signals(lines, wiring)) == within(230 * (-5 + 3 + 5), 1e-9));
  }
  SECTION("two exchanged measure against the wrong voltage: half of each, backwards") {
    // metrology.md 2.7's sense: cos 120 deg = -0.5
    Wiring wiring;
    wiring.current[0] = CurrentFeed{1};
    wiring.current[1] = CurrentFeed{0};
    CHECK(active_w(element_signals(lines, wiring)) == within(230 * (-2.5 - 1.5 + 5), 1e-9));
  }
  SECTION("an open or shorted one carries nothing, a bypass a share") {
    Wiring wiring;
    wiring.current[0].share = 0.0;
    wiring.current[2].share = 0.25;
    CHECK(active_w(element_signals(lines, wiring)) == within(230 * (3 + 1.25), 1e-9));
  }
}
