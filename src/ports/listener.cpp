#include "ports/listener.hpp"

#include <chrono>

namespace blondel {

namespace {

constexpr std::chrono::milliseconds pause_when_exhausted{100};

tl::unexpected<PortError> refuse(EndpointSpec const& spec, asio::error_code const& wrong) {
  std::string const name{name_of(spec.meter_port)};
  auto message = name + " port: " + to_text(HostPort{spec.address, spec.port}) + ": ";
  message += wrong == asio::error::address_in_use ? "the port is in use by another program" : wrong.message();
  message += "; choose another with --" + name + " tcp:ADDRESS:PORT (port 0 takes any that is free)";
  return tl::unexpected{PortError{std::move(message)}};
}

}  // namespace

Listener::Listener(asio::io_context& context, Events events)
    : acceptor_{context},
      pause_{context},
      events_{std::move(events)} {}

tl::expected<HostPort, PortError> Listener::open(EndpointSpec const& spec) {
  asio::error_code wrong;
  auto const address = asio::ip::make_address(spec.address, wrong);
  if (wrong) {
    return refuse(spec, wrong);
  }
  asio::ip::tcp::endpoint const place{address, spec.port};
  acceptor_.open(place.protocol(), wrong);
  if (!wrong) {
    acceptor_.set_option(asio::ip::tcp::acceptor::reuse_address{true}, wrong);
  }
  if (!wrong) {
    acceptor_.bind(place, wrong);
  }
  if (!wrong) {
    acceptor_.listen(asio::socket_base::max_listen_connections, wrong);
  }
  if (wrong) {
    return refuse(spec, wrong);
  }
  auto const bound = acceptor_.local_endpoint(wrong);
  accept();
  return HostPort{bound.address().to_string(), bound.port()};
}

void Listener::close() {
  asio::error_code ignored;
  pause_.cancel(ignored);
  acceptor_.close(ignored);
}

void Listener::accept() {
  acceptor_.async_accept([this](asio::error_code const& wrong, asio::ip::tcp::socket socket) {
    if (!acceptor_.is_open()) {
      return;
    }
    if (wrong) {
      events_.on_trouble(wrong.message());
      wait_and_accept();
      return;
    }
    events_.on_connection(std::move(socket));
    accept();
  });
}

void Listener::wait_and_accept() {
  pause_.expires_after(pause_when_exhausted);
  pause_.async_wait([this](asio::error_code const&) {
    if (acceptor_.is_open()) {
      accept();
    }
  });
}

}  // namespace blondel
