#pragma once
/// What an eye reads on the glass.

#include <string>

#include <blondel/meter/display_frame.hpp>

namespace blondel {

/// The four fields that hold text, without the clear cells around it.
struct GlassReading {
  std::string value;  ///< "69.03", "2026:11:21"
  std::string unit;   ///< "kWh"
  std::string id;     ///< "1.8.0"
  std::string text;   ///< "A+"
};
[[nodiscard]] GlassReading read_glass(DisplayFrame const& frame);

/// The whole glass in a line: "1.8.0 A+ 69.03 kWh, Q1, L1> L2> L3<, T1, error"; marks that are off are left
/// out, a phase with a direction and no voltage is "-". "dark" when all is clear.
[[nodiscard]] std::string glass_text(DisplayFrame const& frame);

}  // namespace blondel
