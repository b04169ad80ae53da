#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include "protocol/kmp/kmp_codec.hpp"
#include "unit/protocol/fake_meter.hpp"

using namespace blondel;

namespace {

using Octets = std::vector<std::uint8_t>;

Octets number_octets(KmpNumber number, int width) {
  Octets octets(300);
  ByteWriter writer{octets};
  REQUIRE(kmp_write_number(writer, number, static_cast<std::uint8_t>(width)));
  return {writer.written().begin(), writer.written().end()};
}

Octets register_octets(std::uint16_t id) {
  FakeMeter meter;
  auto const* row = find_by_kmp(id);
  REQUIRE(row != nullptr);
  Octets octets(300);
  ByteWriter writer{octets};
  REQUIRE(kmp_write_register(writer, *row, meter.access.read({row->id, 0}, Level::open).value(), 2));
  return {writer.written().begin(), writer.written().end()};
}

}  // namespace

// The first two are KMP447's examples (device.md K2); the others are worked out by hand.
TEST_CASE("kmp: numbers become NoB, SiEx and integer") {
  struct Row {
    char const* name;
    KmpNumber number;
    int width;
    char const* octets;
  };
  auto const row = GENERATE(values<Row>({
      {"-123.45", {-12345, -2}, 4, "04 C2 00003039"},
      {"255e3", {255, 3}, 1, "01 03 FF"},
      {"0", {0, 0}, 4, "04 00 00000000"},
      {"0.000 keeps its decimals", {0, -3}, 2, "02 43 0000"},
      {"69.1 kWh", {691, -1}, 4, "04 41 000002B3"},
      {"-1", {-1, 0}, 1, "01 80 01"},
      {"2^32 - 1 fills four octets", {4294967295, 0}, 4, "04 00 FFFFFFFF"},
      {"wider than an int64", {258, 0}, 10, "0A 00 00000000000000000102"},
      {"the smallest int64", {std::numeric_limits<std::int64_t>::min(), 0}, 8, "08 80 8000000000000000"},
      {"the largest exponent", {1, 63}, 1, "01 3F 01"},
      {"the smallest exponent", {1, -63}, 1, "01 7F 01"},
  }));
  INFO(row.name);
  auto const octets = octets_of(row.octets);
  CHECK(number_octets(row.number, row.width) == octets);
  if (row.number.mantissa != std::numeric_limits<std::int64_t>::min()) {
    CHECK(kmp_number(octets[1], ByteSpan{octets}.subspan(2)) == row.number);
  }
}

// By hand: 4294967296 -> 429496729 * 10; 70000.5 kWh in two octets -> 7000 * 10^1; -256 -> -25 * 10.
TEST_CASE("kmp: a number too wide for its octets loses last digits, not first ones") {
  CHECK(number_octets({4294967296, 0}, 4) == octets_of("04 01 19999999"));
  CHECK(number_octets({4294967296, -1}, 4) == octets_of("04 00 19999999"));
  CHECK(number_octets({700005, -1}, 2) == octets_of("02 01 1B58"));
  CHECK(number_octets({-256, -2}, 1) == octets_of("01 C1 19"));
}

TEST_CASE("kmp: an exponent beyond six bits is refused and leaves nothing behind") {
  Octets octets(20);
  ByteWriter writer{octets};
  CHECK(kmp_write_number(writer, {1, 64}, 4).error() == Error{ErrorCode::out_of_range, 64});
  CHECK(kmp_write_number(writer, {1, -64}, 4).error() == Error{ErrorCode::out_of_range, -64});
  CHECK(kmp_write_number(writer, {256, 63}, 1).error() == Error{ErrorCode::out_of_range, 64});
  CHECK(writer.size() == 0);
}

TEST_CASE("kmp: a number of more than 63 bits does not decode to a wrong one") {
  CHECK(kmp_number(0x00, octets_of("7FFFFFFFFFFFFFFF")) == KmpNumber{9223372036854775807, 0});
  CHECK(kmp_number(0x00, octets_of("8000000000000000")).error() == Error{ErrorCode::too_long, 8});
  CHECK(kmp_number(0x00, octets_of("00 7FFFFFFFFFFFFFFF")) == KmpNumber{9223372036854775807, 0});
  CHECK(kmp_number(0x00, octets_of("01 0000000000000000")).error() == Error{ErrorCode::too_long, 9});
  CHECK(kmp_number(0x00, {}).error() == Error{ErrorCode::bad_length, 0});
}

// The dump of a 382: 83 07 1A 23 13 1B 07 0E = Sunday 2014-07-27 19:35:26 (device.md K2).
TEST_CASE("kmp: the clock stamp is flags, weekday and time from seconds to years") {
  RtcStamp const stamp{{2014, 7, 27, 19, 35, 26}, 7, true, true, false};
  CHECK(kmp_rtc(octets_of("83 07 1A 23 13 1B 07 0E")) == stamp);

  Octets octets(8);
  ByteWriter writer{octets};
  REQUIRE(kmp_write_rtc(writer, stamp));
  CHECK(octets == octets_of("03 07 1A 23 13 1B 07 0E"));

  ByteWriter again{octets};
  REQUIRE(kmp_write_rtc(again, {{2000, 1, 1, 0, 0, 0}, 6, false, false, true}));
  CHECK(octets == octets_of("04 06 00 00 00 01 01 00"));
}

