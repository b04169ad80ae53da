/// Writes the recording both sides of the proof consume: the waveform tier's codes over four loads.
/// usage: firmware_proof_samples FILE

#include <array>
#include <bit>
#include <cstdio>
#include <numbers>

#include <blondel/base/time.hpp>
#include <blondel/frontend/front_end.hpp>
#include <blondel/frontend/wiring.hpp>
#include <frontend/source/positive_sequence.hpp>

#include "proof.hpp"

namespace {

using namespace blondel;

static_assert(std::endian::native == std::endian::little, "the controller reads little-endian codes");

/// One load: fundamental values of L1; the other phases differ by fixed factors.
struct Load {
  double frequency_hz;
  double u_v;
  double i_a;      ///< primary of the 200/5 transformer
  double lag_deg;  ///< decides the quadrant
  CurrentShape shape;
};

constexpr std::array<Load, 4> loads{{
    {50.0, 230.0, 180.0, 35.0, CurrentShape::sine},           // import, inductive: quadrant I
    {49.7, 236.0, 90.0, 140.0, CurrentShape::sine},           // export, inductive: quadrant II
    {50.2, 221.0, 210.0, -150.0, CurrentShape::phase_fired},  // export, capacitive: quadrant III
    {50.4, 243.0, 120.0, -40.0, CurrentShape::sine},          // import, capacitive: quadrant IV
}};

/// L3 carries too little in quadrant IV to pass the no-load threshold.
constexpr double no_load_i_a = 0.05;

OperatingPoint point_of(Load const& load) {
  OperatingPoint point;
  point.frequency = Hertz{load.frequency_hz};
  constexpr std::array<double, element_count> u_factor{1.0, 0.985, 1.012};
  constexpr std::array<double, element_count> i_factor{1.0, 0.72, 0.31};
  for (std::size_t n = 0; n < element_count; ++n) {
    auto& phase = point.phase[n];
    phase.u = Volts{load.u_v * u_factor[n]};
    phase.u_angle = positive_sequence_angle[n];
    phase.i = Amps{load.i_a * i_factor[n]};
    phase.lag = Radians{load.lag_deg * std::numbers::pi / 180};
  }
  point.harmonic[0] = {3, 0.01, Radians{0.3}, 0.12, Radians{1.1}};
  point.harmonic[1] = {5, 0.04, Radians{2.9}, 0.25, Radians{-0.8}};
  point.harmonic[2] = {7, 0.03, Radians{-1.2}, 0.15, Radians{2.2}};
  point.harmonic[3] = {11, 0.02, Radians{0.7}, 0.08, Radians{0.2}};
  point.harmonic[4] = {23, 0.005, Radians{1.9}, 0.02, Radians{-2.5}};
  return point;
}

/// Every part of the chain present, none perfect. @source the sizes of models/
FrontEndModel front_end_model() {
  FrontEndModel model;
  model.external_ct = {.turns = 40,
                       .core_area_m2 = 4e-3,
                       .core_length_m = 0.25,
                       .winding = Ohms{0.06},
                       .burden = Ohms{0.02},
                       .loss = Ohms{500.0}};
  for (std::size_t n = 0; n < element_count; ++n) {
    model.divider[n].ratio_error = 0.004 - 0.003 * static_cast<double>(n);
    auto& adc = model.adc[n];
    adc.sample_rate_hz = proof::sample_rate_hz;
    adc.i_filter_tau_s = 33e-6 * (1.0 + 0.04 * static_cast<double>(n));
    adc.u_noise_v = 17.6e-3;
    adc.i_noise_a = 0.22e-3;
    adc.u_offset_v = 0.05;
    adc.i_offset_a = 0.4e-3;
  }
  return model;
}

bool write_load(WaveformFrontEnd& front_end, Load const& load, bool is_last, std::FILE* file) {
  auto point = point_of(load);
  if (is_last) {
    point.phase[2].i = Amps{no_load_i_a};
  }
  front_end.set_signals(element_signals(line_signals(point), Wiring{}));
  std::array<SampleFrame, proof::block_size> block;
  for (std::size_t n = 0; n < proof::blocks_per_quadrant; ++n) {
    auto const made = front_end.sample(block, SimTime::never());
    if (made != block.size() || std::fwrite(block.data(), sizeof block[0], made, file) != made) {
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: firmware_proof_samples FILE\n", stderr);
    return 2;
  }
  auto* const file = std::fopen(argv[1], "wb");
  if (file == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  WaveformFrontEnd front_end{front_end_model(), 1, 0, SimTime{}};
  bool written = true;
  for (auto const& load : loads) {
    written = written && write_load(front_end, load, &load == &loads.back(), file);
  }
  if (std::fclose(file) != 0 || !written) {
    std::perror(argv[1]);
    return 1;
  }
  return 0;
}
