#pragma once
/// The meter's glass drawn with characters.

#include <string>

#include <blondel/meter/display_frame.hpp>

namespace blondel {

/// Eight lines, each with its newline, always of the same width.
[[nodiscard]] std::string glass_drawing(DisplayFrame const& frame);

}  // namespace blondel
