#pragma once
/// How far long work has come: a bar on a terminal, a line now and then elsewhere. Always on stderr.

#include <string>

#include <blondel/base/time.hpp>

#include "ports/host_pacer.hpp"

namespace blondel {

class Progress {
 public:
  /// @param is_silent nothing is shown at all
  Progress(SimTime end, bool is_silent);

  /// Shows something when it is time to. @cost one clock reading
  void update(SimTime now);
  /// Takes the bar off the terminal, so that the next line stands alone.
  void finish();

  /// Simulated seconds per host second since the start.
  [[nodiscard]] double speed(SimTime now) const;
  [[nodiscard]] double elapsed_s() const;

 private:
  [[nodiscard]] std::string line(SimTime now) const;

  SimTime end_;
  bool is_silent_;
  bool is_terminal_;
  bool has_bar_{};
  HostInstant started_;
  HostInstant shown_;
};

/// Simulated time as h:mm:ss.
[[nodiscard]] std::string clock_text(SimTime time);

}  // namespace blondel
