#pragma once
/// A connection to somebody else's meter, for clients that ask and wait.

#include <chrono>
#include <memory>

#include <tl/expected.hpp>

#include <blondel/base/bytes.hpp>
#include <blondel/ports/endpoint_spec.hpp>

namespace blondel {

class TcpClient {
 public:
  /// @errors a message with the place and the reason
  [[nodiscard]] static tl::expected<TcpClient, PortError> connect(HostPort const& place,
                                                                  std::chrono::milliseconds patience);
  TcpClient(TcpClient&&) noexcept;
  ~TcpClient();

  [[nodiscard]] tl::expected<void, PortError> send(ByteSpan bytes, std::chrono::milliseconds patience);
  /// Waits for octets. @return the count; 0 when none came in time
  /// @errors the peer closed, or the connection broke
  [[nodiscard]] tl::expected<std::size_t, PortError> receive(MutableByteSpan buffer,
                                                             std::chrono::milliseconds patience);

 private:
  struct Parts;
  explicit TcpClient(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace blondel
