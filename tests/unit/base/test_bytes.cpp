#include <blondel/base/bytes.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>

using blondel::ByteReader;
using blondel::ByteWriter;

TEST_CASE("bytes: fields are read most significant octet first") {
  std::array<std::uint8_t, 15> const octets{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  ByteReader reader{octets};
  CHECK(reader.u8() == 0x01);
  CHECK(reader.u16() == 0x0203);
  CHECK(reader.u32() == 0x04050607);
  CHECK(reader.u64() == 0x08090A0B0C0D0E0FU);
  CHECK(reader.remaining() == 0);
  CHECK_FALSE(reader.failed());
}

TEST_CASE("bytes: a read past the end gives zero and stays failed") {
  std::array<std::uint8_t, 3> const octets{0xAA, 0xBB, 0xCC};
  ByteReader reader{octets};
  CHECK(reader.u32() == 0);
  CHECK(reader.failed());
  CHECK(reader.remaining() == 0);
  CHECK(reader.u8() == 0);
  CHECK(reader.failed());
}

TEST_CASE("bytes: a span longer than what is left is empty") {
  std::array<std::uint8_t, 3> const octets{0xAA, 0xBB, 0xCC};
  ByteReader reader{octets};
  CHECK(reader.take(2).size() == 2);
  CHECK(reader.offset() == 2);
  CHECK(reader.take(2).empty());
  CHECK(reader.failed());
}

TEST_CASE("bytes: fields are written most significant octet first") {
  std::array<std::uint8_t, 15> octets{};
  ByteWriter writer{octets};
  writer.u8(0x01);
  writer.u16(0x0203);
  writer.u32(0x04050607);
  writer.u64(0x08090A0B0C0D0E0FU);
  CHECK(octets == std::array<std::uint8_t, 15>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
  CHECK_FALSE(writer.failed());
}

TEST_CASE("bytes: what does not fit is not written, not even in part") {
  std::array<std::uint8_t, 3> octets{};
  ByteWriter writer{octets};
  writer.u16(0x0102);
  writer.u16(0x0304);
  CHECK(writer.failed());
  CHECK(writer.size() == 2);
  CHECK(octets == std::array<std::uint8_t, 3>{1, 2, 0});
}
