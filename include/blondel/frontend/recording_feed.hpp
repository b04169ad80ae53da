#pragma once
/// How a recording of the lines reaches the measuring elements.

#include <array>

#include <blondel/frontend/wiring.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

class Recording;

/// What an element sees: the sum over the lines k of [element][k] times the value of line k.
using LineWeights = std::array<std::array<double, element_count>, element_count>;

/// A recording and the way from its lines to the elements. The recording outlives the feed.
struct RecordingFeed {
  Recording const* recording{};  ///< none: sinusoids
  LineWeights voltage{};
  LineWeights current{};
};

/// What is left of each line: 1, or 0 when its voltage or current is gone.
struct LineGains {
  std::array<double, element_count> voltage{1.0, 1.0, 1.0};
  std::array<double, element_count> current{1.0, 1.0, 1.0};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.voltage);
    field(self.current);
  }
};

/// The way that a wiring makes, the same as for sinusoids. A lost neutral of the supply is the exception: a
/// recording does not tell the loads behind it.
[[nodiscard]] RecordingFeed recording_feed(Recording const& recording, Wiring const& wiring,
                                           LineGains const& gains);

}  // namespace blondel
