#include "ports/step_input.hpp"

#include <blondel/base/civil_time.hpp>
#include <blondel/ports/port_server.hpp>

#include <unistd.h>

#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace blondel {

namespace {

constexpr std::size_t line_max = 256;

}  // namespace

tl::expected<SimDuration, PortError> parse_duration(std::string_view text) {
  struct Suffix {
    std::string_view text;
    std::int64_t ns;
  };
  constexpr std::array<Suffix, 5> suffixes{{{"ms", ns_per_ms},
                                            {"s", ns_per_s},
                                            {"min", 60 * ns_per_s},
                                            {"h", 3'600 * ns_per_s},
                                            {"d", day_s * ns_per_s}}};
  constexpr std::int64_t count_max = 1'000'000;
  std::int64_t count = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  auto const rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error == std::errc{} && count > 0 && count <= count_max) {
    for (auto const& suffix : suffixes) {
      if (rest == suffix.text) {
        return SimDuration{count * suffix.ns};
      }
    }
  }
  return tl::unexpected{
      PortError{"'" + std::string{text} +
                "' is not a duration; allowed: a whole number of 1 to 1000000 with ms, s, min, h or d"}};
}

StepInput::StepInput(asio::io_context& context, Events events)
    : input_{context},
      buffer_{line_max},
      events_{std::move(events)} {}

void StepInput::start() {
  asio::error_code wrong;
  input_.assign(::dup(STDIN_FILENO), wrong);
  if (wrong) {
    events_.on_mistake("standard input: " + wrong.message());
    return;
  }
  read_line();
}

void StepInput::close() {
  asio::error_code ignored;
  input_.close(ignored);
}

void StepInput::read_line() {
  asio::async_read_until(input_, buffer_, '\n', [this](asio::error_code const& wrong, std::size_t size) {
    if (wrong == asio::error::eof) {
      events_.on_quit();
      return;
    }
    if (wrong) {
      if (wrong != asio::error::operation_aborted) {
        // A file or /dev/null cannot be waited for: nobody can say how far to go, but clients may connect.
        events_.on_mistake("event=no_steps standard_input=\"" + wrong.message() + '"');
      }
      return;
    }
    auto const data = buffer_.data();
    std::string line{asio::buffers_begin(data),
                     asio::buffers_begin(data) + static_cast<std::ptrdiff_t>(size)};
    buffer_.consume(size);
    line.erase(line.find_last_not_of(" \r\n") + 1);
    if (line == "quit") {
      events_.on_quit();
      return;
    }
    if (auto const span = parse_duration(line)) {
      events_.on_step(*span);
    } else {
      events_.on_mistake(span.error().message);
    }
    read_line();
  });
}

}  // namespace blondel