TEST_CASE("kmp: a clock stamp that is no moment is refused") {
  CHECK(kmp_rtc(octets_of("03 07 1A 23 13 1B 07")).error() == Error{ErrorCode::bad_length, 7});
  CHECK(kmp_rtc(octets_of("03 08 1A 23 13 1B 07 0E")).error() == Error{ErrorCode::bad_field, 1});
  CHECK(kmp_rtc(octets_of("03 00 1A 23 13 1B 07 0E")).error() == Error{ErrorCode::bad_field, 1});
  CHECK(kmp_rtc(octets_of("03 07 3C 23 13 1B 07 0E")).error() == Error{ErrorCode::bad_field, 2});
  CHECK(kmp_rtc(octets_of("03 07 1A 23 13 1E 02 0E")).error() == Error{ErrorCode::bad_field, 2});
  CHECK(kmp_rtc(octets_of("03 07 1A 23 13 1B 07 64")).error() == Error{ErrorCode::bad_field, 2});

  Octets octets(8);
  ByteWriter writer{octets};
  CHECK(kmp_write_rtc(writer, {{2100, 1, 1, 0, 0, 0}, 5, false, true, false}).error() ==
        Error{ErrorCode::out_of_range, 2100});
  CHECK(writer.size() == 0);
}

TEST_CASE("kmp: date and time are decimal numbers of two digits a field") {
  CHECK(kmp_civil_time({240229, 123456}) == CivilTime{2024, 2, 29, 12, 34, 56});
  CHECK(kmp_civil_time({101, 0}) == CivilTime{2000, 1, 1, 0, 0, 0});
  CHECK(kmp_civil_time({991231, 235959}) == CivilTime{2099, 12, 31, 23, 59, 59});
  auto const encoded = kmp_date_time({2024, 2, 29, 12, 34, 56});
  REQUIRE(encoded);
  CHECK(encoded->date == 240229);
  CHECK(encoded->time == 123456);
  CHECK(kmp_date_time({2100, 1, 1, 0, 0, 0}).error() == Error{ErrorCode::out_of_range, 2100});
}

TEST_CASE("kmp: a date or time that no calendar has is refused") {
  struct Row {
    char const* name;
    KmpDateTime value;
    std::int64_t detail;
  };
  auto const row = GENERATE(values<Row>({
      {"30 February", {240230, 120000}, 240230},
      {"29 February of a common year", {230229, 120000}, 230229},
      {"month 13", {241301, 0}, 241301},
      {"month 0", {240001, 0}, 240001},
      {"day 0", {240100, 0}, 240100},
      {"24 hours", {240215, 240000}, 240000},
      {"60 minutes", {240215, 236000}, 236000},
      {"60 seconds", {240215, 60}, 240215},
      {"beyond two digits of year", {1000101, 0}, 1000101},
      {"largest octets", {4294967295, 0}, 4294967295},
  }));
  INFO(row.name);
  CHECK(kmp_civil_time(row.value).error() == Error{ErrorCode::out_of_range, row.detail});
}

// Laid out by hand from device.md K2 and K7.
TEST_CASE("kmp: registers stand as number, unit, width, exponent and value") {
  CHECK(register_octets(1) == octets_of("0001 02 04 41 000002B3"));
  CHECK(register_octets(1023) == octets_of("03FF 16 04 C3 000004D2"));
  CHECK(register_octets(1054) == octets_of("041E 21 02 00 00E6"));
  CHECK(register_octets(1047) == octets_of("0417 35 08 00 03 07 1A 23 13 1B 07 0E"));
}

TEST_CASE("kmp: text goes last character first and other octets as they stand") {
  CHECK(register_octets(1126) == octets_of("0466 36 0D 00 30313033353443433533353836"));
  CHECK(register_octets(1010) == octets_of("03F2 33 0A 00 00010203040506070809"));
}

TEST_CASE("kmp: a register that does not fit or is not offered leaves nothing behind") {
  RegisterDef row = *find_by_kmp(1);
  Octets octets(8);
  ByteWriter writer{octets};
  auto const reading = Reading::number(Unit::watt_hour, 691);
  CHECK(kmp_write_register(writer, row, reading, 2).error() == Error{ErrorCode::too_long, 1});
  CHECK(writer.size() == 0);

  row.kmp.bytes = 0;
  Octets enough(20);
  ByteWriter other{enough};
  CHECK(kmp_write_register(other, row, reading, 2).error() == Error{ErrorCode::unknown_register, 1});
  CHECK(other.size() == 0);
}

TEST_CASE("kmp: fields of an answer are read one by one and a cut one is told") {
  auto const answer = octets_of("0001 02 04 41 000002B3 041E 21 02 00 00");
  ByteReader reader{answer};
  auto const first = kmp_read_field(reader);
  REQUIRE(first);
  CHECK(first->id == 1);
  CHECK(first->unit == 2);
  CHECK(kmp_number(first->sign_exponent, first->octets) == KmpNumber{691, -1});
  CHECK(kmp_read_field(reader).error() == Error{ErrorCode::truncated, 9});
}
