#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include "protocol/kmp/kmp_link.hpp"
#include "unit/protocol/fake_meter.hpp"

using namespace blondel;

namespace {

std::vector<std::uint8_t> encoded(KmpDirection direction, std::string const& application) {
  std::vector<std::uint8_t> line(kmp_line_max);
  auto const size = kmp_encode_frame(direction, {kmp_meter_address, octets_of(application)}, line);
  REQUIRE(size);
  line.resize(*size);
  return line;
}

Error decode_error(std::string const& line) {
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(octets_of(line), body);
  REQUIRE_FALSE(frame);
  return frame.error();
}

}  // namespace

// The frames of device.md K1; the two that KMP447 misprints carry the corrected CRC.
TEST_CASE("kmp: frames that are known good are built octet by octet") {
  struct Row {
    char const* name;
    KmpDirection direction;
    char const* application;
    char const* line;
  };
  auto const row = GENERATE(values<Row>({
      {"GetType", KmpDirection::to_meter, "01", "80 3F 01 05 8A 0D"},
      {"type", KmpDirection::from_meter, "01 00 04 06 01", "40 3F 01 00 04 1B F9 01 26 99 0D"},
      {"GetSerialNo", KmpDirection::to_meter, "02", "80 3F 02 35 E9 0D"},
      {"serial number", KmpDirection::from_meter, "02 01 23 45 67", "40 3F 02 01 23 45 67 E9 56 0D"},
      {"GetRegister 128", KmpDirection::to_meter, "10 01 00 80", "80 3F 10 01 00 1B 7F D4 08 0D"},
      {"GetRegister 041E", KmpDirection::to_meter, "10 01 04 1E", "80 3F 10 01 04 1E 7A BB 0D"},
      {"GetRegister 0409", KmpDirection::to_meter, "10 01 04 09", "80 3F 10 01 04 09 18 6D 0D"},
      {"GetRegister 0044", KmpDirection::to_meter, "10 01 00 44", "80 3F 10 01 00 44 4D C0 0D"},
      {"register 128", KmpDirection::from_meter, "10 00 80 16 04 11 01 2A F0 24",
       "40 3F 10 00 1B 7F 16 04 11 01 2A F0 24 63 03 0D"},
      {"SetClock", KmpDirection::to_meter, "09 00 01 14 4A 00 02 77 15",
       "80 3F 09 00 01 14 4A 00 02 77 15 77 4E 0D"},
  }));
  INFO(row.name);
  CHECK(encoded(row.direction, row.application) == octets_of(row.line));

  std::array<std::uint8_t, kmp_body_max> body{};
  auto const line = octets_of(row.line);
  auto const frame = kmp_decode_frame(line, body);
  REQUIRE(frame);
  CHECK(frame->address == 0x3F);
  CHECK(std::vector<std::uint8_t>{frame->application.begin(), frame->application.end()} ==
        octets_of(row.application));
}

TEST_CASE("kmp: KMP447's two misprinted CRCs are refused") {
  CHECK(decode_error("40 3F 10 00 1B 7F 16 04 11 01 2A F0 24 F3 8A 0D") ==
        Error{ErrorCode::bad_checksum, 0xF38A});
  CHECK(decode_error("80 3F 09 00 01 14 4A 00 02 77 15 C3 4A 0D") == Error{ErrorCode::bad_checksum, 0xC34A});
}

// CRCs of the probes' kmplib: 802C, and 0DE4 after register 1924.
TEST_CASE("kmp: a CRC octet that is reserved is stuffed too") {
  CHECK(encoded(KmpDirection::to_meter, "10 01 00 2E") == octets_of("80 3F 10 01 00 2E 1B 7F 2C 0D"));
  CHECK(encoded(KmpDirection::to_meter, "10 01 07 84") == octets_of("80 3F 10 01 07 84 1B F2 1B E4 0D"));
}

TEST_CASE("kmp: a request for any register number survives the line") {
  std::array<std::uint8_t, kmp_body_max> body{};
  std::vector<unsigned> lost;
  for (unsigned id = 0; id <= 0xFFFF; ++id) {
    std::array<std::uint8_t, 4> const application{0x10, 0x01, static_cast<std::uint8_t>(id >> 8),
                                                  static_cast<std::uint8_t>(id & 0xFF)};
    std::array<std::uint8_t, kmp_line_max> line{};
    auto const size = kmp_encode_frame(KmpDirection::to_meter, {0x3F, application}, line);
    auto const frame = kmp_decode_frame(ByteSpan{line}.first(size.value_or(0)), body);
    if (!frame || !std::equal(application.begin(), application.end(), frame->application.begin(),
                              frame->application.end())) {
      lost.push_back(id);
    }
  }
  CHECK(lost.empty());
}

