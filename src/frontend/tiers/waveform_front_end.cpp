#include <algorithm>
#include <utility>

#include <blondel/base/contract.hpp>
#include <blondel/frontend/front_end.hpp>
#include <frontend/adc/sample_clock.hpp>
#include <frontend/tiers/waveform_chain.hpp>

namespace blondel {

namespace {

/// Rounds codes to those that a converter of fewer bits has.
void coarsen(std::span<SampleFrame> frames, int bits) {
  auto const step = std::int32_t{1} << (24 - bits);
  auto const coarse = [&](std::int32_t code) {
    auto const steps = (code + step / 2 - adc_code_min) / step;  // rounds to nearest, ties up
    return std::min(steps * step + adc_code_min, adc_code_max + 1 - step);
  };
  for (auto& frame : frames) {
    for (std::size_t e = 0; e < element_count; ++e) {
      frame.u[e] = coarse(frame.u[e]);
      frame.i[e] = coarse(frame.i[e]);
    }
  }
}

}  // namespace

struct WaveformFrontEnd::State {
  State(FrontEndModel const& model, std::uint64_t seed, std::uint64_t meter, SimTime start)
      : adc{model.adc[0]},
        start_s{static_cast<double>(start.ns()) / ns_per_s},
        clock{start, model.adc[0].sample_rate_hz, model.adc[0].clock_error},
        chain{model, seed, meter, clock.interval_s()} {}

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.start_s);
    field(self.clock);
    field(self.chain);
  }

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
    BLONDEL_EXPECTS(adc.bits == model.adc[0].bits && adc.bits >= 8 && adc.bits <= 24);
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
    if (state.adc.bits < 24) {
      coarsen(frames.subspan(made, count), state.adc.bits);
    }
    state.clock.advance(count);
    made += count;
  }
  return made;
}

SimTime WaveformFrontEnd::next_sample() const {
  return state_.front().clock.next();
}

SimTime WaveformFrontEnd::earlier_sample(std::size_t back) const {
  return state_.front().clock.earlier(back);
}

void WaveformFrontEnd::save(StateWriter& to) const {
  to(state_.front());
}
void WaveformFrontEnd::load(StateReader& from) {
  from(state_.front());
}

}  // namespace blondel
