#pragma once
/// Where operating points come from: constants, load profiles, recordings. A plug-in border.

#include <blondel/base/time.hpp>
#include <blondel/frontend/operating_point.hpp>

namespace blondel {

class Recording;

/// A piecewise constant schedule of operating points.
class Source {
 public:
  Source() = default;
  Source(Source const&) = delete;
  Source& operator=(Source const&) = delete;
  virtual ~Source() = default;

  /// The point that holds from `now` on. Calls come with rising `now`.
  [[nodiscard]] virtual OperatingPoint point_at(SimTime now) = 0;
  /// The first instant after `now` at which point_at gives something else; never() when it does not.
  [[nodiscard]] virtual SimTime next_change(SimTime now) const = 0;
  /// The waveforms, when there are any: the points then only tell their level, and only the waveform tier can
  /// play them. Lives as long as the source.
  [[nodiscard]] virtual Recording const* recording() const { return nullptr; }
};

}  // namespace blondel
