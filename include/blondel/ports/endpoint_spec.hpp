#pragma once
/// Where a port of a meter is to be reached, as written on a command line or in a document.

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace blondel {

/// What is wrong, for a person: the text, the place and what is allowed.
struct PortError {
  std::string message;
};

/// A connector of the meter.
enum class MeterPort : std::uint8_t { optical };

/// `optical=tcp:127.0.0.1:7351`, `tcp:[::1]:7351`, `tcp::7351` (every IPv4 address), `none`.
struct EndpointSpec {
  enum class Kind : std::uint8_t {
    none,  ///< not reachable
    tcp,   ///< a listening socket; every connection is a head of its own on the port
  };
  MeterPort meter_port{MeterPort::optical};
  Kind kind{Kind::none};
  std::string address;   ///< numeric, without brackets
  std::uint16_t port{};  ///< 0: any that is free
  friend bool operator==(EndpointSpec const&, EndpointSpec const&) = default;
};

/// @param text with or without the leading `name=`; without it the port is `meter_port`
/// @errors a message that quotes the text and says what is allowed
[[nodiscard]] tl::expected<EndpointSpec, PortError> parse_endpoint(std::string_view text,
                                                                   MeterPort meter_port);

/// An address and a port of somebody else: `127.0.0.1:7351`, `[::1]:7351`, `localhost:7351`.
struct HostPort {
  std::string address;
  std::uint16_t port{};
};
/// @param text with or without a leading `tcp:`
[[nodiscard]] tl::expected<HostPort, PortError> parse_host_port(std::string_view text);

/// "127.0.0.1:7351", "[::1]:7351".
[[nodiscard]] std::string to_text(HostPort const& place);

/// "optical".
[[nodiscard]] std::string_view name_of(MeterPort port);

}  // namespace blondel
