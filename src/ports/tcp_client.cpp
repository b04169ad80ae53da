#include "ports/tcp_client.hpp"

#include <optional>
#include <string>

#include "ports/asio.hpp"

namespace blondel {

struct TcpClient::Parts {
  asio::io_context context{1};
  asio::ip::tcp::socket socket{context};
  std::string name;

  /// Runs until the operation has ended or patience is over; then the operation is cancelled.
  /// @return false when it did not end by itself
  bool run_for(std::chrono::milliseconds patience, bool const& is_done) {
    context.restart();
    context.run_for(patience);
    if (is_done) {
      return true;
    }
    asio::error_code ignored;
    socket.cancel(ignored);
    context.restart();
    context.run();
    return false;
  }
  [[nodiscard]] tl::unexpected<PortError> refuse(std::string const& what) const {
    return tl::unexpected{PortError{name + ": " + what}};
  }
};

TcpClient::TcpClient(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
TcpClient::TcpClient(TcpClient&&) noexcept = default;
TcpClient::~TcpClient() = default;

tl::expected<TcpClient, PortError> TcpClient::connect(HostPort const& place,
                                                      std::chrono::milliseconds patience) {
  auto parts = std::make_unique<Parts>();
  parts->name = to_text(place);
  asio::error_code wrong;
  auto const address = asio::ip::make_address(place.address, wrong);
  if (wrong) {
    return parts->refuse(wrong.message());
  }
  bool is_done = false;
  parts->socket.async_connect({address, place.port}, [&](asio::error_code const& outcome) {
    wrong = outcome;
    is_done = true;
  });
  if (!parts->run_for(patience, is_done)) {
    return parts->refuse("no connection within " + std::to_string(patience.count()) + " ms");
  }
  if (wrong) {
    return parts->refuse(wrong.message());
  }
  parts->socket.set_option(asio::ip::tcp::no_delay{true}, wrong);
  return TcpClient{std::move(parts)};
}

tl::expected<void, PortError> TcpClient::send(ByteSpan bytes, std::chrono::milliseconds patience) {
  asio::error_code wrong;
  bool is_done = false;
  asio::async_write(parts_->socket, asio::buffer(bytes.data(), bytes.size()),
                    [&](asio::error_code const& outcome, std::size_t) {
                      wrong = outcome;
                      is_done = true;
                    });
  if (!parts_->run_for(patience, is_done)) {
    return parts_->refuse("the peer took nothing within " + std::to_string(patience.count()) + " ms");
  }
  if (wrong) {
    return parts_->refuse(wrong.message());
  }
  return {};
}

tl::expected<std::size_t, PortError> TcpClient::receive(MutableByteSpan buffer,
                                                        std::chrono::milliseconds patience) {
  asio::error_code wrong;
  std::size_t count = 0;
  bool is_done = false;
  parts_->socket.async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                 [&](asio::error_code const& outcome, std::size_t taken) {
                                   wrong = outcome;
                                   count = taken;
                                   is_done = true;
                                 });
  if (!parts_->run_for(patience, is_done)) {
    return std::size_t{0};
  }
  if (wrong == asio::error::eof) {
    return parts_->refuse("closed by the meter");
  }
  if (wrong) {
    return parts_->refuse(wrong.message());
  }
  return count;
}

}  // namespace blondel
