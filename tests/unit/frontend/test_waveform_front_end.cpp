#include <unit/frontend/fine_codes.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

using blondel::Celsius;
using blondel::CtModel;
using blondel::FrontEndModel;
using blondel::Harmonic;
using blondel::Hertz;
using blondel::SampleFrame;
using blondel::SimTime;
using blondel::WaveformFrontEnd;
using blondel::test::balanced;
using blondel::test::fine_model;
using blondel::test::first_samples;

namespace {

FrontEndModel noisy_model() {
  FrontEndModel model;
  model.external_ct.turns = 40;
  model.external_ct.core_area_m2 = 1e-3;
  model.external_ct.winding = blondel::Ohms{0.06};
  model.external_ct.burden = blondel::Ohms{0.02};
  model.internal_ct[2].core_area_m2 = 2e-6;  // saturates at the second point
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
  }
  return model;
}

/// 1000 samples over four operating points, taken in calls of at most `chunk`.
std::vector<SampleFrame> four_points(std::size_t chunk) {
  auto harmonic = balanced(200.0, 0.7);
  harmonic.harmonic[0] = Harmonic{.order = 3, .u_ratio = 0.05, .i_ratio = 0.3};
  auto hot = balanced(3000.0);
  hot.temperature = Celsius{70.0};
  auto slow = balanced(20.0);
  slow.frequency = Hertz{48.7};
  WaveformFrontEnd front_end{noisy_model(), 5, 6, SimTime{}};
  std::vector<SampleFrame> all;
  std::vector<SampleFrame> part(chunk);
  for (auto const& point : {harmonic, hot, slow, harmonic}) {
    front_end.set_signals(blondel::line_signals(point));
    for (std::size_t left = 250; left != 0;) {
      auto const made = front_end.sample(std::span{part}.first(std::min(chunk, left)), SimTime::never());
      all.insert(all.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(made));
      left -= made;
    }
  }
  return all;
}

/// The largest difference in the codes between two cycles. @units codes
std::int32_t worst_difference(std::vector<SampleFrame> const& frames, std::size_t first, std::size_t second) {
  std::int32_t worst = 0;
  for (std::size_t n = 0; n < 160; ++n) {
    for (std::size_t k = 0; k < 3; ++k) {
      worst = std::max(worst, std::abs(frames[first + n].i[k] - frames[second + n].i[k]));
      worst = std::max(worst, std::abs(frames[first + n].u[k] - frames[second + n].u[k]));
    }
  }
  return worst;
}

bool is_same(std::vector<SampleFrame> const& a, std::vector<SampleFrame> const& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(SampleFrame)) == 0;
}

}  // namespace

TEST_CASE("frontend: samples taken one at a time equal samples taken in blocks, bit for bit") {
  auto const single = four_points(1);
  CHECK(is_same(single, four_points(160)));
  CHECK(is_same(single, four_points(37)));
  CHECK(is_same(single, four_points(250)));
}

TEST_CASE("frontend: the first point starts in the steady state") {
  // Any direct flux would decay with 1.7 s: the first cycle and the one after a second must agree to a code,
  // which is 6 nA of 7 A
  auto model = fine_model();
  model.internal_ct.fill(CtModel{});
  for (std::size_t k = 0; k < 3; ++k) {
    model.internal_ct[k].low_field_rise = 0.0;
    model.adc[k].i_filter_tau_s = model.adc[k].u_filter_tau_s = 33e-6;
  }
  auto point = balanced(5.0, 0.3);
  point.harmonic[0] = Harmonic{.order = 3, .u_ratio = 0.1, .i_ratio = 0.2};
  auto const frames = first_samples(model, point, 8160);
  CHECK(worst_difference(frames, 0, 8000) <= 1);
}

TEST_CASE("frontend: a rise of permeability leaves next to no direct flux at the start") {
  // The steady state leaves out the excitation's third harmonic: about 4 % of 1.4e-3 of the flux, a third of
  // it in the flux, 2e-5; as direct flux that is worth 2e-5 * 1.4e-3 * 7 A = 0.2 uA or 33 codes at most
  auto model = fine_model();
  model.internal_ct.fill(CtModel{});
  auto const frames = first_samples(model, balanced(5.0, 0.3), 8160);
  CHECK(worst_difference(frames, 0, 8000) <= 33);
}

TEST_CASE("frontend: sampling stops before the given instant and goes on from there") {
  WaveformFrontEnd front_end{FrontEndModel{}, 1, 0, SimTime{500}};
  front_end.set_signals(blondel::line_signals(balanced(5.0)));
  std::array<SampleFrame, 8> frames;
  CHECK(front_end.next_sample() == SimTime{500});
  CHECK(front_end.sample(frames, SimTime{500}) == 0);
  CHECK(front_end.sample(frames, SimTime{125'501}) == 2);
  CHECK(front_end.next_sample() == SimTime{250'500});
  CHECK(front_end.sample(frames, SimTime::never()) == 8);
  CHECK(front_end.next_sample() == SimTime{1'250'500});
}

TEST_CASE("frontend: a slow sample clock sees a higher frequency per sample") {
  // +1 % of interval: 50 Hz advances 2 pi / 160 * 1.01 a sample; after 4000 samples 25.25 turns, a positive
  // peak
  auto model = fine_model();
  for (auto& adc : model.adc) {
    adc.clock_error = 0.01;
  }
  auto const frames = first_samples(model, balanced(5.0), 4001);
  CHECK(std::abs(frames[4000].u[0] - 1'364'277'568) <= 2);  // 230 sqrt2 / 2 * 2^23 = 1 364 277 568.35
}

TEST_CASE("frontend: noise depends on seed and meter") {
  auto const run = [](std::uint64_t seed, std::uint64_t meter) {
    WaveformFrontEnd front_end{noisy_model(), seed, meter, SimTime{}};
    front_end.set_signals(blondel::line_signals(balanced(20.0)));
    std::vector<SampleFrame> frames(50);
    REQUIRE(front_end.sample(frames, SimTime::never()) == 50);
    return frames;
  };
  CHECK(is_same(run(1, 2), run(1, 2)));
  CHECK_FALSE(is_same(run(1, 2), run(1, 3)));
  CHECK_FALSE(is_same(run(1, 2), run(2, 2)));
}
