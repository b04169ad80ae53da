#include <catch2/catch.hpp>

#include <memory>
#include <vector>

#include "core/metrology/sample_pipeline.hpp"
#include "frontend/tiers/waveform_chain.hpp"
#include "support/twin_fixture.hpp"
#include "twin/factory.hpp"

namespace blondel {
namespace {

/// Registers after ten seconds of a noisy meter's samples made by one instruction set. @units mJ and the like
std::array<std::int64_t, 3> registers_from(InstructionSet instruction_set) {
  auto model = test::physical_front_end(1.0);
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
    adc.sinc3 = true;
  }
  auto point = test::balanced_point(230.0, 3.0, 0.7, 50.37);
  point.harmonic[0] = {.order = 5, .u_ratio = 0.03, .i_ratio = 0.2};
  WaveformChain chain{model, 7, 0, 125e-6};
  chain.set_signals(line_signals(point), 125e-6);
  test::MeterFixture fixture;
  auto const state = std::make_unique<MeasuringState>();
  auto const calibration = nominal_calibration(model);
  SamplePipeline pipeline{*state, {}, calibration};
  std::vector<SampleFrame> frames(8000);
  for (int second = 0; second < 10; ++second) {
    chain.run(frames, instruction_set);
    for (std::span<SampleFrame const> left{frames}; !left.empty();) {
      ElementIncrement increment;
      auto const progress = pipeline.process(left, increment);
      left = left.subspan(progress.consumed);
      if (progress.closed) {
        fixture.now = fixture.now + increment.span;
        REQUIRE(fixture.meter.handle_increment(increment, fixture.now).has_value());
      }
    }
  }
  return {fixture.native(RegisterId::active_energy_import_secondary),
          fixture.native(RegisterId::reactive_energy_import_secondary),
          fixture.native(RegisterId::apparent_energy_import)};
}

}  // namespace

TEST_CASE("tiers: E6, the registers do not depend on the instruction set", "[E6]") {
  auto const baseline = registers_from(InstructionSet::baseline);
  for (auto const set : {InstructionSet::avx2, InstructionSet::avx512}) {
    if (set > best_instruction_set()) {
      WARN("this processor lacks instruction set " << static_cast<int>(set) << ": not compared");
      continue;
    }
    CHECK(registers_from(set) == baseline);
  }
  // 3 * 230 V * 3 A * cos 0.7 for 10 s is 15.8 kJ, give or take the harmonics: the registers have counted.
  CHECK(baseline[0] > 15'000'000);
}

}  // namespace blondel
