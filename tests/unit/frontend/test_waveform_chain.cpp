#include <frontend/tiers/waveform_chain.hpp>

#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cstring>
#include <span>
#include <vector>

using blondel::FrontEndModel;
using blondel::Harmonic;
using blondel::InstructionSet;
using blondel::SampleFrame;
using blondel::WaveformChain;
using blondel::test::balanced;

TEST_CASE("frontend: every instruction set makes the same codes") {
  if (blondel::best_instruction_set() == InstructionSet::baseline) {
    WARN("this machine has the baseline only");
    return;
  }
  FrontEndModel model;
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 1e-3;
  }
  model.internal_ct[1].core_area_m2 = 1e-6;  // saturates
  auto point = balanced(5000.0, 0.5);
  point.harmonic[0] = Harmonic{.order = 5, .u_ratio = 0.1, .i_ratio = 0.4};
  WaveformChain baseline{model, 3, 9, 125e-6};
  WaveformChain avx2{model, 3, 9, 125e-6};
  std::vector<SampleFrame> a(8000);
  auto b = a;
  baseline.set_signals(blondel::line_signals(point), 125e-6);
  avx2.set_signals(blondel::line_signals(point), 125e-6);
  baseline.run(a, InstructionSet::baseline);
  avx2.run(b, InstructionSet::avx2);
  CHECK(a[4000].i[0] != 0);
  CHECK(std::memcmp(a.data(), b.data(), a.size() * sizeof(SampleFrame)) == 0);
}

TEST_CASE("frontend: a sample's code does not depend on how many are made at once") {
  FrontEndModel model;
  model.external_ct.present = true;  // of one turn: deep in saturation, so that blocks are made anew
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 1e-3;
  }
  auto const instruction_set = blondel::best_instruction_set();
  WaveformChain whole{model, 3, 9, 125e-6};
  WaveformChain parts{model, 3, 9, 125e-6};
  std::vector<SampleFrame> a(640);
  auto b = a;
  whole.set_signals(blondel::line_signals(balanced(5.0, 0.5)), 125e-6);
  parts.set_signals(blondel::line_signals(balanced(5.0, 0.5)), 125e-6);
  whole.run(a, instruction_set);
  std::span<SampleFrame> rest{b};
  for (std::size_t length : {1U, 2U, 3U, 4U, 5U, 7U, 158U, 159U, 160U, 141U}) {  // 640 in all
    parts.run(rest.first(length), instruction_set);
    rest = rest.subspan(length);
  }
  CHECK(rest.empty());
  CHECK(std::memcmp(a.data(), b.data(), a.size() * sizeof(SampleFrame)) == 0);
}
