#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include <catch2/catch.hpp>

#include "core/metrology/sample_pipeline.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

constexpr double third = 2.0 * std::numbers::pi / 3.0;

/// Ideal sines as 24-bit codes of a 1000 V, 20 A converter: the reference here is trigonometry, not the front
/// end.
struct Signal {
  double frequency_hz{50.0};
  double u_v{230.0};
  double i_a{2.5};
  double lag_rad{};
  std::array<double, 3> u_angle{0.0, -third, third};
  double u_offset_v{};
  double i_offset_a{};
  double start_rad{0.3};
};

std::vector<SampleFrame> sampled(Signal const& signal, double seconds, double rate_hz = 8000.0) {
  std::vector<SampleFrame> frames(static_cast<std::size_t>(std::lround(seconds * rate_hz)));
  for (std::size_t n = 0; n < frames.size(); ++n) {
    auto const angle =
        signal.start_rad + 2.0 * std::numbers::pi * signal.frequency_hz * static_cast<double>(n) / rate_hz;
    for (std::size_t e = 0; e < 3; ++e) {
      auto const u = std::sqrt(2.0) * signal.u_v * std::sin(angle + signal.u_angle[e]) + signal.u_offset_v;
      auto const i = std::sqrt(2.0) * signal.i_a * std::sin(angle + signal.u_angle[e] - signal.lag_rad) +
                     signal.i_offset_a;
      frames[n].u[e] = static_cast<std::int32_t>(std::lround(u / 1000.0 * 8388608.0));
      frames[n].i[e] = static_cast<std::int32_t>(std::lround(i / 20.0 * 8388608.0));
    }
  }
  return frames;
}

struct Totals {
  std::array<std::int64_t, 3> active_uj{};
  std::array<std::int64_t, 3> reactive_uvars{};
  std::array<std::int64_t, 3> apparent_uvas{};
  std::int64_t span_ns{};
  int increments{};
  ElementIncrement last;

  void add(ElementIncrement const& increment) {
    for (std::size_t e = 0; e < 3; ++e) {
      active_uj[e] += increment.element[e].active_uj;
      reactive_uvars[e] += increment.element[e].reactive_uvars;
      apparent_uvas[e] += increment.element[e].apparent_uvas;
    }
    span_ns += increment.span.ns();
    increments += 1;
    last = increment;
  }
  [[nodiscard]] double active_w(std::size_t e) const {
    return static_cast<double>(active_uj[e]) * 1e3 / static_cast<double>(span_ns);
  }
  [[nodiscard]] double reactive_var(std::size_t e) const {
    return static_cast<double>(reactive_uvars[e]) * 1e3 / static_cast<double>(span_ns);
  }
  [[nodiscard]] double apparent_va(std::size_t e) const {
    return static_cast<double>(apparent_uvas[e]) * 1e3 / static_cast<double>(span_ns);
  }
};

class Bench {
 public:
  explicit Bench(std::uint32_t rate = 8000) : setup_{rate, 50} {
    calibration_.fill(test::ideal_calibration);
    if (rate != 8000) {
      for (auto& c : calibration_) {
        c.power_gain = static_cast<std::uint32_t>(std::lround(320e6 * 8000.0 / rate));
      }
    }
  }

  Totals run(std::vector<SampleFrame> const& frames, std::size_t block) {
    Totals totals;
    std::span<SampleFrame const> left{frames};
    while (!left.empty()) {
      auto part = left.first(std::min(block, left.size()));
      left = left.subspan(part.size());
      while (!part.empty()) {
        ElementIncrement increment;
        auto const progress = pipeline_.process(part, increment);
        part = part.subspan(progress.consumed);
        if (progress.closed) {
          totals.add(increment);
        }
      }
    }
    return totals;
  }
  /// Totals of whole cycles after the means have settled (the first second is not looked at).
  Totals settled(Signal const& signal, double seconds, double rate = 8000.0) {
    auto frames = sampled(signal, seconds + 1.0, rate);
    std::vector<SampleFrame> const first(frames.begin(), frames.begin() + static_cast<std::ptrdiff_t>(rate));
    run(first, 160);
    std::vector<SampleFrame> const rest(frames.begin() + static_cast<std::ptrdiff_t>(rate), frames.end());
    return run(rest, 160);
  }
  bool flush(ElementIncrement& increment) { return pipeline_.flush(increment); }

  std::array<ElementCalibration, element_count> calibration_{};

 private:
  MeasuringSetup setup_;
  std::unique_ptr<MeasuringState> state_ = std::make_unique<MeasuringState>();
  SamplePipeline pipeline_{*state_, setup_, calibration_};
};

}  // namespace

