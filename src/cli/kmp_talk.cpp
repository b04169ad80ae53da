#include "cli/kmp_talk.hpp"

#include <algorithm>
#include <charconv>

#include <blondel/meter/register_def.hpp>

#include "ports/host_pacer.hpp"

namespace blondel {

namespace {

std::chrono::milliseconds until(SimTime deadline, SimTime now) {
  constexpr std::int64_t longest_ms = 3'600'000;
  auto const wait_ms =
      deadline == SimTime::never() ? longest_ms : ((deadline - now).ns() + ns_per_ms - 1) / ns_per_ms;
  return std::chrono::milliseconds{std::clamp<std::int64_t>(wait_ms, 0, longest_ms)};
}

}  // namespace

tl::expected<Asked, std::string> find_register(std::string const& name) {
  auto const* row = find_by_short_obis(name);
  row = row != nullptr ? row : find_by_name(name);
  if (row != nullptr && row->kmp.bytes > 0) {
    return Asked{name, row->kmp.id};
  }
  std::uint16_t id = 0;
  auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (row == nullptr && error == std::errc{} && end == name.data() + name.size()) {
    return Asked{name, id};  // a number is asked for even when the catalogue does not know it
  }
  return tl::unexpected{"register '" + name + "' " +
                        (row != nullptr ? "is not offered on KMP" : "is not known") +
                        "; allowed: a display id (1.8.0), a KMP number (1) or a row of `blondel registers`"};
}

SimTime line_now() {
  return SimTime{host_now().count()};
}

tl::expected<void, PortError> converse(KmpClient& client, TcpClient& connection) {
  std::array<std::uint8_t, 512> buffer{};
  while (client.state() == KmpClient::State::waiting) {
    while (auto const size = client.poll_transmit(buffer)) {
      if (auto sent = connection.send(ByteSpan{buffer}.first(size), std::chrono::seconds{5}); !sent) {
        return sent;
      }
    }
    auto const received = connection.receive(buffer, until(client.next_deadline(), line_now()));
    if (!received) {
      return tl::unexpected{received.error()};
    }
    if (*received > 0) {
      client.handle_bytes(ByteSpan{buffer}.first(*received), line_now());
    }
    if (client.next_deadline() <= line_now()) {
      client.handle_deadline(line_now());
    }
  }
  return {};
}

}  // namespace blondel
