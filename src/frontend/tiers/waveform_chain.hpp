#pragma once
/// The whole analogue side between the supply and the codes.

#include <array>
#include <cstdint>
#include <span>

#include <blondel/frontend/front_end_model.hpp>
#include <blondel/frontend/instruction_set.hpp>
#include <blondel/frontend/signals.hpp>
#include <blondel/meter/sample.hpp>
#include <frontend/adc/adc_bank.hpp>
#include <frontend/ct/ct_bank.hpp>
#include <frontend/ct/hysteresis_bank.hpp>
#include <frontend/source/recording_block.hpp>
#include <frontend/source/three_phase_source.hpp>

namespace blondel {

/// Source, external and internal transformers, divider, filters, converters.
class WaveformChain {
 public:
  /// @param seed, meter key the noise
  WaveformChain(FrontEndModel const& model, std::uint64_t seed, std::uint64_t meter, double interval_s);

  /// Takes effect with the next sample. The first call starts everything in the linear steady state.
  /// @param interval_s between samples from now on
  void set_signals(Signals const& elements, double interval_s);
  /// From the next sample on a recording stands at the elements. @param start_s instant of the chain's first
  /// sample on the recording's time axis
  void play(RecordingFeed const& feed, double start_s);
  /// Makes frames.size() samples.
  void run(std::span<SampleFrame> frames, InstructionSet instruction_set);

  /// What the samples so far have left behind. Model, signals and recording are not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.source_);
    field(self.external_);
    field(self.internal_);
    field(self.external_hysteresis_);
    field(self.internal_hysteresis_);
    field(self.transformer_);
    field(self.u_adc_);
    field(self.i_adc_);
    field(self.made_);
  }

 private:
  template<InstructionSet Set, bool HasSinc, bool IsNoisy>
  class Beside;
  template<class Width>
  BLONDEL_KERNEL void make_line(Lanes* u_v, Lanes* i_a, std::size_t count);
  template<InstructionSet Set>
  BLONDEL_KERNEL void run_block(SampleFrame* frames, std::size_t count);
  template<InstructionSet Set, bool HasSinc, bool IsNoisy>
  BLONDEL_KERNEL void run_filtered(SampleFrame* frames, std::size_t count);
  void run_baseline(SampleFrame* frames, std::size_t count);
  void run_avx2(SampleFrame* frames, std::size_t count);
  void run_avx512(SampleFrame* frames, std::size_t count);
  /// Both transformers when one of them has hysteresis: sample by sample, one phase after the other.
  void transform_remembering(Lanes const* input_a, Lanes* between_a, Lanes* output_a, std::size_t count);
  void set_gains(Signals const& elements);
  void set_crosstalk();
  void start_steady();

  FrontEndModel model_;
  double interval_s_;
  ThreePhaseSource source_;
  RecordingFeed feed_;  ///< in the source's place, when it has a recording
  double feed_start_s_{};
  std::array<CtLaw, element_count> external_law_{}, internal_law_{};
  CtBank external_, internal_;
  HysteresisBank external_hysteresis_, internal_hysteresis_;  ///< in a bank's place, when the cores have any
  std::array<CtLaw, element_count> transformer_law_{};
  CtBank transformer_;                ///< of voltage, in the divider's place
  Lanes crosstalk_[element_count]{};  ///< from the own voltage, the next, and the one after
  bool has_transformer_{}, has_crosstalk_{};
  AdcBank u_adc_, i_adc_;
  std::uint64_t made_{};  ///< samples so far
  bool is_started_{};
};

}  // namespace blondel
