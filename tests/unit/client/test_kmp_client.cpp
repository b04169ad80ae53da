#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "client/kmp/kmp_client.hpp"
#include "protocol/kmp/kmp_machine.hpp"
#include "protocol/kmp/kmp_text.hpp"
#include "unit/protocol/fake_meter.hpp"

using namespace blondel;

namespace {

using Octets = std::vector<std::uint8_t>;
using Ids = std::vector<std::uint16_t>;
using State = KmpClient::State;

constexpr SimTime ms(std::int64_t n) {
  return SimTime{n * ns_per_ms};
}

// Frames with the CRC of device.md K1 or of the probes' kmplib.
constexpr auto get_type = "80 3F 01 05 8A 0D";
constexpr auto type_answer = "40 3F 01 75 00 08 01 27 66 0D";
constexpr auto get_1_and_1054 = "80 3F 10 02 00 01 04 1E 85 68 0D";
constexpr auto answer_1 = "40 3F 10 00 01 02 04 41 00 00 02 B3 8B 90 0D";
constexpr auto answer_1054 = "40 3F 10 04 1E 21 02 00 00 E6 D8 66 0D";

Octets poll(KmpClient& client) {
  Octets out(600);
  out.resize(client.poll_transmit(out));
  return out;
}

void receive(KmpClient& client, std::string const& hex, SimTime now) {
  client.handle_bytes(octets_of(hex), now);
}

/// Client and meter on one clock, until the client waits no longer. @return requests sent
int converse(KmpClient& client, KmpMachine& machine, SimTime now) {
  int requests = 0;
  Octets buffer(600);
  while (client.state() == State::waiting && requests < 1000) {
    if (auto const asked = client.poll_transmit(buffer); asked != 0) {
      ++requests;
      machine.handle_bytes(ByteSpan{buffer}.first(asked), now);
    }
    if (auto const answered = machine.poll_transmit(buffer); answered != 0) {
      client.handle_bytes(ByteSpan{buffer}.first(answered), now);
      continue;
    }
    now = std::min(client.next_deadline(), machine.next_deadline());
    machine.handle_deadline(now);
    client.handle_deadline(now);
  }
  return requests;
}

}  // namespace

TEST_CASE("client: GetType is asked once and its answer understood") {
  KmpClient client;
  CHECK(client.state() == State::idle);
  client.request_type(ms(0));
  CHECK(client.state() == State::waiting);
  CHECK(poll(client) == octets_of(get_type));
  CHECK(poll(client).empty());
  receive(client, type_answer, ms(30));
  CHECK(client.state() == State::done);
  CHECK(client.type() == KmpType{0x7500, 8, 1});
  CHECK(client.next_deadline() == SimTime::never());
}

TEST_CASE("client: GetSerialNo gives the number") {
  KmpClient client;
  client.request_serial(ms(0));
  CHECK(poll(client) == octets_of("80 3F 02 35 E9 0D"));
  receive(client, "40 3F 02 13 24 35 46 A6 13 0D", ms(30));
  CHECK(client.state() == State::done);
  CHECK(client.serial_number() == 321140038U);
}

TEST_CASE("client: echo, stray zeros and octets in portions do no harm") {
  KmpClient client;
  client.request_type(ms(0));
  poll(client);
  receive(client, get_type, ms(1));
  receive(client, "00 00 06 0D", ms(2));
  CHECK(client.state() == State::waiting);
  for (auto const octet : octets_of(type_answer)) {
    client.handle_bytes(std::array{octet}, ms(30));
  }
  CHECK(client.state() == State::done);
}

TEST_CASE("client: a register that is not in the answer is listed as left out") {
  KmpClient client;
  client.request_registers(Ids{1, 1054}, ms(0));
  CHECK(poll(client) == octets_of(get_1_and_1054));
  SECTION("the second") {
    receive(client, answer_1, ms(30));
    REQUIRE(client.values().size() == 1);
    CHECK(client.values()[0].id == 1);
    CHECK(client.values()[0].unit == 2);
    CHECK(client.values()[0].number() == KmpNumber{691, -1});
    CHECK(kmp_value_text(client.values()[0].field()) == "69.1 kWh");
    CHECK(Ids{client.left_out().begin(), client.left_out().end()} == Ids{1054});
  }
  SECTION("the first") {
    receive(client, answer_1054, ms(30));
    REQUIRE(client.values().size() == 1);
    CHECK(kmp_value_text(client.values()[0].field()) == "230 V");
    CHECK(Ids{client.left_out().begin(), client.left_out().end()} == Ids{1});
  }
  SECTION("both") {
    receive(client, "40 3F 10 07 9A 0D", ms(30));
    CHECK(client.values().empty());
    CHECK(Ids{client.left_out().begin(), client.left_out().end()} == Ids{1, 1054});
  }
  CHECK(client.state() == State::done);
}

TEST_CASE("client: no register asked for is done at once") {
  KmpClient client;
  client.request_registers(Ids{}, ms(0));
  CHECK(client.state() == State::done);
  CHECK(poll(client).empty());
}

TEST_CASE("client: silence is met by three requests and then told") {
  KmpClient client;
  client.request_type(ms(0));
  CHECK(poll(client) == octets_of(get_type));
  CHECK(client.next_deadline() == ms(2000));
  client.handle_deadline(ms(1999));
  CHECK(poll(client).empty());
  client.handle_deadline(ms(2000));
  CHECK(poll(client) == octets_of(get_type));
  client.handle_deadline(ms(4000));
  CHECK(poll(client) == octets_of(get_type));
  client.handle_deadline(ms(6000));
  CHECK(poll(client).empty());
  CHECK(client.state() == State::no_answer);
  CHECK(client.next_deadline() == SimTime::never());
}

