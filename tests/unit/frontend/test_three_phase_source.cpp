#include <unit/frontend/fine_codes.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>

using blondel::Harmonic;
using blondel::Hertz;
using blondel::Radians;
using blondel::SampleFrame;
using blondel::SimTime;
using blondel::WaveformFrontEnd;
using blondel::test::balanced;
using blondel::test::fine_amps_per_code;
using blondel::test::fine_model;
using blondel::test::fine_volts_per_code;
using blondel::test::first_samples;
using blondel::test::within;

namespace {
constexpr double code_v = 2 * fine_volts_per_code;  // rounding of one code, and of the double before it
constexpr double code_a = 2 * fine_amps_per_code;

double volts(SampleFrame const& frame, std::size_t k) {
  return frame.u[k] * fine_volts_per_code;
}
double amps(SampleFrame const& frame, std::size_t k) {
  return frame.i[k] * fine_amps_per_code;
}
}  // namespace

TEST_CASE("frontend: the supply starts at the positive zero crossing of L1 and turns in positive sequence") {
  // 230 sqrt2 = 325.2691193458119 V; sin(-120 deg) = -0.8660254037844386: -281.6913204200655 V
  auto const frames = first_samples(fine_model(), balanced(5.0), 161);
  CHECK(frames[0].u[0] == 0);
  CHECK(volts(frames[40], 0) == within(325.2691193458119, code_v));
  CHECK(volts(frames[0], 1) == within(-281.6913204200655, code_v));
  CHECK(volts(frames[0], 2) == within(281.6913204200655, code_v));
  CHECK(volts(frames[160], 1) == within(-281.6913204200655, code_v));
}

TEST_CASE("frontend: a lagging current passes zero later") {
  // lag of 45 deg = 20 samples; peak of 5 A at sample 60: 7.0710678118654755 A
  auto const frames = first_samples(fine_model(), balanced(5.0, 0.7853981633974483), 80);
  CHECK(std::abs(frames[20].i[0]) <= 1);
  CHECK(amps(frames[60], 0) == within(7.0710678118654755, code_a));
}

TEST_CASE("frontend: harmonics ride on their fundamental's zero crossing in every phase") {
  // 3rd, 10 % at 0.5 rad on u: at the crossing of any phase 23 sqrt2 sin 0.5 = 15.594232273368064 V;
  // 5th, 40 % at -0.25 rad on i: 2 sqrt2 sin(-0.25) = -0.6997640691250939 A at the current's crossing
  auto point = balanced(5.0, 0.7853981633974483);
  point.harmonic[3] = Harmonic{.order = 3, .u_ratio = 0.1, .u_angle = Radians{0.5}};
  point.harmonic[4] = Harmonic{.order = 5, .i_ratio = 0.4, .i_angle = Radians{-0.25}};
  point.phase[1].u_angle = Radians{-1.5707963267948966};  // a quarter turn: crosses at sample 40
  auto const frames = first_samples(fine_model(), point, 161);
  CHECK(volts(frames[0], 0) == within(15.594232273368064, code_v));
  CHECK(volts(frames[40], 1) == within(15.594232273368064, code_v));
  CHECK(amps(frames[20], 0) == within(-0.6997640691250939, code_a));
  CHECK(amps(frames[60], 1) == within(-0.6997640691250939, code_a));
}

TEST_CASE("frontend: a change of frequency keeps the phase") {
  // 100 samples at 50 Hz are 0.625 turns; 50 samples at 40 Hz add 0.25: sin(2 pi 0.875) = -0.7071067811865476
  WaveformFrontEnd front_end{fine_model(), 1, 0, SimTime{}};
  std::array<SampleFrame, 100> first;
  std::array<SampleFrame, 51> second;
  front_end.set_signals(blondel::line_signals(balanced(5.0)));
  REQUIRE(front_end.sample(first, SimTime::never()) == 100);
  auto slower = balanced(5.0);
  slower.frequency = Hertz{40.0};
  front_end.set_signals(blondel::line_signals(slower));
  REQUIRE(front_end.sample(second, SimTime::never()) == 51);
  CHECK(volts(second[0], 0) == within(-325.2691193458119 * 0.7071067811865476, code_v));
  CHECK(volts(second[50], 0) == within(-325.2691193458119 * 0.7071067811865476, code_v));
}

TEST_CASE("frontend: a million samples leave the phase where it belongs") {
  // 1 000 000 samples at 50 Hz and 8000 S/s are 6250 whole turns
  WaveformFrontEnd front_end{fine_model(), 1, 0, SimTime{}};
  front_end.set_signals(blondel::line_signals(balanced(5.0)));
  std::vector<SampleFrame> frames(1'000'000);
  REQUIRE(front_end.sample(frames, SimTime::never()) == 1'000'000);
  REQUIRE(front_end.sample(std::span{frames}.first(1), SimTime::never()) == 1);
  CHECK(std::abs(frames[0].u[0]) <= 1);
  CHECK(volts(frames[0], 1) == within(-281.6913204200655, code_v));
}
