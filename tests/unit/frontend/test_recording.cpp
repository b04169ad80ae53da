#include <frontend/source/recording_block.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include <frontend/tiers/waveform_chain.hpp>

using namespace blondel;

namespace {

constexpr double pi = std::numbers::pi;

/// 230 V and 5 A of 50 Hz with a fifth harmonic of 20 % and 40 %; the currents lag by 0.5 rad.
/// @param t_s since the first sample
double voltage(double t_s, std::size_t line) {
  auto const angle = 2 * pi * (50.0 * t_s - static_cast<double>(line) / 3);
  return 230 * std::numbers::sqrt2 * (std::sin(angle) + 0.2 * std::sin(5 * angle));
}
double current(double t_s, std::size_t line) {
  auto const angle = 2 * pi * (50.0 * t_s - static_cast<double>(line) / 3) - 0.5;
  return 5 * std::numbers::sqrt2 * (std::sin(angle) + 0.4 * std::sin(5 * angle));
}

/// @param cycles of the record
RecordingData two_sines(double rate_hz, int cycles = 50) {
  RecordingData data;
  data.rate_hz = rate_hz;
  data.lead_in = SimDuration::milliseconds(200);
  data.lead_in_samples = static_cast<std::size_t>(rate_hz / 50);
  auto const length = data.lead_in_samples * static_cast<std::size_t>(cycles);
  for (std::size_t k = 0; k < element_count; ++k) {
    for (std::size_t n = 0; n < length; ++n) {
      data.u_v[k].push_back(voltage(static_cast<double>(n) / rate_hz, k));
      data.i_a[k].push_back(current(static_cast<double>(n) / rate_hz, k));
    }
  }
  return data;
}

SimTime at_ms(std::int64_t ms) {
  return SimTime{} + SimDuration::milliseconds(ms);
}

struct Played {
  std::vector<double> u;
  std::vector<double> i;
};

/// One line at 8000 samples a second.
Played played(Recording const& recording, double start_s, std::size_t count, std::size_t line) {
  Played all;
  for (std::size_t n = 0; n < count; n += block_samples) {
    Lanes u[block_samples];
    Lanes i[block_samples];
    recording.sample(start_s, 125e-6, n, u, i, std::min(block_samples, count - n));
    for (std::size_t k = 0; k < std::min(block_samples, count - n); ++k) {
      all.u.push_back(u[k][line]);
      all.i.push_back(i[k][line]);
    }
  }
  return all;
}

/// Largest difference from the closed form, over the peak of the fundamental.
double worst_error(double rate_hz) {
  Recording const recording{two_sines(rate_hz)};
  double worst = 0;
  for (std::size_t k = 0; k < element_count; ++k) {
    // From inside the lead-in to a cycle before the interpolator feels the end.
    auto const all = played(recording, 0.1, 8000, k);
    for (std::size_t n = 0; n < all.u.size(); ++n) {
      auto const t_s = 0.1 - 0.2 + static_cast<double>(n) * 125e-6;
      worst = std::max(worst, std::abs(all.u[n] - voltage(t_s, k)) / 325.269);
      worst = std::max(worst, std::abs(all.i[n] - current(t_s, k)) / 7.07107);
    }
  }
  return worst;
}

/// Amplitude of a sine of `frequency` after interpolation from 1 sample a second, by its mean square.
double gain_at(double frequency) {
  RecordingData data;
  data.rate_hz = 1000;
  data.lead_in_samples = 1000;
  for (std::size_t k = 0; k < element_count; ++k) {
    for (int n = 0; n < 1000; ++n) {
      data.u_v[k].push_back(std::sin(2 * pi * frequency * n));
      data.i_a[k].push_back(0);
    }
  }
  data.repeats = true;
  Recording const recording{std::move(data)};
  // 1000 samples hold whole periods of the frequencies asked for; 8000 instants a second, one second.
  double sum = 0;
  for (auto const value : played(recording, 0.0, 8000, 0).u) {
    sum += value * value;
  }
  return std::sqrt(2 * sum / 8000);
}

}  // namespace

