#pragma once
/// Samples of a recording as the measuring elements see them.

#include <cstddef>
#include <cstdint>

#include <blondel/frontend/recording_feed.hpp>
#include <frontend/lanes.hpp>
#include <frontend/source/recording.hpp>

namespace blondel {

/// Writes what stands at the elements at start_s + (first + n) interval_s. @shape u_v[count], i_a[count]
void play_block(RecordingFeed const& feed, double start_s, double interval_s, std::uint64_t first, Lanes* u_v,
                Lanes* i_a, std::size_t count);

}  // namespace blondel
