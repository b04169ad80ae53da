#pragma once
/// Frames, as converters deliver them, to one row of codes a channel.

#include <array>
#include <cstdint>
#include <span>

#include <blondel/meter/sample.hpp>

namespace blondel {

/// The rows of the six channels and what is taken off each code.
struct ChannelRows {
  std::array<std::int32_t*, element_count> u{};
  std::array<std::int32_t*, element_count> i{};
  std::array<std::int32_t, element_count> mean_u{};
  std::array<std::int32_t, element_count> mean_i{};
};

/// Writes every code less its channel's mean. @shape each row holds frames.size() codes
void split_channels(std::span<SampleFrame const> frames, ChannelRows const& rows);

}  // namespace blondel
