#pragma once
/// One minute in a meter's life, run alike on the host and on the controller and told line by line.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <blondel/base/bytes.hpp>
#include <blondel/meter/sample.hpp>

#include "core/meter/meter_state.hpp"
#include "core/metrology/measuring_state.hpp"

namespace blondel::proof {

inline constexpr std::uint32_t sample_rate_hz = 8'000;
inline constexpr std::size_t block_size = 160;
inline constexpr std::size_t blocks_per_s = sample_rate_hz / block_size;
inline constexpr std::size_t quadrant_s = 15;  ///< one load after the other, one quadrant each
inline constexpr std::size_t blocks_per_quadrant = quadrant_s * blocks_per_s;
inline constexpr std::size_t block_count = 4 * blocks_per_quadrant;

using Block = std::span<SampleFrame, block_size>;

/// Where everything lives: static objects of the program, so that the linker counts them.
struct Memory {
  MeterState& meter;
  MeasuringState& measuring;
  MutableByteSpan permanent;
  Block block;
};

// What differs between the sides; each defines it.

/// The next frames of the recording. @return false when it ends before the block is full
bool read_samples(Block block);
void write_text(std::string_view text);
/// Around what a meter does all the time: measuring and booking one block.
void metering_begins();
void metering_ends();

/// Runs the minute and writes a line for every second, every register at every change of load, and every
/// error.
/// @return false when an error occurred or the recording was short
bool run(Memory const& memory);

}  // namespace blondel::proof
