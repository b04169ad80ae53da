#pragma once
/// Single keys from a terminal, without waiting for the end of a line.

#include <termios.h>

#include <optional>

namespace blondel {

/// True when a person can push keys on standard input and see standard output.
[[nodiscard]] bool has_terminal();

/// While one lives, the terminal gives each key at once and does not show it.
class KeyInput {
 public:
  KeyInput();
  KeyInput(KeyInput const&) = delete;
  KeyInput& operator=(KeyInput const&) = delete;
  ~KeyInput();

  /// The next key, if one is pushed within so long. @return 'q' when the input has ended
  [[nodiscard]] std::optional<char> wait(int milliseconds);

 private:
  ::termios previous_{};
  bool is_changed_{};
};

}  // namespace blondel
