#include <blondel/ports/endpoint_spec.hpp>

#include <array>
#include <charconv>
#include <optional>

#include "ports/asio.hpp"

namespace blondel {

namespace {

constexpr std::string_view any_address = "0.0.0.0";
constexpr std::string_view endpoint_allowed =
    "tcp:ADDRESS:PORT (tcp:127.0.0.1:7351, tcp:[::1]:7351), tcp::PORT for every IPv4 address, or none";

struct PortName {
  std::string_view name;
  MeterPort port;
};
constexpr std::array<PortName, 1> port_names{{{"optical", MeterPort::optical}}};

tl::unexpected<PortError> refuse(std::string_view text, std::string_view what, std::string_view allowed) {
  return tl::unexpected{
      PortError{"'" + std::string{text} + "': " + std::string{what} + "; allowed: " + std::string{allowed}}};
}

/// Takes everything before the first `mark` off the front of `rest`.
std::optional<std::string_view> take_until(std::string_view& rest, char mark) {
  auto const at = rest.find(mark);
  if (at == rest.npos) {
    return std::nullopt;
  }
  auto const front = rest.substr(0, at);
  rest.remove_prefix(at + 1);
  return front;
}

std::optional<std::uint16_t> parse_port_number(std::string_view text) {
  std::uint16_t port = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  bool const whole = error == std::errc{} && end == text.data() + text.size() && !text.empty();
  return whole ? std::optional{port} : std::nullopt;
}

/// "a:1" or "[a]:1" with a possibly empty a.
tl::expected<HostPort, std::string_view> split_host_port(std::string_view rest) {
  HostPort place;
  std::optional<std::string_view> address;
  bool const has_brackets = rest.starts_with('[');
  if (has_brackets) {
    rest.remove_prefix(1);
    address = take_until(rest, ']');
    if (!address || !rest.starts_with(':')) {
      return tl::unexpected<std::string_view>{"'[' without ']:'"};
    }
    rest.remove_prefix(1);
  } else {
    address = take_until(rest, ':');
    if (!address) {
      return tl::unexpected<std::string_view>{"no port number"};
    }
    if (rest.find(':') != rest.npos) {
      return tl::unexpected<std::string_view>{"an IPv6 address needs brackets"};
    }
  }
  auto const port = parse_port_number(rest);
  if (!port) {
    return tl::unexpected<std::string_view>{"the port number is not one of 0 to 65535"};
  }
  place.address = *address == "localhost" ? std::string_view{"127.0.0.1"} : *address;
  place.port = *port;
  asio::error_code wrong;
  auto const parsed = asio::ip::make_address(place.address, wrong);
  if (!place.address.empty() && (wrong || parsed.is_v6() != has_brackets)) {
    return tl::unexpected<std::string_view>{
        "not a numeric IPv4 address, an IPv6 address in brackets or localhost"};
  }
  return place;
}

}  // namespace

tl::expected<EndpointSpec, PortError> parse_endpoint(std::string_view text, MeterPort meter_port) {
  EndpointSpec spec;
  spec.meter_port = meter_port;
  auto rest = text;
  if (auto const name = take_until(rest, '=')) {
    bool is_known = false;
    for (auto const& candidate : port_names) {
      if (candidate.name == *name) {
        spec.meter_port = candidate.port;
        is_known = true;
      }
    }
    if (!is_known) {
      return refuse(text, "no such port of the meter", "optical");
    }
  }
  if (rest == "none") {
    return spec;
  }
  auto const kind = take_until(rest, ':');
  if (!kind || *kind != "tcp") {
    return refuse(text, "no such kind of endpoint", endpoint_allowed);
  }
  auto place = split_host_port(rest);
  if (!place) {
    return refuse(text, place.error(), endpoint_allowed);
  }
  spec.kind = EndpointSpec::Kind::tcp;
  spec.address = place->address.empty() ? std::string{any_address} : std::move(place->address);
  spec.port = place->port;
  return spec;
}

tl::expected<HostPort, PortError> parse_host_port(std::string_view text) {
  constexpr std::string_view allowed = "ADDRESS:PORT (127.0.0.1:7351, [::1]:7351, localhost:7351)";
  auto rest = text;
  if (rest.starts_with("tcp:")) {
    rest.remove_prefix(4);
  }
  auto const place = split_host_port(rest);
  if (!place) {
    return refuse(text, place.error(), allowed);
  }
  if (place->address.empty() || place->port == 0) {
    return refuse(text, "an address and a port other than 0 are needed", allowed);
  }
  return *place;
}

std::string to_text(HostPort const& place) {
  bool const is_v6 = place.address.find(':') != std::string::npos;
  return (is_v6 ? "[" + place.address + "]" : place.address) + ":" + std::to_string(place.port);
}

std::string_view name_of(MeterPort port) {
  switch (port) {
    case MeterPort::optical:
      return "optical";
  }
  return "unknown";
}

}  // namespace blondel
