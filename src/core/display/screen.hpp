#pragma once
/// What the display is at: between its behaviour and its segments.

#include <blondel/base/time.hpp>
#include <blondel/meter/display_setup.hpp>

namespace blondel {

struct DisplayState;

enum class ScreenKind : std::uint8_t {
  dark,      ///< no supply and nobody pushes
  checksum,  ///< start-up: ROM checksum
  software,  ///< start-up: software number and revision
  reading,
  check  ///< all segments
};

struct Screen {
  ScreenKind kind{};
  DisplayItem item;   ///< of a reading
  bool is_by_hand{};  ///< a reading to which the button led
};

[[nodiscard]] Screen current_screen(DisplayState const& display, DisplaySetup const& setup, bool powered,
                                    SimTime now);

}  // namespace blondel
