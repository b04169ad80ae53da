#pragma once
/// Asks whether somebody wants the program to stop (SIGINT, SIGTERM), without handlers and globals.

#include <csignal>
#include <optional>

namespace blondel {

/// While one lives, SIGINT and SIGTERM wait to be asked for instead of ending the program.
class StopSignal {
 public:
  StopSignal();
  StopSignal(StopSignal const&) = delete;
  StopSignal& operator=(StopSignal const&) = delete;
  /// A signal that came and was not asked for is dropped, not delivered late.
  ~StopSignal();

  /// The signal that came first, if any came. @cost one system call
  [[nodiscard]] std::optional<int> poll();

 private:
  ::sigset_t previous_{};
  int descriptor_{-1};
  std::optional<int> received_;
};

/// What a shell expects of a program that a signal ended: 130 for SIGINT, 143 for SIGTERM.
[[nodiscard]] constexpr int exit_code_of_signal(int signal) {
  return 128 + signal;
}

}  // namespace blondel
