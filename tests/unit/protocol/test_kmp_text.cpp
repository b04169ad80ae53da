#include <catch2/catch.hpp>

#include "protocol/kmp/kmp_text.hpp"
#include "unit/protocol/fake_meter.hpp"

using namespace blondel;

// Frames with the CRC of device.md K1 or of the probes' kmplib; texts by hand.
TEST_CASE("kmp: frames read as one line") {
  struct Row {
    char const* line;
    char const* text;
  };
  auto const row = GENERATE(values<Row>({
      {"80 3F 01 05 8A 0D", "GetType"},
      {"40 3F 01 75 00 08 01 27 66 0D", "GetType type 75 00, software H1"},
      {"80 3F 02 35 E9 0D", "GetSerialNo"},
      {"40 3F 02 13 24 35 46 A6 13 0D", "GetSerialNo 321140038"},
      {"80 3F 10 02 00 01 FF F0 56 B3 0D", "GetRegister 1 active_energy_import, 65520 (unknown)"},
      {"40 3F 10 00 01 02 04 41 00 00 02 B3 8B 90 0D", "GetRegister 1 active_energy_import = 69.1 kWh"},
      {"40 3F 10 07 9A 0D", "GetRegister (no register)"},
      {"40 3F 10 04 1E 21 02 00 00 E6 03 FF 16 04 C3 00 00 04 D2 04 17 35 08 00 03 07 1A 23 13 1B E4 07 0E "
       "04 66 36 "
       "1B F2 00 30 31 30 33 35 34 43 43 35 33 35 38 36 E7 D4 0D",
       "GetRegister 1054 voltage_l1 = 230 V, 1023 active_power = -1.234 kW, 1047 clock_stamp = 2014-07-27 "
       "19:35:26 "
       "normal time, summer time holds, 1126 type_text = \"68535CC453010\""},
      {"40 3F 10 03 F2 33 0A 00 00 01 02 03 04 05 1B F9 07 08 09 0C EA 0D",
       "GetRegister 1010 total_meter_number = 18591708106338011145"},
      {"40 3F 10 03 EA 2F 04 00 00 01 E2 1B BF 03 EB 30 04 00 00 03 AA 65 FB DD 0D",
       "GetRegister 1002 (unknown) = 12:34:56, 1003 (unknown) = 2024-02-29"},
      {"40 3F 10 04 1E 21 02 00 2E 8F 0D", "GetRegister cut short: 04 1E 21 02 00"},
      {"80 3F 09 00 03 AA 65 00 01 E2 1B BF B5 F1 0D", "SetClock 2024-02-29 12:34:56"},
      {"80 3F 09 00 03 AA 66 00 01 D4 C0 65 98 0D", "SetClock no such moment: 240230 120000"},
      {"06", "acknowledge"},
      {"40 3F 9B 04 03 02 01 C5 18 0D", "ReadEventStatus 04 03 02 01"},
      {"80 3F 7E 8A F2 0D", "command 7E"},
      {"80 3F AA 01 0B 0D", "GetLoadProfileConfig"},
      {"80 7F 01 08 46 0D", "GetType, address 7F"},
      {"80 3F 01 50 DF 0D", "invalid, checksum does not match (20703): 80 3F 01 50 DF 0D"},
      {"80 3F", "invalid, cut short (2): 80 3F"},
      {"80 3F 10 09 00 01 00 02 00 03 00 04 04 1E 04 1F 04 20 03 E9 03 EA 3E 36 0D",
       "GetRegister 1 active_energy_import, 2 (unknown), 3 (unknown), 4 (unknown), 1054 voltage_l1, 1055 "
       "(unknown), "
       "1056 (unknown), 1001 (unknown), 1002 (unknown) (more than 8)"},
  }));
  CHECK(kmp_text(octets_of(row.line)) == row.text);
}

TEST_CASE("kmp: link events read as one line with direction and reason") {
  auto const get_type = octets_of("80 3F 01 05 8A 0D");
  auto const type = octets_of("40 3F 01 75 00 08 01 27 66 0D");
  auto const elsewhere = octets_of("80 22 01 70 A5 0D");
  auto const two = octets_of("80 3F 10 02 00 01 FF F0 56 B3 0D");
  auto const noise = octets_of("00 41");
  auto const text = [](LinkEvent::Kind kind, ByteSpan frame, Error reason = {}) {
    return kmp_text(LinkEvent{kind, "kmp", frame, reason, SimTime{}});
  };
  CHECK(text(LinkEvent::Kind::request, get_type) == "-> GetType");
  CHECK(text(LinkEvent::Kind::response, type) == "<- GetType type 75 00, software H1");
  CHECK(text(LinkEvent::Kind::ignored, noise) == "-- ignored: 00 41");
  CHECK(text(LinkEvent::Kind::silence, elsewhere, {ErrorCode::bad_address, 0x22}) ==
        "-- no answer to GetType: not addressed to this meter (34)");
  CHECK(text(LinkEvent::Kind::silence, noise, {ErrorCode::truncated, 2}) ==
        "-- no answer to 00 41: cut short (2)");
  CHECK(text(LinkEvent::Kind::silence, two, {ErrorCode::unknown_register, 0xFFF0}) ==
        "-- left out: register 65520, unknown register");
  CHECK(text(LinkEvent::Kind::silence, two, {ErrorCode::bad_length, 4}) ==
        "-- no answer to GetRegister: wrong length (4)");
}

TEST_CASE("kmp: values keep the decimals that were sent") {
  struct Row {
    int unit;
    int sign_exponent;
    char const* octets;
    char const* text;
  };
  auto const row = GENERATE(values<Row>({
      {2, 0x41, "000002B3", "69.1 kWh"},
      {2, 0x42, "00000000", "0.00 kWh"},
      {22, 0xC3, "0001", "-0.001 kW"},
      {1, 0x03, "FF", "255000 Wh"},
      {1, 0x3F, "00", "0 Wh"},
      {51, 0x00, "FFFFFFFFFFFFFFFFFFFF", "1208925819614629174706175"},
      {51, 0x00, "", "0"},
      {78, 0x00, "05", "5"},
      {47, 0x00, "0003C0F0", "246000"},
      {48, 0x00, "00000000", "0"},
      {53, 0x00, "0102", "01 02"},
      {54, 0x00, "0A41", "\"A.\""},
      {53, 0x00, "04 06 00 00 00 01 01 00", "2000-01-01 00:00:00 normal time, not valid, restored"},
  }));
  auto const octets = octets_of(row.octets);
  KmpField const field{1, static_cast<std::uint8_t>(row.unit), static_cast<std::uint8_t>(row.sign_exponent),
                       octets};
  CHECK(kmp_value_text(field) == row.text);
}

TEST_CASE("kmp: the bare text of a value has neither unit nor quotation marks") {
  auto const energy = octets_of("000002B3");
  auto const text = octets_of("4241");
  CHECK(kmp_bare_text({1, 2, 0x41, energy}) == "69.1");
  CHECK(kmp_bare_text({1, 54, 0, text}) == "AB");
}
