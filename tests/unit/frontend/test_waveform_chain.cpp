#include <frontend/tiers/waveform_chain.hpp>

#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <vector>

using blondel::FrontEndModel;
using blondel::Harmonic;
using blondel::InstructionSet;
using blondel::SampleFrame;
using blondel::WaveformChain;
using blondel::test::balanced;

namespace {

/// A case of the whole chain. Currents are primary, behind 200/5 unless there is no external transformer.
struct ChainCase {
  char const* name;
  double current_a{100.0};
  double external_area_m2{4e-3};  ///< 0: no external transformer
  double small_internal_m2{};     ///< core of L2's internal transformer; 0: as the others'
  double noise{};
  bool harmonics{}, sinc3{}, crosstalk{}, voltage_transformer{};
};

constexpr std::array chain_cases{
    ChainCase{.name = "nothing special"},
    ChainCase{.name = "dead", .current_a = 0.0},
    ChainCase{.name = "noise", .noise = 1.0},
    ChainCase{.name = "no external transformer", .current_a = 5.0, .external_area_m2 = 0.0, .noise = 1.0},
    ChainCase{.name = "harmonics, noise and droop", .noise = 1.0, .harmonics = true, .sinc3 = true},
    ChainCase{.name = "external cores half saturated", .external_area_m2 = 1e-4, .noise = 1.0},
    ChainCase{.name = "one internal core deep in saturation", .small_internal_m2 = 1e-7, .noise = 1.0},
    ChainCase{.name = "all cores deep in saturation", .current_a = 5000.0, .external_area_m2 = 1e-4},
    ChainCase{.name = "crosstalk", .noise = 1.0, .sinc3 = true, .crosstalk = true},
    ChainCase{.name = "voltage transformer", .noise = 1.0, .voltage_transformer = true},
};

FrontEndModel model_of(ChainCase const& chain) {
  FrontEndModel model;
  model.external_ct = {.turns = 40,
                       .core_area_m2 = chain.external_area_m2,
                       .core_length_m = 0.25,
                       .winding = blondel::Ohms{0.06},
                       .burden = blondel::Ohms{0.02},
                       .loss = blondel::Ohms{500.0},
                       .present = chain.external_area_m2 > 0};
  if (chain.small_internal_m2 > 0) {
    model.internal_ct[1].core_area_m2 = chain.small_internal_m2;
  }
  for (auto& adc : model.adc) {
    adc.u_noise_v = chain.noise * 0.01;
    adc.i_noise_a = chain.noise * 1e-3;
    adc.sinc3 = chain.sinc3;
  }
  if (chain.crosstalk) {
    model.crosstalk[0][1] = 1e-3;
    model.crosstalk[2][0] = -2e-3;
    model.crosstalk[1][1] = 5e-4;
  }
  model.voltage_transformer[0].present = chain.voltage_transformer;
  return model;
}

/// 2000 samples in blocks of 1 to 171, with another load from the second half on.
std::vector<SampleFrame> codes_of(ChainCase const& chain, InstructionSet instruction_set) {
  auto point = balanced(chain.current_a, 0.5);
  for (int n = 0; chain.harmonics && n < 5; ++n) {
    point.harmonic[static_cast<std::size_t>(n)] = {.order = 3 + 2 * n, .u_ratio = 0.02, .i_ratio = 0.1};
  }
  WaveformChain made{model_of(chain), 3, 9, 125e-6};
  made.set_signals(blondel::line_signals(point), 125e-6);
  std::vector<SampleFrame> frames(2000);
  bool is_changed = false;
  std::size_t length = 1;
  for (std::span<SampleFrame> rest{frames}; !rest.empty();) {
    auto const count = std::min(length, rest.size());
    made.run(rest.first(count), instruction_set);
    rest = rest.subspan(count);
    length = length * 7 % 171 + 1;
    if (!is_changed && rest.size() < 1000) {
      is_changed = true;
      made.set_signals(blondel::line_signals(balanced(2 * chain.current_a, 0.2)), 126e-6);
    }
  }
  return frames;
}

void check_against_baseline(InstructionSet instruction_set, char const* name) {
  if (blondel::best_instruction_set() < instruction_set) {
    WARN("skipped: this processor has no " << name);
    return;
  }
  for (auto const& chain : chain_cases) {
    INFO(chain.name);
    auto const a = codes_of(chain, InstructionSet::baseline);
    auto const b = codes_of(chain, instruction_set);
    CHECK(a[440].u[0] != 0);
    CHECK(std::memcmp(a.data(), b.data(), a.size() * sizeof(SampleFrame)) == 0);
  }
}

}  // namespace

TEST_CASE("frontend: AVX2 makes the codes of the baseline, bit for bit") {
  check_against_baseline(InstructionSet::avx2, "AVX2");
}

TEST_CASE("frontend: AVX-512 makes the codes of the baseline, bit for bit") {
  check_against_baseline(InstructionSet::avx512, "AVX-512 (F, DQ, VL)");
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
