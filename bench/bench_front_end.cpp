/// Cost of the waveform tier per three-phase sample set, beside a calibration kernel of fixed work.
/// Prints ns per set and the ratio to the calibration kernel of the same run, so that machines compare.

#include <blondel/frontend/front_end.hpp>
#include <frontend/source/positive_sequence.hpp>
#include <frontend/tiers/waveform_chain.hpp>

#include <cstdio>
#include <vector>

#include "timing.hpp"

namespace {

using blondel::FrontEndModel;
using blondel::Harmonic;
using blondel::InstructionSet;
using blondel::OperatingPoint;
using blondel::SampleFrame;

constexpr int rounds = 400;
constexpr std::size_t sets =
    8000;  ///< one second of samples a round: short, so that some round runs undisturbed

OperatingPoint loaded() {
  OperatingPoint point;
  for (std::size_t k = 0; k < blondel::element_count; ++k) {
    point.phase[k] = {.u = blondel::Volts{230.0},
                      .u_angle = blondel::positive_sequence_angle[k],
                      .i = blondel::Amps{100.0},
                      .lag = blondel::Radians{0.3}};
  }
  return point;
}

FrontEndModel whole_model() {
  FrontEndModel model;
  model.external_ct.present = true;
  model.external_ct.turns = 40;
  model.external_ct.core_area_m2 = 4e-3;
  model.external_ct.core_length_m = 0.25;
  model.external_ct.winding = blondel::Ohms{0.06};
  model.external_ct.burden = blondel::Ohms{0.02};
  model.external_ct.loss = blondel::Ohms{500.0};
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
  }
  return model;
}

void report(char const* name, FrontEndModel const& model, OperatingPoint const& point, double calibration) {
  struct Row {
    InstructionSet instruction_set;
    char const* name;
  };
  std::vector<Row> rows{{InstructionSet::baseline, "baseline"}};
  auto const best = blondel::best_instruction_set();
  if (best >= InstructionSet::avx2) {
    rows.push_back({InstructionSet::avx2, "avx2"});
  }
  if (best >= InstructionSet::avx512) {
    rows.push_back({InstructionSet::avx512, "avx512"});
  }
  std::vector<SampleFrame> frames(blondel::block_samples);
  for (auto const& row : rows) {
    blondel::WaveformChain chain{model, 1, 0, 125e-6};
    chain.set_signals(blondel::line_signals(point), 125e-6);
    auto const ns = blondel::bench::best_ns(rounds, static_cast<double>(sets), [&] {
      for (std::size_t n = 0; n < sets / frames.size(); ++n) {
        chain.run(frames, row.instruction_set);
      }
    });
    std::printf("%-28s %-9s %7.1f ns/set  %6.2f x calibration  %6.0f x real time\n", name, row.name, ns,
                ns / calibration, 125'000.0 / ns);
  }
}

}  // namespace

int main() {
  auto const calibration = blondel::bench::calibration_ns();
  std::printf("calibration kernel: %.2f ns/unit\n", calibration);

  auto const model = whole_model();
  report("whole chain", model, loaded(), calibration);

  auto quiet = model;
  for (auto& adc : quiet.adc) {
    adc.u_noise_v = adc.i_noise_a = 0.0;
  }
  report("without noise", quiet, loaded(), calibration);

  auto ideal = quiet;
  ideal.external_ct.present = false;
  report("ideal external transformer", ideal, loaded(), calibration);

  auto distorted = loaded();
  for (std::size_t n = 0; n < 5; ++n) {
    distorted.harmonic[n] = Harmonic{.order = 3 + 2 * static_cast<int>(n), .u_ratio = 0.02, .i_ratio = 0.1};
  }
  report("whole chain, 5 harmonics", model, distorted, calibration);

  auto saturating = model;
  saturating.external_ct.core_area_m2 = 1e-4;
  report("external core half saturated", saturating, loaded(), calibration);
  return 0;
}
