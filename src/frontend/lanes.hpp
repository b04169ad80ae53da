#pragma once
/// Four doubles side by side: the phases L1, L2, L3 and one idle lane; and two such fours.

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
/// Two of them side by side: u before i, or the bank that feeds before the one that is fed.
using PairedLanes = double __attribute__((vector_size(64), aligned(64)));
using PairedBits = std::int64_t __attribute__((vector_size(64), aligned(64)));

/// How wide a kernel's vectors are: a template's argument, as vector types themselves lose their alignment
/// there.
struct Single {
  using Vector = Lanes;
  using Bits = LaneBits;
  using Words = std::uint64_t __attribute__((vector_size(32), aligned(32)));
};
struct Paired {
  using Vector = PairedLanes;
  using Bits = PairedBits;
  using Words = std::uint64_t __attribute__((vector_size(64), aligned(64)));
};

inline constexpr std::size_t lane_count = 4;
inline constexpr std::size_t block_samples = 160;  ///< one cycle of 50 Hz at 8000 samples per second

/// Lane by lane, because a vector's parts cannot be referred to.
template<class Visitor>
void visit_lanes(Visitor& field, Lanes& lanes) {
  for (std::size_t k = 0; k < lane_count; ++k) {
    double value = lanes[k];
    field(value);
    lanes[k] = value;
  }
}
template<class Visitor>
void visit_lanes(Visitor& field, Lanes const& lanes) {
  for (std::size_t k = 0; k < lane_count; ++k) {
    double const value = lanes[k];
    field(value);
  }
}

BLONDEL_KERNEL void join(Lanes const& low, Lanes const& high, PairedLanes& both) {
  both = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}
BLONDEL_KERNEL void join(LaneBits const& low, LaneBits const& high, PairedBits& both) {
  both = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}
/// What feeds a kernel of either width in the upper, or only, place.
BLONDEL_KERNEL void raise(Lanes const& high, Lanes& vector) {
  vector = high;
}
BLONDEL_KERNEL void raise(Lanes const& high, PairedLanes& vector) {
  vector = __builtin_shufflevector(high, high, -1, -1, -1, -1, 0, 1, 2, 3);
}
/// The lower half changed for another.
BLONDEL_KERNEL void replace_low(Lanes const& low, PairedLanes& vector) {
  PairedLanes const wide = __builtin_shufflevector(low, low, 0, 1, 2, 3, -1, -1, -1, -1);
  vector = __builtin_shufflevector(wide, vector, 0, 1, 2, 3, 12, 13, 14, 15);
}
BLONDEL_KERNEL void split(PairedLanes const& both, Lanes& low, Lanes& high) {
  low = __builtin_shufflevector(both, both, 0, 1, 2, 3);
  high = __builtin_shufflevector(both, both, 4, 5, 6, 7);
}
BLONDEL_KERNEL void split(PairedBits const& both, LaneBits& low, LaneBits& high) {
  low = __builtin_shufflevector(both, both, 0, 1, 2, 3);
  high = __builtin_shufflevector(both, both, 4, 5, 6, 7);
}

}  // namespace blondel
