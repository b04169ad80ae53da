/// The meter's machine under a sequence of operations: octets, whole frames, time, polls. At the end it
/// answers.
///
/// Input: an octet, bit 0 = rest after errors, bit 1 = with logs; then operation octets. Low two bits: 0 raw
/// octets follow (count in the high bits), 1 the same octets as the application of a good frame, 2 time
/// passes (the high bits squared, ms), 3 poll with a small buffer.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <blondel/base/contract.hpp>

#include "conformance/kmp/fixed_meter.hpp"
#include "protocol/kmp/kmp_machine.hpp"
#include "protocol/kmp/kmp_text.hpp"

using namespace blondel;

namespace {

void observe(void*, LinkEvent const& event) {
  BLONDEL_EXPECTS(!kmp_text(event).empty());
}

void poll_all(KmpMachine& machine) {
  std::array<std::uint8_t, kmp_line_max> out{};
  while (machine.poll_transmit(out) != 0) {
  }
}

void feed_frame(KmpMachine& machine, ByteSpan application, SimTime now) {
  std::array<std::uint8_t, kmp_line_max> line{};
  auto const size = kmp_encode_frame(KmpDirection::to_meter, {kmp_meter_address, application}, line);
  BLONDEL_EXPECTS(size.has_value());
  machine.handle_bytes(ByteSpan{line}.first(*size), now);
}

void expect_type_answer(KmpMachine& machine, SimTime now) {
  constexpr std::array<std::uint8_t, 1> get_type{0x01};
  constexpr std::array<std::uint8_t, 10> answer{0x40, 0x3F, 0x01, 0x75, 0x00, 0x08, 0x01, 0x27, 0x66, 0x0D};
  machine.handle_deadline(now);
  poll_all(machine);
  feed_frame(machine, get_type, now);
  machine.handle_deadline(now + SimDuration::milliseconds(30));
  std::array<std::uint8_t, kmp_line_max> out{};
  auto const size = machine.poll_transmit(out);
  BLONDEL_EXPECTS(std::equal(answer.begin(), answer.end(), out.begin(), out.begin() + size));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteReader input{{data, size}};
  auto const first = input.u8();
  FixedMeter fixed{(first & 2) != 0};
  KmpOptions options;
  options.quiet_after_error = (first & 1) != 0 ? kmp_quiet_time : SimDuration{};
  KmpMachine machine{fixed.meter.access(), options, {observe, nullptr}};
  SimTime now;
  while (input.remaining() != 0) {
    auto const operation = input.u8();
    auto const amount = static_cast<std::size_t>(operation >> 2);
    switch (operation & 3) {
      case 0:
        machine.handle_bytes(input.take(std::min(amount, input.remaining())), now);
        break;
      case 1:
        feed_frame(machine, input.take(std::min(amount, input.remaining())), now);
        break;
      case 2:
        now = now + SimDuration::milliseconds(static_cast<std::int64_t>(amount * amount));
        if (machine.next_deadline() <= now) {
          machine.handle_deadline(now);
          BLONDEL_EXPECTS(machine.next_deadline() > now);
        }
        break;
      case 3: {
        std::array<std::uint8_t, 64> out{};
        BLONDEL_EXPECTS(machine.poll_transmit(MutableByteSpan{out}.first(amount)) <= amount);
        break;
      }
    }
  }
  expect_type_answer(machine, now + SimDuration::seconds(3));
  return 0;
}
