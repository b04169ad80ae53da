#include <utility>

#include <blondel/base/contract.hpp>
#include <blondel/frontend/front_end.hpp>
#include <frontend/adc/sample_clock.hpp>
#include <frontend/tiers/waveform_chain.hpp>

namespace blondel {

struct WaveformFrontEnd::State {
  State(FrontEndModel const& model, std::uint64_t seed, std::uint64_t meter, SimTime start)
      : adc{model.adc[0]},
        start_s{static_cast<double>(start.ns()) / ns_per_s},
        clock{start, model.adc[0].sample_rate_hz, model.adc[0].clock_error},
        chain{model, seed, meter, clock.interval_s()} {}

  AdcModel adc;
  double start_s;
  SampleClock clock;
  WaveformChain chain;
  InstructionSet instruction_set{best_instruction_set()};
};

WaveformFrontEnd::WaveformFrontEnd(FrontEndModel const& model, std::uint64_t seed, std::uint64_t meter,
                                   SimTime start) {
  for (auto const& adc : model.adc) {
    BLONDEL_EXPECTS(adc.sample_rate_hz == model.adc[0].sample_rate_hz);
    BLONDEL_EXPECTS(adc.clock_error == model.adc[0].clock_error);
  }
  state_.emplace_back(model, seed, meter, start);
}

WaveformFrontEnd::~WaveformFrontEnd() = default;
WaveformFrontEnd::WaveformFrontEnd(WaveformFrontEnd&&) noexcept = default;
WaveformFrontEnd& WaveformFrontEnd::operator=(WaveformFrontEnd&&) noexcept = default;

void WaveformFrontEnd::set_signals(Signals const& elements) {
  auto& state = state_.front();
  state.clock.set_clock_error(clock_error_at(state.adc, elements.temperature));
  state.chain.set_signals(elements, state.clock.interval_s());
}

void WaveformFrontEnd::set_recording(RecordingFeed const& feed) {
  state_.front().chain.play(feed, state_.front().start_s);
}

std::size_t WaveformFrontEnd::sample(std::span<SampleFrame> frames, SimTime until) {
  auto& state = state_.front();
  std::size_t made = 0;
  while (made < frames.size()) {
    auto const count = state.clock.count_before(until, frames.size() - made);
    if (count == 0) {
      break;
    }
    state.chain.run(frames.subspan(made, count), state.instruction_set);
    state.clock.advance(count);
    made += count;
  }
  return made;
}

SimTime WaveformFrontEnd::next_sample() const {
  return state_.front().clock.next();
}

}  // namespace blondel
