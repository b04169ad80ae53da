#include <blondel/ports/endpoint_spec.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

namespace {

EndpointSpec tcp(std::string address, std::uint16_t port) {
  return {MeterPort::optical, EndpointSpec::Kind::tcp, std::move(address), port};
}

}  // namespace

TEST_CASE("endpoint spec: an address, a port and the meter's port are read") {
  auto const [text, wanted] =
      GENERATE(table<char const*, EndpointSpec>({{"optical=tcp:127.0.0.1:7351", tcp("127.0.0.1", 7351)},
                                                 {"tcp:127.0.0.1:0", tcp("127.0.0.1", 0)},
                                                 {"tcp:[::1]:7351", tcp("::1", 7351)},
                                                 {"tcp::7351", tcp("0.0.0.0", 7351)},
                                                 {"tcp:localhost:65535", tcp("127.0.0.1", 65535)},
                                                 {"none", EndpointSpec{}},
                                                 {"optical=none", EndpointSpec{}}}));
  CAPTURE(text);
  CHECK(parse_endpoint(text, MeterPort::optical).value() == wanted);
}

TEST_CASE("endpoint spec: wrong text is quoted and what is allowed is said") {
  auto const [text, what] = GENERATE(
      table<char const*, char const*>({{"", "no such kind of endpoint"},
                                       {"udp:127.0.0.1:7351", "no such kind of endpoint"},
                                       {"7351", "no such kind of endpoint"},
                                       {"module=tcp::4059", "no such port of the meter"},
                                       {"tcp:127.0.0.1", "no port number"},
                                       {"tcp:127.0.0.1:", "the port number is not one of 0 to 65535"},
                                       {"tcp:127.0.0.1:65536", "the port number is not one of 0 to 65535"},
                                       {"tcp:127.0.0.1:-1", "the port number is not one of 0 to 65535"},
                                       {"tcp:127.0.0.1:73 51", "the port number is not one of 0 to 65535"},
                                       {"tcp:::1:7351", "an IPv6 address needs brackets"},
                                       {"tcp:[::1:7351", "'[' without ']:'"},
                                       {"tcp:[::1]7351", "'[' without ']:'"},
                                       {"tcp:[127.0.0.1]:1", "not a numeric IPv4 address"},
                                       {"tcp:meter.example:7351", "not a numeric IPv4 address"},
                                       {"tcp:256.0.0.1:7351", "not a numeric IPv4 address"}}));
  CAPTURE(text);
  auto const spec = parse_endpoint(text, MeterPort::optical);
  REQUIRE_FALSE(spec.has_value());
  CHECK_THAT(spec.error().message, Catch::StartsWith("'" + std::string{text} + "'"));
  CHECK_THAT(spec.error().message, Catch::Contains(what));
  CHECK_THAT(spec.error().message, Catch::Contains("; allowed: "));
}

TEST_CASE("endpoint spec: a client needs an address and a port") {
  CHECK(to_text(parse_host_port("127.0.0.1:7351").value()) == "127.0.0.1:7351");
  CHECK(to_text(parse_host_port("tcp:[::1]:7351").value()) == "[::1]:7351");
  CHECK_FALSE(parse_host_port(":7351").has_value());
  CHECK_FALSE(parse_host_port("127.0.0.1:0").has_value());
  CHECK_FALSE(parse_host_port("127.0.0.1").has_value());
}
