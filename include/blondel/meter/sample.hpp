#pragma once
/// What the converters deliver: raw codes. Physics ends here.

#include <array>
#include <cstdint>

namespace blondel {

inline constexpr int element_count = 3;

/// Raw ADC codes of one instant: u and i of L1, L2, L3.
/// @units least significant bits of the converter; what one is worth stands in the Calibration
/// @shape [element] for each of u and i; 24-bit two's complement values sign-extended to 32
struct SampleFrame {
  std::array<std::int32_t, element_count> u{};
  std::array<std::int32_t, element_count> i{};
};

inline constexpr std::int32_t adc_code_max = (1 << 23) - 1;
inline constexpr std::int32_t adc_code_min = -(1 << 23);

}  // namespace blondel
