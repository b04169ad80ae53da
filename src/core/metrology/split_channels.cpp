#include "core/metrology/split_channels.hpp"

#include "core/metrology/host_avx2.hpp"

namespace blondel {

void split_channels(std::span<SampleFrame const> frames, ChannelRows const& rows) {
  auto const from = host::split_channels_avx2(frames, rows);
  for (std::size_t e = 0; e < element_count; ++e) {
    for (std::size_t n = from; n < frames.size(); ++n) {
      rows.u[e][n] = frames[n].u[e] - rows.mean_u[e];
      rows.i[e][n] = frames[n].i[e] - rows.mean_i[e];
    }
  }
}

}  // namespace blondel
