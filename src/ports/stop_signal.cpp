#include "ports/stop_signal.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace blondel {

StopSignal::StopSignal() {
  ::sigset_t wanted{};
  ::sigemptyset(&wanted);
  ::sigaddset(&wanted, SIGINT);
  ::sigaddset(&wanted, SIGTERM);
  descriptor_ = ::signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
  if (descriptor_ < 0 || ::pthread_sigmask(SIG_BLOCK, &wanted, &previous_) != 0) {
    throw std::system_error{errno, std::generic_category(), "signalfd"};  // out of descriptors at start-up
  }
}

StopSignal::~StopSignal() {
  (void)poll();
  ::close(descriptor_);
  ::pthread_sigmask(SIG_SETMASK, &previous_, nullptr);
}

std::optional<int> StopSignal::poll() {
  ::signalfd_siginfo info{};
  while (::read(descriptor_, &info, sizeof info) == static_cast<::ssize_t>(sizeof info)) {
    if (!received_) {
      received_ = static_cast<int>(info.ssi_signo);
    }
  }
  return received_;
}

}  // namespace blondel
