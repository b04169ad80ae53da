#pragma once
/// Four doubles side by side: the phases L1, L2, L3 and one idle lane.

#include <cstddef>
#include <cstdint>

#include <blondel/meter/sample.hpp>

/// Kernels are written once and compiled for several instruction sets, so they must melt into their caller.
/// Lanes pass by reference only: by value they would change the calling convention with the instruction set.
#define BLONDEL_KERNEL inline __attribute__((always_inline))
#define BLONDEL_KERNEL_LAMBDA __attribute__((always_inline))

namespace blondel {

// The alignment is said aloud: the baseline would give 16 bytes, which the wider instructions fault on.
using Lanes = double __attribute__((vector_size(32), aligned(32)));
using LaneBits = std::int64_t __attribute__((vector_size(32), aligned(32)));

inline constexpr std::size_t lane_count = 4;
inline constexpr std::size_t block_samples = 160;  ///< one cycle of 50 Hz at 8000 samples per second

}  // namespace blondel
