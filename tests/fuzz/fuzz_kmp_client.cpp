/// The client against whatever comes back: raw octets, good frames with arbitrary contents, time.
///
/// Input: first octet chooses the request; then operation octets as in fuzz_kmp_server (0 octets, 1 frame, 2
/// time, 3 poll). The client must end, and must never report more registers than it asked for.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <blondel/base/contract.hpp>

#include "client/kmp/kmp_client.hpp"
#include "protocol/kmp/kmp_text.hpp"

using namespace blondel;

namespace {

constexpr std::array<std::uint16_t, 10> ids{1, 2, 1054, 1047, 1126, 1002, 1003, 7, 7, 0x0D80};

void request(KmpClient& client, std::uint8_t choice, SimTime now) {
  if ((choice & 0x80) != 0) {
    KmpLogRequest log;
    log.command = static_cast<KmpCommand>(0xA0 | (choice & 3));
    log.log = 6;
    log.ids = {1047, 1};
    log.id_count = 2;
    log.record_count = 8;
    client.request_log(log, now);
    return;
  }
  switch (choice & 3) {
    case 0:
      client.request_type(now);
      break;
    case 1:
      client.request_serial(now);
      break;
    case 2:
      BLONDEL_EXPECTS(client.request_set_clock({2026, 11, 21, 5, 0, 0}, now).has_value());
      break;
    case 3:
      client.request_registers(std::span{ids}.first(choice % (ids.size() + 1)), now);
      break;
  }
}

void poll_all(KmpClient& client) {
  std::array<std::uint8_t, 16> out{};
  while (client.poll_transmit(out) != 0) {
  }
}

void feed_frame(KmpClient& client, ByteSpan application, SimTime now) {
  std::array<std::uint8_t, kmp_line_max> line{};
  auto const size = kmp_encode_frame(KmpDirection::from_meter, {kmp_meter_address, application}, line);
  BLONDEL_EXPECTS(size.has_value());
  client.handle_bytes(ByteSpan{line}.first(*size), now);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteReader input{{data, size}};
  KmpClient client;
  SimTime now;
  request(client, input.u8(), now);
  while (input.remaining() != 0) {
    auto const operation = input.u8();
    auto const amount = static_cast<std::size_t>(operation >> 2);
    switch (operation & 3) {
      case 0:
        client.handle_bytes(input.take(std::min(amount, input.remaining())), now);
        break;
      case 1:
        feed_frame(client, input.take(std::min(amount, input.remaining())), now);
        break;
      case 2:
        now = now + SimDuration::milliseconds(static_cast<std::int64_t>(amount * amount));
        client.handle_deadline(now);
        break;
      case 3:
        poll_all(client);
        break;
    }
  }
  // Left alone, it comes to an end: two requests of three tries, each with a time-out and a rest at most.
  constexpr int deadlines_max = 12;
  for (int n = 0; client.state() == KmpClient::State::waiting; ++n) {
    BLONDEL_EXPECTS(n < deadlines_max);
    client.handle_deadline(client.next_deadline());
    poll_all(client);
  }
  BLONDEL_EXPECTS(client.values().size() + client.left_out().size() <= ids.size());
  for (auto const& value : client.values()) {
    static_cast<void>(kmp_value_text(value.field()));
  }
  return 0;
}