TEST_CASE("recording: a sine and its fifth harmonic are resampled from 800 and 600 to 8000 a second") {
  // Closed form. 250 Hz is 0.31 of 800, deep in the pass band, and 0.42 of 600, near its edge.
  CHECK(worst_error(800) < 1e-6);
  CHECK(worst_error(600) < 2e-5);
}

TEST_CASE("recording: the pass band reaches 0.45 of the sampling rate") {
  CHECK(gain_at(0.05) == Approx(1.0).margin(1e-6));
  CHECK(gain_at(0.3) == Approx(1.0).margin(1e-6));
  CHECK(gain_at(0.45) == Approx(1.0).margin(2e-5));
  CHECK(gain_at(0.495) < 0.9);  // the transition
}

TEST_CASE("recording: a constant stays what it is") {
  RecordingData data;
  data.rate_hz = 600;
  data.lead_in_samples = 12;
  data.repeats = true;
  for (std::size_t k = 0; k < element_count; ++k) {
    data.u_v[k].assign(120, 100.0);
    data.i_a[k].assign(120, 1.0);
  }
  Recording const recording{std::move(data)};
  for (auto const value : played(recording, -0.01, 2000, 2).u) {
    REQUIRE(value == Approx(100.0).margin(1e-10));
  }
}

TEST_CASE("recording: the energy of a span is that of the closed form") {
  Recording const recording{two_sines(800)};
  // 1150 (cos 0.5 + 0.2 * 0.4 cos 2.5) = 935.5147 W; half a second 467.7574 J
  auto const whole = recording.energy(at_ms(100), at_ms(600));
  for (std::size_t k = 0; k < element_count; ++k) {
    CHECK(whole[k] == Approx(467.7574).margin(1e-3));
  }
  // Parts that end anywhere add up to the whole.
  auto const first = recording.energy(at_ms(100), SimTime{333'333'333});
  auto const second = recording.energy(SimTime{333'333'333}, SimTime{333'400'001});
  auto const third = recording.energy(SimTime{333'400'001}, at_ms(600));
  for (std::size_t k = 0; k < element_count; ++k) {
    CHECK(first[k] + second[k] + third[k] == Approx(whole[k]).margin(1e-9));
  }
  CHECK(second[0] != 0.0);
}

TEST_CASE("recording: line voltages put their energy together") {
  auto data = two_sines(800);
  data.has_line_voltages = true;
  data.u_v[1].assign(data.u_v[1].size(), 0.0);
  Recording const recording{std::move(data)};
  auto const energy_j = recording.energy(at_ms(100), at_ms(600));
  CHECK(energy_j[0] == Approx(2 * 467.7574).margin(2e-3));
  CHECK(energy_j[1] == 0.0);
  CHECK(energy_j[2] == 0.0);
}

TEST_CASE("recording: after the end there is nothing, or the record again") {
  auto data = two_sines(800, 10);  // 200 ms behind 200 ms of lead-in
  Recording const once{data};
  // 64 samples of 800 a second reach 40 ms beyond the end.
  CHECK(std::abs(played(once, 0.45, 1, 0).u[0]) == 0.0);
  CHECK(once.energy(at_ms(500), at_ms(600))[0] == 0.0);
  CHECK(once.next_change(at_ms(1000)) == SimTime::never());
  data.repeats = true;
  Recording const again{data};
  CHECK(played(again, 10.0025, 1, 0).u[0] == Approx(voltage(0.0025, 0)).margin(1e-3));
  CHECK(again.next_change(at_ms(1000)) == at_ms(1020));
}