TEST_CASE("client: after a wrong answer the request is repeated when the rest is over") {
  KmpClient client;
  client.request_type(ms(0));
  poll(client);
  receive(client, "40 3F 01 75 00 08 01 27 67 0D", ms(30));
  CHECK(client.state() == State::waiting);
  CHECK(client.next_deadline() == ms(1630));
  CHECK(poll(client).empty());
  client.handle_deadline(ms(1630));
  CHECK(poll(client) == octets_of(get_type));
  receive(client, type_answer, ms(1660));
  CHECK(client.state() == State::done);
}

TEST_CASE("client: what is wrong with the last try's answer is told") {
  struct Row {
    char const* name;
    char const* answer;
    Error error;
  };
  // CRCs by the probes' kmplib.
  auto const row = GENERATE(values<Row>({
      {"checksum", "40 3F 10 00 01 02 04 41 00 00 02 B3 8B 91 0D", {ErrorCode::bad_checksum, 0x8B91}},
      {"an answer to something else", type_answer, {ErrorCode::unknown_command, 0x01}},
      {"another meter's answer", "40 22 10 72 B5 0D", {ErrorCode::bad_address, 0x22}},
      {"a register nobody asked for",
       "40 3F 10 03 EA 2F 01 00 05 9F 12 0D",
       {ErrorCode::unknown_register, 1002}},
      {"a register cut short", "40 3F 10 04 1E 21 02 00 2E 8F 0D", {ErrorCode::truncated, 1}},
  }));
  INFO(row.name);
  KmpClientOptions options;
  options.tries = 1;
  KmpClient client{options};
  client.request_registers(Ids{1, 1054}, ms(0));
  receive(client, row.answer, ms(30));
  CHECK(client.state() == State::bad_answer);
  CHECK(client.error() == row.error);
  CHECK(client.values().empty());
  CHECK(client.left_out().empty());
}

TEST_CASE("client: an answer of the wrong length is refused") {
  KmpClientOptions options;
  options.tries = 1;
  KmpClient client{options};
  client.request_type(ms(0));
  receive(client, "40 3F 01 75 00 08 AD 53 0D", ms(30));
  CHECK(client.error() == Error{ErrorCode::bad_length, 3});
}

TEST_CASE("client: an answer that is longer than any is given up") {
  KmpClientOptions options;
  options.tries = 1;
  KmpClient client{options};
  client.request_type(ms(0));
  Octets flood(600, 0x11);
  flood.front() = 0x40;
  client.handle_bytes(flood, ms(30));
  CHECK(client.state() == State::bad_answer);
  CHECK(client.error().code == ErrorCode::too_long);
}

TEST_CASE("client: SetClock is sent once and done by the acknowledge") {
  KmpClient client;
  REQUIRE(client.request_set_clock({2024, 2, 29, 12, 34, 56}, ms(0)));
  CHECK(poll(client) == octets_of("80 3F 09 00 03 AA 65 00 01 E2 1B BF B5 F1 0D"));
  SECTION("acknowledged") {
    receive(client, "06", ms(30));
    CHECK(client.state() == State::done);
  }
  SECTION("refused by silence") {
    client.handle_deadline(ms(2000));
    CHECK(client.state() == State::no_answer);
    CHECK(poll(client).empty());
  }
}

TEST_CASE("client: a moment that KMP cannot say is not sent") {
  KmpClient client;
  auto const result = client.request_set_clock({2024, 2, 30, 12, 0, 0}, ms(0));
  REQUIRE_FALSE(result);
  CHECK(result.error() == Error{ErrorCode::out_of_range, 2024});
  CHECK(client.state() == State::idle);
}

TEST_CASE("client: twenty-four registers are read from a meter in three requests") {
  FakeMeter meter;
  EventLog events;
  KmpMachine machine{meter.access, {}, events.observer()};
  KmpClient client;
  Ids ids;
  for (std::uint16_t n = 0; n < 24; ++n) {
    ids.push_back(n == 9 ? std::uint16_t{0xFFF0} : std::uint16_t{1054});
  }
  client.request_registers(ids, ms(0));
  CHECK(converse(client, machine, ms(0)) == 3);
  CHECK(client.state() == State::done);
  CHECK(client.values().size() == 23);
  CHECK(Ids{client.left_out().begin(), client.left_out().end()} == Ids{0xFFF0});
}

TEST_CASE("client: every kind of value comes through from a meter") {
  FakeMeter meter;
  EventLog events;
  KmpMachine machine{meter.access, {}, events.observer()};
  KmpClient client;
  client.request_registers(Ids{1, 1010, 1023, 1047, 1054, 1126}, ms(0));
  CHECK(converse(client, machine, ms(0)) == 1);
  std::vector<std::string> texts;
  for (auto const& value : client.values()) {
    texts.push_back(kmp_value_text(value.field()));
  }
  CHECK(texts == std::vector<std::string>{"69.1 kWh", "18591708106338011145", "-1.234 kW",
                                          "2014-07-27 19:35:26 normal time, summer time holds", "230 V",
                                          "\"68535CC453010\""});
  CHECK(client.values()[3].rtc() == RtcStamp{{2014, 7, 27, 19, 35, 26}, 7, true, true, false});
}

TEST_CASE("client: the meter's clock is set over the line") {
  FakeMeter meter;
  EventLog events;
  KmpMachine machine{meter.access, {}, events.observer()};
  KmpClient client;
  REQUIRE(client.request_set_clock({2026, 11, 21, 5, 10, 0}, ms(0)));
  CHECK(converse(client, machine, ms(0)) == 1);
  CHECK(client.state() == State::done);
  REQUIRE(meter.state.commands.size() == 1);
  CHECK(meter.state.commands[0].local_time == CivilTime{2026, 11, 21, 5, 10, 0});
}
