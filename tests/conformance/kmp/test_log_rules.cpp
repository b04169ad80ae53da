#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

#include "conformance/kmp/fixed_meter.hpp"
#include "core/loggers/log_writer.hpp"
#include "protocol/kmp/kmp_server.hpp"

using namespace blondel;

namespace {

using Octets = std::vector<std::uint8_t>;

/// "A2 06" -> octets.
Octets octets(std::string const& hex) {
  Octets result;
  for (std::size_t n = 0; n < hex.size(); n += 3) {
    result.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(n, 2), nullptr, 16)));
  }
  return result;
}

Octets answer(FixedMeter& fixed, std::string const& request) {
  KmpServer server{fixed.meter.access()};
  auto const given = server.answer(octets(request));
  REQUIRE(given);
  auto const application = given->application();
  return {application.begin(), application.end()};
}

/// Appends to the load profile; the stamp is 2000-01-01, A+ in steps of 0.1 kWh.
void append(FixedMeter& fixed, std::int64_t a_plus) {
  std::array<std::int64_t, 8> const record{2, 0, 0, 1, a_plus, 0, 0, 0};
  REQUIRE(append_log(fixed.state, fixed.config, fixed.nv, LogId::load_profile, record));
}

}  // namespace

// Octets by hand from device.md K5.
TEST_CASE("kmp logs: ids go on at 0 after 65535") {
  FixedMeter fixed{true};
  auto& head = head_of(fixed.state.loggers, LogId::load_profile);
  clear_log(fixed.state, LogId::load_profile);
  head.last_id = head.cleared_id = 65'533;
  head.page_first_id = 65'534;
  for (std::int64_t value = 1; value <= 4; ++value) {
    append(fixed, value);
  }
  CHECK(answer(fixed, "A2 06 01 00 01 04 FF FF FF") ==
        octets("A2 06 01 FF FF 00 01 02 04 41 00 00 00 02 00 00 00 00 00 03 00 01 00 00 00 04 "
               "00 01 00 01 10"));
  // 2 is beyond the newest, 65533 older than the oldest.
  CHECK(answer(fixed, "A2 06 01 00 01 04 FF 00 02") == octets("A2 06 01 00 00 00 01 04"));
  CHECK(answer(fixed, "A2 06 01 00 01 01 FF FF FD") ==
        octets("A2 06 01 FF FE 00 01 02 04 41 00 00 00 01 FF FE 00 01 00"));
}

TEST_CASE("kmp logs: a value of another format begins a new answer") {
  FixedMeter fixed{true};
  append(fixed, -5);
  CHECK(answer(fixed, "A2 06 01 00 01 04 FF 00 03") ==
        octets("A2 06 01 00 03 00 01 02 04 41 00 00 02 CA 00 03 00 04 08"));
  CHECK(answer(fixed, "A2 06 01 00 01 04 FF 00 04") ==
        octets("A2 06 01 00 04 00 01 02 04 C1 00 00 00 05 00 04 00 04 10"));
}

TEST_CASE("kmp logs: the read marker moves when the event status is cleared, past what was read out") {
  FixedMeter fixed{true};
  auto const unread = "A1 06 01 00 01 01 FF";
  auto const clear_load_profile = "9C 00 00 20 00 00 00 00 00";  // bit 21: ES2 bit 5
  auto const first = octets("A1 06 01 00 01 00 01 02 04 41 00 00 02 B2 00 01 00 03 00");
  CHECK(answer(fixed, unread) == first);
  CHECK(answer(fixed, unread) == first);
  static_cast<void>(answer(fixed, clear_load_profile));
  CHECK(answer(fixed, unread) == octets("A1 06 01 00 02 00 01 02 04 41 00 00 02 BE 00 02 00 03 00"));
  static_cast<void>(answer(fixed, "A3 06 01 00 01 01 FF 63 01 01 00 00 00 00 00 00 00"));
  static_cast<void>(answer(fixed, clear_load_profile));
  CHECK(answer(fixed, unread) == octets("A1 06 01 00 00 00 03 10"));
}
