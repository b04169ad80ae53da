#include <blondel/frontend/front_end.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <utility>

using blondel::AccuracySurface;
using blondel::ElementIncrement;
using blondel::Harmonic;
using blondel::IntervalFrontEnd;
using blondel::SimDuration;
using blondel::SimTime;
using blondel::Volts;
using blondel::test::balanced;
using blondel::test::within;

namespace {

ElementIncrement one_second(AccuracySurface const& surface, blondel::OperatingPoint const& point,
                            double ratio) {
  IntervalFrontEnd front_end{surface, ratio, SimTime{}};
  front_end.set_signals(blondel::line_signals(point));
  return front_end.accrue(SimTime{} + SimDuration::seconds(1));
}

}  // namespace

TEST_CASE("frontend: an ideal surface gives the closed form's energy at the secondary") {
  // 200 A through 200/5 = 5 A; 1150 VA at 60 deg: 575 W, 995.929214352 var, one second
  auto const increment = one_second({}, balanced(200.0, 1.0471975511965976), 40.0);
  CHECK(increment.span == SimDuration::seconds(1));
  CHECK(increment.element[2].active_uj == within(575'000'000, 1));  // the last digit of the cosine
  CHECK(increment.element[2].reactive_uvars == 995'929'214);
  CHECK(increment.element[2].apparent_uvas == within(1'150'000'000, 1));
  CHECK(increment.element[2].u_mv == 230'000);
  CHECK(increment.element[2].i_ua == 5'000'000);
  CHECK(increment.frequency_mhz == 50'000);
  CHECK_FALSE(increment.reversed_sequence);
}

TEST_CASE("frontend: the surface's gain and crosstalk act on the measured power") {
  // S = 230 (1.001 + 0.002 j) + 2e-7 * 52900 = 230.23 + 0.01058 + 0.46 j; |S| / 230 = 1.0010479995 A
  AccuracySurface surface;
  surface.element[0].gain_error.fill({0.001, 0.002});
  surface.element[0].crosstalk = {2e-7, 0.0, 0.0};
  auto const share = one_second(surface, balanced(1.0), 1.0).element[0];
  CHECK(share.active_uj == within(230'240'580, 1));
  CHECK(share.reactive_uvars == within(460'000, 1));
  CHECK(share.i_ua == 1'001'048);
  CHECK(share.apparent_uvas == within(230'241'039, 1));  // sqrt(230.24058^2 + 0.46^2)
}

TEST_CASE("frontend: harmonics add their own power and rms value without error") {
  // 690 VA with the fifth-harmonic waveform: 717.6 W; 230 * 1.004987562 V, 3 * 1.0770329614 A, 746.8592638 VA
  auto point = balanced(3.0);
  point.harmonic[0] = Harmonic{.order = 5, .u_ratio = 0.1, .i_ratio = 0.4};
  auto const share = one_second({}, point, 1.0).element[1];
  CHECK(share.active_uj == within(717'600'000, 1));
  CHECK(share.apparent_uvas == within(746'859'263, 1));
  CHECK(share.u_mv == 231'147);
  CHECK(share.i_ua == 3'231'099);
}

TEST_CASE("frontend: one span carries the energy of any split of it to a unit") {
  auto const point = balanced(0.0137, 2.5);  // export, reactive import
  IntervalFrontEnd whole{{}, 1.0, SimTime{}};
  IntervalFrontEnd split{{}, 1.0, SimTime{}};
  whole.set_signals(blondel::line_signals(point));
  split.set_signals(blondel::line_signals(point));
  ElementIncrement sum;
  SimTime now;
  for (std::int64_t n = 0; n < 100'000; ++n) {
    now = now + SimDuration{1 + n * n % 7'919'000};
    auto const part = split.accrue(now);
    sum.element[1].active_uj += part.element[1].active_uj;
    sum.element[1].reactive_uvars += part.element[1].reactive_uvars;
    sum.element[1].apparent_uvas += part.element[1].apparent_uvas;
  }
  auto const once = whole.accrue(now).element[1];
  CHECK(once.active_uj < 0);
  CHECK(std::abs(once.active_uj - sum.element[1].active_uj) <= 1);
  CHECK(std::abs(once.reactive_uvars - sum.element[1].reactive_uvars) <= 1);
  CHECK(std::abs(once.apparent_uvas - sum.element[1].apparent_uvas) <= 1);
}

TEST_CASE("frontend: ten years in one span keep every microjoule") {
  // 231 V * 63/64 A = 227 390 625 uJ/s; times 315 360 001 s is odd and beyond the 53 bits of a double
  IntervalFrontEnd front_end{{}, 1.0, SimTime{}};
  front_end.set_signals(blondel::line_signals(balanced(0.984375, 0.0, 231.0)));
  auto const increment = front_end.accrue(SimTime{} + SimDuration::seconds(315'360'001));
  CHECK(increment.element[0].active_uj == 71'709'907'727'390'625);
}

TEST_CASE("frontend: an empty span gives no energy") {
  IntervalFrontEnd front_end{{}, 1.0, SimTime{77}};
  front_end.set_signals(blondel::line_signals(balanced(5.0)));
  auto const increment = front_end.accrue(SimTime{77});
  CHECK(increment.span == SimDuration{});
  CHECK(increment.element[0].active_uj == 0);
}

TEST_CASE("frontend: the phase order comes from the voltage angles, with a phase missing as well") {
  auto reversed = balanced(1.0);
  std::swap(reversed.phase[1].u_angle, reversed.phase[2].u_angle);
  CHECK(one_second({}, reversed, 1.0).reversed_sequence);
  reversed.phase[0].u = Volts{};
  CHECK(one_second({}, reversed, 1.0).reversed_sequence);
  reversed.phase[1].u = Volts{};
  CHECK_FALSE(one_second({}, reversed, 1.0).reversed_sequence);
}

TEST_CASE("frontend: without voltage there is no frequency but the current still shows") {
  auto const increment = one_second({}, balanced(40.0, 0.0, 0.0), 40.0);
  CHECK(increment.frequency_mhz == 0);
  CHECK(increment.element[0].i_ua == 1'000'000);
  CHECK(increment.element[0].apparent_uvas == 0);
}

TEST_CASE("frontend: a front end carries on what another left below a unit") {
  // 230 V and 1 A for a third of a second are 76 666 666.67 uJ an element, three times 230 J to the unit.
  auto const signals = blondel::line_signals(balanced(1.0));
  std::int64_t sum_uj = 0;
  blondel::MeasuredRates::Rests rests{};
  for (int n = 0; n < 3; ++n) {
    blondel::IntervalFrontEnd front_end{{}, 1.0, blondel::SimTime{}};
    front_end.set_rests(rests);
    front_end.set_signals(signals);
    sum_uj += front_end.accrue(blondel::SimTime{333'333'333 + (n == 2 ? 1 : 0)}).element[0].active_uj;
    rests = front_end.rests();
  }
  // The rate is cut to 2^-56 of a uJ per ns: one unit less at most, never three.
  CHECK(sum_uj >= 229'999'999);
  CHECK(sum_uj <= 230'000'000);
}