TEST_CASE("recording: a point tells fundamentals and angles of the cycle before") {
  Recording const recording{two_sines(800)};
  // At 205 ms the voltage of L1 stands at 90 degrees, L2 at -30.
  auto const point = recording.point_at(at_ms(205));
  CHECK(point.phase[0].u.value() == Approx(230.0).margin(1e-3));
  CHECK(point.phase[0].u_angle.value() == Approx(pi / 2).margin(1e-6));
  CHECK(point.phase[1].u_angle.value() == Approx(-pi / 6).margin(1e-6));
  CHECK(point.phase[1].i.value() == Approx(5.0).margin(1e-5));
  CHECK(point.phase[1].lag.value() == Approx(0.5).margin(1e-6));
  CHECK(recording.next_change(SimTime{}) == at_ms(200));
  CHECK(recording.next_change(at_ms(205)) == at_ms(220));
}

TEST_CASE("recording: a skewed channel is moved back") {
  std::vector<double> late;
  for (int n = 0; n < 400; ++n) {
    late.push_back(voltage((n + 2.3) / 800.0, 0));  // taken 2.3 samples late
  }
  auto const moved = shifted(late, 2.3);
  for (std::size_t n = 40; n < 360; ++n) {
    REQUIRE(moved[n] == Approx(voltage(static_cast<double>(n) / 800.0, 0)).margin(1e-3));
  }
}

TEST_CASE("recording: a wiring connects a recording as it does sinusoids") {
  Recording const recording{two_sines(800)};
  Wiring aron{.aron = true};
  aron.current[2].share = -1;
  auto const feed = recording_feed(recording, aron, {});
  CHECK(feed.voltage[0] == std::array{1.0, -1.0, 0.0});
  CHECK(feed.voltage[1] == std::array{0.0, 0.0, 0.0});
  CHECK(feed.voltage[2] == std::array{0.0, -1.0, 1.0});
  CHECK(feed.current[0] == std::array{1.0, 0.0, 0.0});
  CHECK(feed.current[1] == std::array{0.0, 0.0, 0.0});
  CHECK(feed.current[2] == std::array{0.0, 0.0, -1.0});

  LineGains gains;
  gains.voltage[1] = 0;
  Wiring crossed;
  crossed.voltage = {Conductor::l2, Conductor::l1, Conductor::none};
  auto const four = recording_feed(recording, crossed, gains);
  CHECK(four.voltage[0] == std::array{0.0, 0.0, 0.0});  // L2 is gone
  CHECK(four.voltage[1] == std::array{1.0, 0.0, 0.0});
  CHECK(four.voltage[2] == std::array{0.0, 0.0, 0.0});

  Lanes u[2];
  Lanes i[2];
  play_block(feed, 0.25, 125e-6, 0, u, i, 2);
  CHECK(u[1][0] == Approx(voltage(0.050125, 0) - voltage(0.050125, 1)).margin(1e-3));
  CHECK(i[1][2] == Approx(-current(0.050125, 2)).margin(1e-4));
}

TEST_CASE("recording: codes do not depend on how many are made at once, nor on the instructions") {
  Recording const recording{two_sines(600)};
  FrontEndModel model;
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 1e-3;
  }
  auto const feed = recording_feed(recording, Wiring{}, {});
  auto const start = [&](WaveformChain& chain) {
    chain.set_signals(line_signals(recording.point_at(SimTime{})), 125e-6);
    chain.play(feed, 0.0);
  };
  WaveformChain whole{model, 3, 9, 125e-6};
  WaveformChain parts{model, 3, 9, 125e-6};
  start(whole);
  start(parts);
  std::vector<SampleFrame> a(2000);
  auto b = a;
  whole.run(a, best_instruction_set());
  std::span<SampleFrame> rest{b};
  for (std::size_t length : {1U, 2U, 3U, 5U, 149U, 160U, 161U, 519U, 1000U}) {  // 2000 in all
    parts.run(rest.first(length), InstructionSet::baseline);
    rest = rest.subspan(length);
  }
  CHECK(rest.empty());
  CHECK(a[1000].u[0] != 0);
  CHECK(std::memcmp(a.data(), b.data(), a.size() * sizeof(SampleFrame)) == 0);
}
