/// Many meters on one core: waveform tier with the integer core, one meter after the other, for one cycle or
/// for a tenth of a second at a visit. Prints three-phase sample sets a second.

#include <array>
#include <cstdio>
#include <memory>
#include <vector>

#include <blondel/frontend/front_end.hpp>
#include <core/metrology/sample_pipeline.hpp>
#include <frontend/source/positive_sequence.hpp>
#include <frontend/tiers/waveform_chain.hpp>

#include "timing.hpp"

namespace {

using namespace blondel;

constexpr double interval_s = 125e-6;
constexpr std::array<ElementCalibration, element_count> calibration{
    {{.power_gain = 320'000'000, .u_gain = 64'000'000, .i_gain = 640'000'000},
     {.power_gain = 320'000'000, .u_gain = 64'000'000, .i_gain = 640'000'000},
     {.power_gain = 320'000'000, .u_gain = 64'000'000, .i_gain = 640'000'000}}};

FrontEndModel whole_model() {
  FrontEndModel model;
  model.external_ct.present = true;
  model.external_ct.turns = 40;
  model.external_ct.core_area_m2 = 4e-3;
  model.external_ct.core_length_m = 0.25;
  model.external_ct.winding = Ohms{0.06};
  model.external_ct.burden = Ohms{0.02};
  model.external_ct.loss = Ohms{500.0};
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
  }
  return model;
}

/// Terminals to increments, without registers and protocols.
class MeasuringMeter {
 public:
  MeasuringMeter(FrontEndModel const& model, std::uint64_t number) : chain_{model, 1, number, interval_s} {
    OperatingPoint point;
    for (std::size_t k = 0; k < element_count; ++k) {
      point.phase[k] = {.u = Volts{230.0},
                        .u_angle = positive_sequence_angle[k],
                        .i = Amps{5.0 + static_cast<double>(number % 190)},
                        .lag = Radians{0.3}};
    }
    chain_.set_signals(line_signals(point), interval_s);
  }

  /// @return energy of the visit, so that the work is done
  std::int64_t run(std::size_t samples, InstructionSet instruction_set) {
    std::array<SampleFrame, block_samples> frames;
    std::int64_t energy_uj = 0;
    SamplePipeline pipeline{state_, {8'000, 50}, calibration};
    for (std::size_t done = 0; done < samples; done += frames.size()) {
      chain_.run(frames, instruction_set);
      for (std::span<SampleFrame const> left{frames}; !left.empty();) {
        ElementIncrement increment;
        auto const progress = pipeline.process(left, increment);
        left = left.subspan(progress.consumed);
        energy_uj += increment.element[0].active_uj;
      }
    }
    return energy_uj;
  }

 private:
  WaveformChain chain_;
  MeasuringState state_;
};

void report(std::size_t meters, std::size_t samples, double calibration_ns) {
  auto const model = whole_model();
  std::vector<std::unique_ptr<MeasuringMeter>> lot;
  for (std::size_t n = 0; n < meters; ++n) {
    lot.push_back(std::make_unique<MeasuringMeter>(model, n));
  }
  struct Row {
    InstructionSet instruction_set;
    char const* name;
  };
  constexpr std::array rows{Row{InstructionSet::baseline, "baseline"}, Row{InstructionSet::avx2, "avx2"},
                            Row{InstructionSet::avx512, "avx512"}};
  for (auto const& row : rows) {
    if (row.instruction_set > best_instruction_set()) {
      continue;
    }
    auto const sets = static_cast<double>(meters * samples);
    auto const rounds = sets > 1e7 ? 4 : static_cast<int>(4e7 / sets);
    std::int64_t sink = 0;
    auto const ns = bench::best_ns(rounds, sets, [&] {
      for (auto& meter : lot) {
        sink += meter->run(samples, row.instruction_set);
      }
    });
    std::printf("%6zu meters, %4zu sets a visit  %-9s %6.1f M sets/s  %5.1f ns/set  %6.2f x calibration%s\n",
                meters, samples, row.name, 1e3 / ns, ns, ns / calibration_ns,
                sink != 0 ? "" : " (no energy)");
  }
}

}  // namespace

int main() {
  auto const calibration_ns = bench::calibration_ns();
  std::printf("calibration kernel: %.2f ns/unit; a meter takes %zu bytes\n", calibration_ns,
              sizeof(MeasuringMeter));
  for (std::size_t meters : {8U, 1024U, 32768U}) {
    for (std::size_t samples : {160U, 800U}) {
      report(meters, samples, calibration_ns);
    }
  }
  return 0;
}
