#include "cli/progress.hpp"

#include <report/summary.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace blondel {

namespace {

constexpr HostInstant bar_interval{200 * ns_per_ms};
constexpr HostInstant line_interval{10 * ns_per_s};
constexpr int bar_width = 24;

double seconds(HostInstant span) {
  return static_cast<double>(span.count()) / 1e9;
}

}  // namespace

Progress::Progress(SimTime end, bool is_silent)
    : end_{end},
      is_silent_{is_silent},
      is_terminal_{::isatty(STDERR_FILENO) == 1},
      started_{host_now()},
      shown_{started_} {}

void Progress::update(SimTime now) {
  auto const host = host_now();
  if (is_silent_ || host - shown_ < (is_terminal_ ? bar_interval : line_interval)) {
    return;
  }
  shown_ = host;
  auto const text = is_terminal_ ? "\r\x1b[K" + line(now) : line(now) + '\n';
  has_bar_ = is_terminal_;
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

void Progress::finish() {
  if (has_bar_) {
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    has_bar_ = false;
  }
}

double Progress::elapsed_s() const {
  return seconds(host_now() - started_);
}

double Progress::speed(SimTime now) const {
  auto const elapsed = elapsed_s();
  return elapsed > 0 ? static_cast<double>(now.ns()) / 1e9 / elapsed : 0.0;
}

std::string Progress::line(SimTime now) const {
  auto const share =
      end_ > SimTime{} ? std::clamp(static_cast<double>(now.ns()) / static_cast<double>(end_.ns()), 0.0, 1.0)
                       : 1.0;
  auto const filled = static_cast<std::size_t>(share * bar_width);
  auto const eta_s = share > 0 ? elapsed_s() * (1.0 - share) / share : 0.0;
  std::array<char, 200> buffer{};
  std::snprintf(buffer.data(), buffer.size(),
                "[%s%s] %3.0f %%  %s of %s simulated  %s x real time  ETA %.0f s",
                std::string(filled, '=').c_str(), std::string(bar_width - filled, ' ').c_str(), share * 100.0,
                clock_text(now).c_str(), clock_text(end_).c_str(), speed_text(speed(now)).c_str(), eta_s);
  return buffer.data();
}

std::string clock_text(SimTime time) {
  auto const total_s = time.ns() / ns_per_s;
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%lld:%02d:%02d", static_cast<long long>(total_s / 3'600),
                static_cast<int>(total_s / 60 % 60), static_cast<int>(total_s % 60));
  return buffer.data();
}

}  // namespace blondel
