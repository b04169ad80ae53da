#include <catch2/catch.hpp>

#include <vector>

#include "protocol/kmp/kmp_server.hpp"
#include "unit/protocol/fake_meter.hpp"

using namespace blondel;

namespace {

std::vector<std::uint8_t> answer_octets(FakeMeter& meter, std::string const& request) {
  KmpServer server{meter.access};
  auto const answer = server.answer(octets_of(request));
  REQUIRE(answer);
  CHECK(answer->kind == KmpAnswer::Kind::frame);
  return {answer->application().begin(), answer->application().end()};
}

Error answer_error(FakeMeter& meter, std::string const& request) {
  KmpServer server{meter.access};
  auto const answer = server.answer(octets_of(request));
  REQUIRE_FALSE(answer);
  return answer.error();
}

}  // namespace

// Expected octets by hand from device.md K2, K4 and the values of fake_meter.cpp.
TEST_CASE("kmp: GetType gives the type code and the software revision") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "01") == octets_of("01 7500 08 01"));
}

TEST_CASE("kmp: GetSerialNo gives four octets") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "02") == octets_of("02 13243546"));
}

TEST_CASE("kmp: GetRegister answers in the order asked") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "10 02 041E 0001") == octets_of("10 041E 21 02 00 00E6 0001 02 04 41 000002B3"));
  CHECK(answer_octets(meter, "10 02 0001 041E") == octets_of("10 0001 02 04 41 000002B3 041E 21 02 00 00E6"));
}

TEST_CASE("kmp: eight registers are answered and nine are not") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "10 08 041E 041E 041E 041E 041E 041E 041E 041E").size() == 1 + 8 * 7);
  CHECK(answer_error(meter, "10 09 041E 041E 041E 041E 041E 041E 041E 041E 041E") ==
        Error{ErrorCode::too_long, 8});
}

TEST_CASE("kmp: an unknown register is left out and told, the others are answered") {
  FakeMeter meter;
  KmpServer server{meter.access};
  auto const answer = server.answer(octets_of("10 04 FFF0 041E 07D0 0040"));
  REQUIRE(answer);
  auto const application = answer->application();
  CHECK(std::vector<std::uint8_t>{application.begin(), application.end()} ==
        octets_of("10 041E 21 02 00 00E6"));
  REQUIRE(answer->left_out().size() == 3);
  CHECK(answer->left_out()[0] == Error{ErrorCode::unknown_register, 0xFFF0});
  CHECK(answer->left_out()[1] == Error{ErrorCode::forbidden, 2000});
  CHECK(answer->left_out()[2] == Error{ErrorCode::unknown_register, 0x40});
}

TEST_CASE("kmp: a request for nothing but unknown registers gets an empty answer") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "10 01 FFF0") == octets_of("10"));
}

TEST_CASE("kmp: a meter without supply does not answer for registers") {
  FakeMeter meter;
  meter.state.is_off = true;
  CHECK(answer_error(meter, "10 01 0001").code == ErrorCode::meter_off);
}

TEST_CASE("kmp: SetClock sets local time and is acknowledged") {
  FakeMeter meter;
  KmpServer server{meter.access};
  // 240229 = 0003AA65, 123456 = 0001E240
  auto const answer = server.answer(octets_of("09 0003AA65 0001E240"));
  REQUIRE(answer);
  CHECK(answer->kind == KmpAnswer::Kind::acknowledge);
  REQUIRE(meter.state.commands.size() == 1);
  CHECK(meter.state.commands[0].kind == CommandKind::set_clock);
  CHECK(meter.state.commands[0].local_time == CivilTime{2024, 2, 29, 12, 34, 56});
}

TEST_CASE("kmp: SetClock with no such moment is not executed") {
  FakeMeter meter;
  CHECK(answer_error(meter, "09 0003AA66 0001D4C0") == Error{ErrorCode::out_of_range, 240230});
  CHECK(answer_error(meter, "09 0003AA57 0003C0F0") == Error{ErrorCode::out_of_range, 246000});
  CHECK(meter.state.commands.empty());
}

TEST_CASE("kmp: a command that the meter refuses gets no answer") {
  FakeMeter meter;
  meter.state.refuses_commands = true;
  CHECK(answer_error(meter, "09 0003AA65 0001E240").code == ErrorCode::forbidden);
  CHECK(answer_error(meter, "9C 00000000 00000000").code == ErrorCode::forbidden);
}

