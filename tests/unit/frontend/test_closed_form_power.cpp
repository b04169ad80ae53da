#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

using blondel::Harmonic;
using blondel::Radians;
using blondel::test::balanced;
using blondel::test::within;

namespace {
constexpr double rounding = 1e-9;  // relative size of double rounding on these figures, with room
}

TEST_CASE("frontend: the closed form of a sinusoidal point is U I cos and U I sin") {
  // 230 V * 5 A = 1150 VA; cos 60 deg = 0.5, sin 60 deg = 0.8660254037844386
  auto const power = closed_form_power(balanced(5.0, 1.0471975511965976), 1);
  CHECK(power.active.value() == within(575.0, rounding));
  CHECK(power.reactive.value() == within(995.9292143521044, rounding));
  CHECK(power.apparent.value() == within(1150.0, rounding));
}

TEST_CASE("frontend: the fifth-harmonic influence waveform carries 1.04 times the fundamental's power") {
  // standards/influence_test_waveforms.json, fifth_harmonic: P 1.04, Urms 1.00498756, Irms 1.07703296
  auto point = balanced(3.0);
  point.harmonic[0] = Harmonic{.order = 5, .u_ratio = 0.1, .i_ratio = 0.4};
  auto const power = closed_form_power(point, 0);
  CHECK(power.active.value() == within(717.6, rounding));
  CHECK(power.reactive.value() == within(0.0, rounding));
  CHECK(power.apparent.value() == within(746.8592638509614, rounding));
}

TEST_CASE("frontend: harmonic angles count from each quantity's own zero crossing") {
  // 1000 (cos 0.4 + 0.1 * 0.2 cos(0.5 + 0.3 + 3 * 0.4)) W and the same with sin; worked out in Python
  auto point = balanced(10.0, 0.4, 100.0);
  point.harmonic[7] =
      Harmonic{.order = 3, .u_ratio = 0.1, .u_angle = Radians{0.5}, .i_ratio = 0.2, .i_angle = Radians{-0.3}};
  auto const power = closed_form_power(point, 2);
  CHECK(power.active.value() == within(912.7380572719422, rounding));
  CHECK(power.reactive.value() == within(407.60429084516414, rounding));
  CHECK(power.apparent.value() == within(1024.8902380255165, rounding));
}

TEST_CASE("frontend: two slots of one order add as phasors") {
  // u 0.1 in one slot and i 0.4 in another are the fifth harmonic of the test above
  auto point = balanced(3.0);
  point.harmonic[0] = Harmonic{.order = 5, .u_ratio = 0.1};
  point.harmonic[1] = Harmonic{.order = 5, .i_ratio = 0.4};
  CHECK(closed_form_power(point, 0).active.value() == within(717.6, rounding));
}
