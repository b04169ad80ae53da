#pragma once
/// Which instructions a kernel of the front end uses; every choice gives the same bits.

#include <cstdint>

namespace blondel {

enum class InstructionSet : std::uint8_t { baseline, avx2, avx512 };

/// The widest one this machine has.
[[nodiscard]] InstructionSet best_instruction_set();

}  // namespace blondel