TEST_CASE("kmp: what is wrong with a frame is told with its place") {
  struct Row {
    char const* name;
    char const* line;
    Error error;
  };
  auto const row = GENERATE(values<Row>({
      {"no octet", "", {ErrorCode::truncated, 0}},
      {"only a start", "80", {ErrorCode::truncated, 1}},
      {"no stop", "80 3F 01 05 8A", {ErrorCode::truncated, 5}},
      {"no start", "3F 01 05 8A 0D", {ErrorCode::truncated, 5}},
      {"nothing between start and stop", "80 0D", {ErrorCode::truncated, 2}},
      {"address and CRC but no command", "80 3F 12 34 0D", {ErrorCode::truncated, 5}},
      {"one bit turned in the CRC", "80 3F 01 05 8B 0D", {ErrorCode::bad_checksum, 0x058B}},
      {"an escape before a plain octet", "80 3F 1B 01 05 8A 0D", {ErrorCode::bad_escape, 2}},
      {"an escape before the stop", "80 3F 01 05 1B 0D", {ErrorCode::bad_escape, 4}},
      {"a bare acknowledge inside", "80 3F 06 05 8A 0D", {ErrorCode::bad_field, 2}},
      {"the other start octet inside", "80 3F 40 05 8A 0D", {ErrorCode::bad_field, 2}},
  }));
  INFO(row.name);
  CHECK(decode_error(row.line) == row.error);
}

TEST_CASE("kmp: the longest application fits and one octet more does not") {
  std::vector<std::uint8_t> application(255, 0x80);
  std::array<std::uint8_t, kmp_line_max> line{};
  auto const size = kmp_encode_frame(KmpDirection::from_meter, {0x3F, application}, line);
  REQUIRE(size);
  // Start, address, 255 stuffed pairs, CRC, stop; this CRC is 4 octets on the line at most.
  CHECK(*size >= 1 + 1 + 510 + 2 + 1);
  std::array<std::uint8_t, kmp_body_max> body{};
  REQUIRE(kmp_decode_frame(ByteSpan{line}.first(*size), body));

  application.push_back(0x01);
  CHECK(kmp_encode_frame(KmpDirection::from_meter, {0x3F, application}, line).error() ==
        Error{ErrorCode::too_long, 255});
  std::array<std::uint8_t, 5> small{};
  CHECK(kmp_encode_frame(KmpDirection::to_meter, {0x3F, octets_of("01")}, small).error() ==
        Error{ErrorCode::too_long, 5});
  std::vector<std::uint8_t> long_line(1 + kmp_body_max + 1, 0x3F);
  long_line.front() = 0x80;
  long_line.push_back(0x0D);
  auto const decoded = kmp_decode_frame(long_line, body);
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error() == Error{ErrorCode::too_long, 255});
}

TEST_CASE("kmp: the receiver keeps what stands between start and stop") {
  KmpReceiver receiver{KmpDirection::to_meter};
  CHECK(receiver.push(0x55, SimTime{}) == KmpReceiver::Progress::outside);
  CHECK(receiver.push(0x40, SimTime{}) == KmpReceiver::Progress::outside);
  CHECK(receiver.push(0x80, SimTime{}) == KmpReceiver::Progress::inside);
  CHECK(receiver.push(0x3F, SimTime{}) == KmpReceiver::Progress::inside);
  CHECK(receiver.push(0x0D, SimTime{}) == KmpReceiver::Progress::complete);
  auto const line = receiver.line();
  CHECK(std::vector<std::uint8_t>{line.begin(), line.end()} == octets_of("80 3F 0D"));
}

TEST_CASE("kmp: the receiver's deadline is one gap after the last octet") {
  KmpReceiver receiver{KmpDirection::to_meter};
  CHECK(receiver.next_deadline() == SimTime::never());
  receiver.push(0x80, SimTime{5});
  CHECK(receiver.next_deadline() == SimTime{400'000'005});
  receiver.push(0x3F, SimTime{10});
  CHECK(receiver.next_deadline() == SimTime{400'000'010});
  receiver.push(0x0D, SimTime{20});
  CHECK(receiver.next_deadline() == SimTime::never());
}

TEST_CASE("kmp: the receiver forgets a frame that is longer than any") {
  KmpReceiver receiver{KmpDirection::to_meter};
  receiver.push(0x80, SimTime{});
  for (std::size_t n = 1; n < 518; ++n) {
    REQUIRE(receiver.push(0x11, SimTime{}) == KmpReceiver::Progress::inside);
  }
  CHECK(receiver.push(0x11, SimTime{}) == KmpReceiver::Progress::too_long);
  CHECK(receiver.push(0x11, SimTime{}) == KmpReceiver::Progress::outside);
}