TEST_CASE("kmp: ReadEventStatus gives the status octet first") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "9B") == octets_of("9B 01 02 03 04"));
}

TEST_CASE("kmp: ClrEventStatus passes both masks on and answers as ReadEventStatus") {
  FakeMeter meter;
  CHECK(answer_octets(meter, "9C 01020304 11121314") == octets_of("9B 01 02 03 04"));
  REQUIRE(meter.state.commands.size() == 1);
  CHECK(meter.state.commands[0].kind == CommandKind::clear_event_status);
  CHECK(meter.state.commands[0].conditional_mask == 0x01020304);
  CHECK(meter.state.commands[0].unconditional_mask == 0x11121314);
}

TEST_CASE("kmp: what a request does wrong is told and gets no answer") {
  struct Row {
    char const* name;
    char const* request;
    Error error;
  };
  auto const row = GENERATE(values<Row>({
      {"nothing", "", {ErrorCode::truncated, 0}},
      {"unknown command", "7E", {ErrorCode::unknown_command, 0x7E}},
      {"a command this meter does not have yet", "AB", {ErrorCode::unknown_command, 0xAB}},
      {"PutRegister of no register", "11 0000 040F 16 04 43 0000D6D8", {ErrorCode::unknown_register, 1'039}},
      {"PutRegister, wrong password", "11 0001 041E 21 02 00 00E6", {ErrorCode::forbidden, 0}},
      {"PutRegister in W of kW", "11 0000 03FF 15 04 43 0000D6D8", {ErrorCode::bad_field, 0x15}},
      {"PutRegister of 65 bits", "11 0000 041E 21 09 00 010000000000000000", {ErrorCode::too_long, 9}},
      {"PutRegister beyond 63 bits", "11 0000 041E 21 04 1E 00000001", {ErrorCode::out_of_range, 1}},
      {"PutRegister of a part of a step", "11 0000 041E 21 04 44 00000001", {ErrorCode::out_of_range, 1}},
      {"PutRegister of a stamp", "11 0000 0417 35 04 00 00000001", {ErrorCode::bad_field, 0x35}},
      {"PutRegister of 33 octets",
       "11 0000 0466 36 21 00 000000000000000000000000000000000000000000000000000000000000000000",
       {ErrorCode::too_long, 32}},
      {"PutRegister with a surplus octet", "11 0000 041E 21 02 00 00E600", {ErrorCode::bad_length, 1}},
      {"PutRegister cut short", "11 0000 041E 21 03 00 00E6", {ErrorCode::bad_length, 0}},
      {"SetVoltQualConfig, wrong password", "A6 0001 00C8 0104 0258", {ErrorCode::forbidden, 0}},
      {"SetVoltQualConfig without password", "A6 00C8 0104 0258", {ErrorCode::bad_length, 6}},
      {"SetLoadProfileConfigRegister, wrong password", "A9 0001 02", {ErrorCode::forbidden, 0}},
      {"GetType with data", "01 00", {ErrorCode::bad_length, 1}},
      {"GetSerialNo with data", "02 00 00", {ErrorCode::bad_length, 2}},
      {"ReadEventStatus with data", "9B 00", {ErrorCode::bad_length, 1}},
      {"ClrEventStatus with half its masks", "9C 00000000", {ErrorCode::bad_length, 4}},
      {"SetClock without time", "09 0003AA65", {ErrorCode::bad_length, 4}},
      {"SetClock with too much", "09 0003AA65 0001E240 00", {ErrorCode::bad_length, 9}},
      {"GetRegister without count", "10", {ErrorCode::bad_length, 0}},
      {"GetRegister for none", "10 00", {ErrorCode::bad_field, 1}},
      {"GetRegister with one number less than counted", "10 02 0001", {ErrorCode::bad_length, 2}},
      {"GetRegister with one octet more than counted", "10 01 0001 00", {ErrorCode::bad_length, 3}},
  }));
  INFO(row.name);
  FakeMeter meter;
  CHECK(answer_error(meter, row.request) == row.error);
  CHECK(meter.state.commands.empty());
}
