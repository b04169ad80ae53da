#pragma once
/// Accepts connections on one address and hands over the sockets.

#include <functional>

#include <tl/expected.hpp>

#include <blondel/ports/endpoint_spec.hpp>

#include "ports/asio.hpp"

namespace blondel {

class Listener {
 public:
  struct Events {
    std::function<void(asio::ip::tcp::socket)> on_connection;
    /// Accepting failed (no descriptors left); tried again shortly.
    std::function<void(std::string_view reason)> on_trouble;
  };

  Listener(asio::io_context& context, Events events);
  Listener(Listener const&) = delete;
  Listener& operator=(Listener const&) = delete;

  /// Binds and starts accepting. @errors a message with the address, the reason and the option to change
  [[nodiscard]] tl::expected<HostPort, PortError> open(EndpointSpec const& spec);
  void close();

 private:
  void accept();
  void wait_and_accept();

  asio::ip::tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  Events events_;
};

}  // namespace blondel
