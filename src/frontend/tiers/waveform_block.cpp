/// WaveformChain::run: the loops that are compiled once for each set of instructions.

#include <algorithm>
#include <type_traits>

#include <frontend/tiers/waveform_chain.hpp>

namespace blondel {

/// What is done beside the transformers, sample by sample: source and noise before them, converters after.
template<InstructionSet Set, bool HasSinc, bool IsNoisy>
class WaveformChain::Beside {
 public:
  static constexpr bool is_paired = Set == InstructionSet::avx512;
  static constexpr bool is_wide = Set != InstructionSet::baseline;
  using Width = std::conditional_t<is_paired, Paired, Single>;
  using Vector = typename Width::Vector;
  using Source = SourcePass<Width>;

  BLONDEL_KERNEL Beside(WaveformChain& chain, Source const& source, Lanes const* u, SampleFrame* frames)
      : crosstalk_{chain.crosstalk_},
        has_crosstalk_{chain.has_crosstalk_},
        u_{u},
        frames_{frames},
        source_{source},
        noise_{chain.u_adc_.streams(), chain.i_adc_.streams(), chain.made_},
        adc_{chain.u_adc_, chain.i_adc_} {}

  BLONDEL_KERNEL void before(std::size_t n) {
    source_.make(n);
    if constexpr (IsNoisy) {
      noise_.draw(n);
    }
  }
  BLONDEL_KERNEL void after(std::size_t n, Vector const& burden_a) {
    Vector i_a = burden_a;
    if (has_crosstalk_) {
      couple(u_[n], i_a);
    }
    if constexpr (is_paired) {
      PairedLanes noise{};
      if constexpr (IsNoisy) {
        noise_.read(n, noise);
      }
      adc_.convert(u_[n], i_a, noise, frames_[n]);
    } else {
      Lanes u_noise{};
      Lanes i_noise{};
      if constexpr (IsNoisy) {
        noise_.read(n, u_noise, i_noise);
      }
      adc_.convert(u_[n], i_a, u_noise, i_noise, frames_[n]);
    }
  }
  BLONDEL_KERNEL void restart() { adc_.restart(); }
  BLONDEL_KERNEL void keep() {
    source_.keep();
    adc_.keep();
  }

 private:
  BLONDEL_KERNEL void couple(Lanes const& u, Vector& i_a) const {
    Lanes const next = __builtin_shufflevector(u, u, 1, 2, 0, 3);
    Lanes const after_next = __builtin_shufflevector(u, u, 2, 0, 1, 3);
    Lanes const coupled_a = crosstalk_[0] * u + crosstalk_[1] * next + crosstalk_[2] * after_next;
    Vector raised;
    raise(coupled_a, raised);
    i_a = i_a + raised;
  }

  Lanes const* crosstalk_;
  bool has_crosstalk_;
  Lanes const* u_;
  SampleFrame* frames_;
  Source source_;
  std::conditional_t<is_paired, PairedNoiseBlock, NoiseBlock<is_wide>> noise_;
  AdcPass<Width, is_wide, HasSinc> adc_;
};

/// Voltages and currents of a whole block, for what cannot be done sample by sample.
template<class Width>
BLONDEL_KERNEL void WaveformChain::make_line(Lanes* u_v, Lanes* i_a, std::size_t count) {
  if (feed_.recording != nullptr) {
    play_block(feed_, feed_start_s_, interval_s_, made_, u_v, i_a, count);
    return;
  }
  SourcePass<Width> source{source_, u_v, i_a, count};
  for (std::size_t n = 0; n < count; ++n) {
    source.make(n);
  }
  source.keep();
}

/// @pre count <= block_samples, and what the source has left of a cycle unless a recording plays
template<InstructionSet Set, bool HasSinc, bool IsNoisy>
BLONDEL_KERNEL void WaveformChain::run_filtered(SampleFrame* frames, std::size_t count) {
  using Work = Beside<Set, HasSinc, IsNoisy>;
  using Width = typename Work::Width;
  Lanes u[block_samples];
  Lanes i[block_samples];
  Lanes terminal_a[block_samples];
  Lanes burden_a[block_samples];
  typename Work::Source source;
  if (has_transformer_) {
    Lanes u_line[block_samples];
    make_line<Width>(u_line, i, count);
    transformer_.run(u_line, u, count);
  } else if (feed_.recording != nullptr) {
    make_line<Width>(u, i, count);
  } else {
    source = typename Work::Source{source_, u, i, count};
  }
  Work work{*this, source, u, frames};
  if (external_hysteresis_.is_present() || internal_hysteresis_.is_present()) {
    for (std::size_t n = 0; n < count; ++n) {
      work.before(n);
    }
    transform_remembering(i, terminal_a, burden_a, count);
    for (std::size_t n = 0; n < count; ++n) {
      typename Work::Vector output;
      raise(burden_a[n], output);
      work.after(n, output);
    }
  } else {
    CtBank::run_both<Width>(external_, internal_, i, terminal_a, burden_a, count, work);
  }
  work.keep();
  made_ += count;
}

template<InstructionSet Set>
BLONDEL_KERNEL void WaveformChain::run_block(SampleFrame* frames, std::size_t count) {
  auto const is_noisy = u_adc_.is_noisy() || i_adc_.is_noisy();
  if (u_adc_.has_sinc()) {
    is_noisy ? run_filtered<Set, true, true>(frames, count) : run_filtered<Set, true, false>(frames, count);
  } else {
    is_noisy ? run_filtered<Set, false, true>(frames, count) : run_filtered<Set, false, false>(frames, count);
  }
}

void WaveformChain::run_baseline(SampleFrame* frames, std::size_t count) {
  run_block<InstructionSet::baseline>(frames, count);
}

#if defined(__x86_64__)
__attribute__((target("avx2")))
#endif
void WaveformChain::run_avx2(SampleFrame* frames, std::size_t count) {
  run_block<InstructionSet::avx2>(frames, count);
}

#if defined(__x86_64__)
__attribute__((target("avx2,avx512f,avx512dq,avx512vl")))
#endif
void WaveformChain::run_avx512(SampleFrame* frames, std::size_t count) {
  run_block<InstructionSet::avx512>(frames, count);
}

void WaveformChain::run(std::span<SampleFrame> frames, InstructionSet instruction_set) {
  while (!frames.empty()) {
    auto const longest = feed_.recording != nullptr ? block_samples : source_.pass_samples_max();
    auto const count = std::min(frames.size(), longest);
    switch (instruction_set) {
      case InstructionSet::baseline:
        run_baseline(frames.data(), count);
        break;
      case InstructionSet::avx2:
        run_avx2(frames.data(), count);
        break;
      case InstructionSet::avx512:
        run_avx512(frames.data(), count);
        break;
    }
    frames = frames.subspan(count);
  }
}

}  // namespace blondel
