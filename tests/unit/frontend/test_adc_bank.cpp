#include <blondel/base/rng.hpp>
#include <unit/frontend/fine_codes.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using blondel::Celsius;
using blondel::SampleFrame;
using blondel::test::balanced;
using blondel::test::cycle_angle;
using blondel::test::fine_amps_per_code;
using blondel::test::fine_model;
using blondel::test::fine_volts_per_code;
using blondel::test::first_samples;
using blondel::test::phasor_of;
using blondel::test::within;

namespace {
constexpr double sqrt2 = 1.4142135623730951;
}

TEST_CASE("frontend: the RC filter attenuates and lags at 50 Hz as the closed form says") {
  // 1 / (1 + j 2 pi 50 * 33e-6) = 0.9998925315587793 - 0.010366141604030394 j
  auto model = fine_model();
  model.adc[0].u_filter_tau_s = 33e-6;
  auto const frames = first_samples(model, balanced(5.0), 160);
  auto const filtered = phasor_of(frames, false, 0, cycle_angle) * fine_volts_per_code / (230 * sqrt2);
  CHECK(filtered.real() == within(0.9998925315587793, 1e-9));
  CHECK(filtered.imag() == within(-0.010366141604030394, 1e-9));
}

TEST_CASE("frontend: at 45 and 60 Hz the RC filter is right to a millionth") {
  // the same with 45 and 60 Hz, in Python: phases -0.009330259427 and -0.012440065147 rad
  auto model = fine_model();
  model.adc[0].i_filter_tau_s = 33e-6;
  auto slow = balanced(5.0);
  slow.frequency = blondel::Hertz{45.0};
  auto const slow_frames = first_samples(model, slow, 1600);  // nine cycles
  CHECK(std::arg(phasor_of(slow_frames, true, 0, cycle_angle * 0.9)) == within(-0.009330259427, 1e-6));
  auto fast = balanced(5.0);
  fast.frequency = blondel::Hertz{60.0};
  auto const fast_frames = first_samples(model, fast, 400);  // three cycles
  CHECK(std::arg(phasor_of(fast_frames, true, 0, cycle_angle * 1.2)) == within(-0.012440065147, 1e-6));
}

TEST_CASE("frontend: the droop of the modulator's filter follows sinc^3 up to order 40") {
  // (sin x / x)^3 with x = pi h 50 / 8000: order 10 0.9808837, order 40 0.7297689; the five taps hold 0.7354
  // there
  auto model = fine_model();
  model.adc[0].sinc3 = true;
  auto const drooped = [&](int order) {
    auto point = balanced(5.0);
    point.harmonic[0] = {.order = order, .u_ratio = 0.5};
    auto const frames = first_samples(model, point, 160);
    return std::abs(phasor_of(frames, false, 0, cycle_angle * order)) * fine_volts_per_code / (115 * sqrt2);
  };
  CHECK(drooped(10) == within(0.9808837, 5e-6));
  CHECK(drooped(40) == within(0.735417, 1e-6));
}

TEST_CASE("frontend: codes are rounded to nearest and saturate at 24 bits") {
  // 230 V at full scale 1000 V peaks at 2 728 555.14; 2.5 A at 20 A at 1 482 910.40 (walk.md's figures);
  // 1000 V would need 11 863 283 codes
  auto model = fine_model();
  for (auto& adc : model.adc) {
    adc.u_full_scale_v = 1000.0;
    adc.i_full_scale_a = 20.0;
    adc.quantise = true;
  }
  auto const frames = first_samples(model, balanced(2.5), 160);
  CHECK(frames[40].u[0] == 2'728'555);
  CHECK(frames[120].u[0] == -2'728'555);
  CHECK(frames[40].i[0] == 1'482'910);
  auto const clipped = first_samples(model, balanced(2.5, 0.0, 1000.0), 160);
  CHECK(clipped[40].u[0] == 8'388'607);
  CHECK(clipped[120].u[0] == -8'388'608);
}

TEST_CASE("frontend: an offset adds at the terminals and a reference drift scales both channels") {
  // 0.5 V and 2 mA; 1 + 47 K * 10e-6 + 47^2 * 0.02e-6 = 1.00051418
  auto model = fine_model();
  model.adc[1].u_offset_v = 0.5;
  model.adc[1].i_offset_a = 0.002;
  auto const idle = first_samples(model, balanced(0.0, 0.0, 0.0), 1);
  CHECK(idle[0].u[1] * fine_volts_per_code == within(0.5, fine_volts_per_code));
  CHECK(idle[0].i[1] * fine_amps_per_code == within(0.002, fine_amps_per_code));

  model.adc[2].reference_per_k = 10e-6;
  model.adc[2].reference_per_k2 = 0.02e-6;
  auto hot = balanced(5.0);
  hot.temperature = Celsius{70.0};
  auto const frames = first_samples(model, hot, 160);
  auto const u = std::abs(phasor_of(frames, false, 2, cycle_angle)) * fine_volts_per_code / (230 * sqrt2);
  auto const i = std::abs(phasor_of(frames, true, 2, cycle_angle)) * fine_amps_per_code / (5 * sqrt2);
  CHECK(u == within(1.00051418, 1e-9));
  CHECK(i == within(1.00051418, 1e-9));
}

TEST_CASE("frontend: noise has the stated rms value and differs between channels") {
  // 40 000 samples: the rms value of white noise scatters by 1 / sqrt(80 000) = 0.35 %, the mean by 0.5 %
  auto model = fine_model();
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
  }
  auto const frames = first_samples(model, balanced(0.0, 0.0, 0.0), 40'000);
  double u_square = 0.0;
  double i_square = 0.0;
  double u_sum = 0.0;
  double product = 0.0;
  for (auto const& frame : frames) {
    auto const u = frame.u[0] * fine_volts_per_code / 0.01;
    auto const i = frame.i[0] * fine_amps_per_code / 0.2e-3;
    u_square += u * u;
    i_square += i * i;
    u_sum += u;
    product += u * i;
  }
  CHECK(std::sqrt(u_square / 40'000) == within(1.0, 0.014));  // four standard deviations
  CHECK(std::sqrt(i_square / 40'000) == within(1.0, 0.014));
  CHECK(u_sum / 40'000 == within(0.0, 0.02));
  CHECK(product / 40'000 == within(0.0, 0.02));
}

TEST_CASE("frontend: each channel draws the numbers of its own stream by sample number") {
  auto model = fine_model();
  model.adc[2].i_noise_a = 0.2e-3;
  auto const frames = first_samples(model, balanced(0.0, 0.0, 0.0), 400);
  blondel::RandomStream const stream{1, 0, "adc.i.3"};
  for (std::size_t n : {0U, 1U, 159U, 160U, 399U}) {
    auto const noise_a = 0.2e-3 * blondel::RandomStream::gaussian_of(stream.at(n));
    CHECK(frames[n].i[2] * fine_amps_per_code == within(noise_a, fine_amps_per_code));
  }
  CHECK(frames[1].i[0] == 0);
}
