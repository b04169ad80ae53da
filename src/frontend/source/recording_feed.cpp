#include <blondel/frontend/recording_feed.hpp>

#include <blondel/base/contract.hpp>
#include <frontend/source/recording_block.hpp>

namespace blondel {
namespace {

/// Lines to elements in place.
void weigh(LineWeights const& weights, Lanes* values, std::size_t count) {
  Lanes column[element_count]{};
  for (std::size_t e = 0; e < element_count; ++e) {
    for (std::size_t k = 0; k < element_count; ++k) {
      column[k][e] = weights[e][k];
    }
  }
  for (std::size_t n = 0; n < count; ++n) {
    Lanes const line = values[n];
    Lanes sum{};
    for (std::size_t k = 0; k < element_count; ++k) {
      Lanes const value{line[k], line[k], line[k], line[k]};
      sum += column[k] * value;
    }
    values[n] = sum;
  }
}

}  // namespace

RecordingFeed recording_feed(Recording const& recording, Wiring const& wiring, LineGains const& gains) {
  BLONDEL_EXPECTS(!wiring.neutral_lost);
  RecordingFeed feed{.recording = &recording};
  for (std::size_t k = 0; k < element_count; ++k) {
    // The wiring is linear: one line at a time tells all of it.
    Signals line{.count = 1, .component = {SignalComponent{.quarters = fundamental_quarters}}};
    line.component[0].u_v[k] = gains.voltage[k];
    line.component[0].i_a[k] = gains.current[k];
    auto const elements = element_signals(line, wiring);
    for (std::size_t e = 0; e < element_count; ++e) {
      feed.voltage[e][k] = elements.component[0].u_v[e].real();
      feed.current[e][k] = elements.component[0].i_a[e].real();
    }
  }
  return feed;
}

void play_block(RecordingFeed const& feed, double start_s, double interval_s, std::uint64_t first, Lanes* u_v,
                Lanes* i_a, std::size_t count) {
  feed.recording->sample(start_s, interval_s, first, u_v, i_a, count);
  weigh(feed.voltage, u_v, count);
  weigh(feed.current, i_a, count);
}

}  // namespace blondel