TEST_CASE("pipeline: active and reactive power of a sine agree with the closed form to 1e-6") {
  // 230 V, 2.5 A, 60 deg: P = 575 cos 60 = 287.5 W, Q = 575 sin 60 = 497.9646071760522 var, S = 575 VA
  Bench bench;
  auto const totals = bench.settled({.lag_rad = std::numbers::pi / 3.0}, 2.0);
  for (std::size_t e = 0; e < 3; ++e) {
    CHECK(std::abs(totals.active_w(e) / 287.5 - 1.0) < 1e-6);
    // The tracked quarter period turns the angle by up to 4e-6 rad: 2.3e-6 of Q at 60 deg.
    CHECK(std::abs(totals.reactive_var(e) / 497.9646071760522 - 1.0) < 3e-6);
    CHECK(std::abs(totals.apparent_va(e) / 575.0 - 1.0) < 2e-6);
  }
  CHECK(totals.last.frequency_mhz == 50'000);
  CHECK(totals.last.element[0].u_mv == 230'000);
  CHECK(std::abs(totals.last.element[0].i_ua - 2'500'000) <= 3);
  CHECK_FALSE(totals.last.reversed_sequence);
}

TEST_CASE("pipeline: reactive power stays right from 45 to 65 Hz") {
  // sin 30 deg at 575 VA: 287.5 var. A fixed quarter period would be 5.4 % off at 49 Hz (metrology.md, point
  // 3).
  auto const frequency = GENERATE(45.0, 49.0, 51.0, 60.0, 65.0);
  Bench bench;
  auto const totals = bench.settled({.frequency_hz = frequency, .lag_rad = std::numbers::pi / 6.0}, 2.0);
  CHECK(std::abs(totals.reactive_var(0) / 287.5 - 1.0) < 2e-5);
  CHECK(std::abs(totals.active_w(0) / 497.9646071760522 - 1.0) < 1e-5);
  CHECK(std::abs(totals.last.frequency_mhz - frequency * 1000.0) <= 1.0);
}

TEST_CASE("pipeline: voltage and current are right when a cycle is no whole number of samples") {
  auto const frequency = GENERATE(49.0, 49.9, 50.1, 51.3, 60.0);
  Bench bench;
  auto frames = sampled({.frequency_hz = frequency, .lag_rad = 1.1}, 2.0);
  bench.run({frames.begin(), frames.begin() + 8'000}, 160);
  // Cycle by cycle: none may stray, whatever its edges.
  for (auto from = frames.begin() + 8'000; from + 160 <= frames.end(); from += 160) {
    auto const part = bench.run({from, from + 160}, 160);
    if (part.increments == 0) {
      continue;
    }
    for (std::size_t e = 0; e < 3; ++e) {
      CHECK(part.last.element[e].u_mv == Approx(230'000).margin(12));
      CHECK(part.last.element[e].i_ua == Approx(2'500'000).margin(300));
    }
  }
}

TEST_CASE("pipeline: capacitive and exported power carry their signs") {
  Bench bench;
  auto const capacitive = bench.settled({.lag_rad = -std::numbers::pi / 6.0}, 1.0);
  CHECK(capacitive.reactive_var(1) == Approx(-287.5).margin(0.01));
  Bench second;
  auto const exported = second.settled({.lag_rad = std::numbers::pi}, 1.0);
  CHECK(exported.active_w(2) == Approx(-575.0).margin(0.001));
}

TEST_CASE("pipeline: offsets of the converters are removed") {
  // 2 V and 50 mA of offset would add 0.1 W to each phase.
  Bench bench;
  auto const totals = bench.settled({.u_offset_v = 2.0, .i_offset_a = 0.05}, 2.0);
  CHECK(totals.active_w(0) == Approx(575.0).margin(0.001));
  CHECK(totals.last.element[0].u_mv == Approx(230'000).margin(5));
}

TEST_CASE("pipeline: the size of the blocks changes nothing") {
  auto const frames = sampled({.frequency_hz = 49.7, .lag_rad = 0.4}, 0.7);
  Bench one;
  Bench many;
  Bench odd;
  auto const a = one.run(frames, 1);
  auto const b = many.run(frames, 160);
  auto const c = odd.run(frames, 97);
  CHECK(a.active_uj == b.active_uj);
  CHECK(a.reactive_uvars == b.reactive_uvars);
  CHECK(a.apparent_uvas == b.apparent_uvas);
  CHECK(a.span_ns == b.span_ns);
  CHECK(a.active_uj == c.active_uj);
  CHECK(a.increments == b.increments);
}

TEST_CASE("pipeline: a flush in mid-cycle splits the energy and loses none") {
  auto const frames = sampled({.lag_rad = 0.5}, 0.5);
  Bench whole;
  auto expected = whole.run(frames, 160);
  ElementIncrement rest;
  REQUIRE(whole.flush(rest));
  expected.add(rest);

  Bench split;
  std::vector<SampleFrame> const head(frames.begin(), frames.begin() + 2041);
  std::vector<SampleFrame> const tail(frames.begin() + 2041, frames.end());
  auto found = split.run(head, 160);
  ElementIncrement piece;
  REQUIRE(split.flush(piece));
  found.add(piece);
  auto const after = split.run(tail, 160);
  for (std::size_t e = 0; e < 3; ++e) {
    found.active_uj[e] += after.active_uj[e];
    found.reactive_uvars[e] += after.reactive_uvars[e];
  }
  found.span_ns += after.span_ns;
  REQUIRE(split.flush(piece));
  for (std::size_t e = 0; e < 3; ++e) {
    CHECK(found.active_uj[e] + piece.element[e].active_uj == expected.active_uj[e]);
    CHECK(found.reactive_uvars[e] + piece.element[e].reactive_uvars == expected.reactive_uvars[e]);
  }
  CHECK(found.span_ns + piece.span.ns() == expected.span_ns);
  CHECK(expected.span_ns == 500'000'000);
}

TEST_CASE("pipeline: a flush in mid-cycle gives the apparent energy once") {
  Bench bench;
  auto const frames = sampled({}, 1.0);
  bench.run({frames.begin(), frames.begin() + 4'000}, 160);
  auto totals = bench.run({frames.begin() + 4'000, frames.begin() + 6'080}, 160);
  ElementIncrement piece;
  REQUIRE(bench.flush(piece));
  totals.add(piece);
  auto const after = bench.run({frames.begin() + 6'080, frames.end()}, 160);
  REQUIRE(bench.flush(piece));
  totals.add(piece);
  // 4000 samples of 575 VA are 287.5 VAs; half a cycle more would be 5.75 VAs. What was open at the start was
  // given with the first increment: at most a cycle of its own, 11.5 VAs, which the span shows.
  auto const span_s = static_cast<double>(totals.span_ns + after.span_ns) * 1e-9;
  auto const given_vas = static_cast<double>(totals.apparent_uvas[0] + after.apparent_uvas[0]) * 1e-6;
  CHECK(given_vas == Approx(575.0 * span_s).margin(0.01));
}

TEST_CASE("pipeline: no nanosecond is lost when a sample is no whole number of them") {
  // 4096 samples of 244 140.625 ns
  Bench bench{4'096};
  auto totals = bench.run(sampled({}, 1.0, 4'096.0), 160);
  ElementIncrement rest;
  REQUIRE(bench.flush(rest));
  totals.add(rest);
  CHECK(totals.span_ns == 1'000'000'000);
  CHECK(totals.increments > 40);
}

TEST_CASE("pipeline: the power offset is taken off each sample") {
  // 1 W at 8 kS/s is 125 uJ a sample: 125 x 2^57 / 320'000'000 = 56'294'995'342 products
  Bench bench;
  for (auto& c : bench.calibration_) {
    c.power_offset = 56'294'995'342;
  }
  CHECK(bench.settled({}, 1.0).active_w(1) == Approx(574.0).margin(0.001));
}

TEST_CASE("pipeline: the current's phase correction turns the angle by its samples") {
  // One tenth of a sample at 50 Hz and 8 kS/s is 2 pi 50 / 80000 = 3.92699 mrad; at 60 deg lag P falls by tan
  // 60 of it.
  Bench bench;
  for (auto& c : bench.calibration_) {
    c.phase_delay_q30 = 107'374'182;  // 0.1 * 2^30
  }
  auto const totals = bench.settled({.lag_rad = std::numbers::pi / 3.0}, 2.0);
  // 575 cos(60 deg + 3.92699 mrad) = 285.5423 W
  CHECK(totals.active_w(0) == Approx(285.5423).margin(0.0005));
}

TEST_CASE("pipeline: reversed phase order is seen") {
  Bench bench;
  auto const totals = bench.settled({.u_angle = {0.0, third, -third}}, 1.0);
  CHECK(totals.last.reversed_sequence);
}

TEST_CASE("pipeline: a dead bus gives increments without frequency and comes back") {
  Bench bench;
  auto const dead = bench.run(std::vector<SampleFrame>(8'000), 160);
  CHECK(dead.span_ns == 1'000'000'000);
  CHECK(dead.last.frequency_mhz == 0);
  CHECK(dead.active_uj[0] == 0);
  auto const alive = bench.settled({}, 1.0);
  CHECK(alive.last.frequency_mhz == 50'000);
  CHECK(alive.active_w(0) == Approx(575.0).margin(0.01));
  auto const dead_again = bench.run(std::vector<SampleFrame>(8'000), 160);
  CHECK(dead_again.last.frequency_mhz == 0);
  CHECK(dead_again.last.element[0].u_mv == 0);
  CHECK(dead_again.last.element[0].active_uj == 0);
}

TEST_CASE("pipeline: full-scale square waves do not overflow") {
  Bench bench{16000};
  std::vector<SampleFrame> frames(16'000);
  for (std::size_t n = 0; n < frames.size(); ++n) {
    auto const code = n / 178 % 2 == 0 ? adc_code_max : adc_code_min;  // 44.9 Hz
    frames[n].u.fill(code);
    frames[n].i.fill(code);
  }
  auto const totals = bench.run(frames, 160);
  // 1000 V and 20 A, in phase: 20 kW; the interpolation of the edges may take some.
  CHECK(totals.active_w(0) == Approx(20'000.0).margin(200.0));
  CHECK(totals.last.element[0].u_mv == Approx(1'000'000).margin(2'000));
}

}  // namespace blondel
