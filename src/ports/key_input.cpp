#include "ports/key_input.hpp"

#include <poll.h>
#include <unistd.h>

namespace blondel {

bool has_terminal() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

KeyInput::KeyInput() {
  if (::tcgetattr(STDIN_FILENO, &previous_) == 0) {
    auto direct = previous_;
    direct.c_lflag &= ~static_cast<::tcflag_t>(ICANON | ECHO);
    is_changed_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &direct) == 0;
  }
}

KeyInput::~KeyInput() {
  if (is_changed_) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &previous_);
  }
}

std::optional<char> KeyInput::wait(int milliseconds) {
  ::pollfd waiting{STDIN_FILENO, POLLIN, 0};
  if (::poll(&waiting, 1, milliseconds) <= 0) {
    return std::nullopt;
  }
  char key = 'q';
  return ::read(STDIN_FILENO, &key, 1) == 1 ? key : 'q';
}

}  // namespace blondel
