#pragma once
/// What a meter measures at each step of a block, as rates: the vector part of MeasuredRates::take.

#include <array>
#include <cstddef>
#include <cstdint>

#include <blondel/frontend/instruction_set.hpp>
#include <blondel/frontend/phasor_block.hpp>
#include <blondel/frontend/prepared_surface.hpp>

namespace blondel {

/// Column by column; 30 kB.
struct PhasorRates {
  using Column = PhasorBlock::Column;
  using Counts = std::array<std::int32_t, PhasorBlock::steps_max>;
  struct Element {
    alignas(64) Column active_uw, reactive_uvar, apparent_uva;  ///< within MeasuredRates' limit
    alignas(64) Counts u_mv, i_ua;
  };
  std::array<Element, element_count> element;
  alignas(64) Counts i_neutral_ua;
  alignas(64) std::array<std::int64_t, PhasorBlock::steps_max> has_voltage, reversed_sequence;  ///< 0 or -1
};

/// Fills the first `count` steps and what the last vector reaches beyond them.
/// @param surface under the block's frequency and temperature
/// @param per_ratio secondary over primary current of the external transformer
void measure_block(PreparedSurface const& surface, double per_ratio, PhasorBlock const& block,
                   std::size_t count, InstructionSet instruction_set, PhasorRates& rates);

}  // namespace blondel
