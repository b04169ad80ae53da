#pragma once
/// Lines on standard input that tell a stepped meter how far to go.

#include <functional>

#include <blondel/base/time.hpp>

#include "ports/asio.hpp"

namespace blondel {

class StepInput {
 public:
  struct Events {
    std::function<void(SimDuration)> on_step;
    std::function<void()> on_quit;  ///< `quit` or the end of the input
    std::function<void(std::string const& message)> on_mistake;
  };
  StepInput(asio::io_context& context, Events events);
  StepInput(StepInput const&) = delete;
  StepInput& operator=(StepInput const&) = delete;
  void start();
  void close();

 private:
  void read_line();

  asio::posix::stream_descriptor input_;
  asio::streambuf buffer_;
  Events events_;
};

}  // namespace blondel
