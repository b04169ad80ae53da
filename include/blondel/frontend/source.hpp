#pragma once
/// Where operating points come from: constants, load profiles, recordings. A plug-in border.

#include <blondel/base/time.hpp>
#include <blondel/frontend/operating_point.hpp>

namespace blondel {

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
};

}  // namespace blondel
