#include <blondel/base/crc.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

std::vector<std::uint8_t> octets_of(std::string_view text) {
  return {text.begin(), text.end()};
}

std::uint32_t crc32c_of(std::string_view text) {
  return blondel::crc32c(octets_of(text));
}

std::uint64_t fnv1a_of(std::string_view text) {
  return blondel::fnv1a(octets_of(text));
}

}  // namespace

// Expected: the check value of CRC-16/XMODEM in the catalogue of parametrised CRC algorithms.
TEST_CASE("crc: sixteen bits give the catalogue's check value") {
  CHECK(blondel::crc16_xmodem(octets_of("123456789")) == 0x31C3);
  CHECK(blondel::crc16_xmodem({}) == 0x0000);
}

// Expected: the CRC octets of the frames in device.md K1.
TEST_CASE("crc: sixteen bits agree with the published meter frames") {
  CHECK(blondel::crc16_xmodem(std::array<std::uint8_t, 2>{0x3F, 0x01}) == 0x058A);
  CHECK(blondel::crc16_xmodem(std::array<std::uint8_t, 2>{0x3F, 0x02}) == 0x35E9);
  CHECK(blondel::crc16_xmodem(std::array<std::uint8_t, 5>{0x3F, 0x10, 0x01, 0x00, 0x80}) == 0xD408);
  CHECK(blondel::crc16_xmodem(std::array<std::uint8_t, 5>{0x3F, 0x10, 0x01, 0x04, 0x1E}) == 0x7ABB);
}

TEST_CASE("crc: sixteen bits over a body with its own CRC are zero") {
  CHECK(blondel::crc16_xmodem(std::array<std::uint8_t, 4>{0x3F, 0x01, 0x05, 0x8A}) == 0);
}

TEST_CASE("crc: sixteen bits can be taken in two parts") {
  auto const first = blondel::crc16_xmodem(octets_of("1234"));
  CHECK(blondel::crc16_xmodem(octets_of("56789"), first) == 0x31C3);
}

// Expected: RFC 3720 B.4.
TEST_CASE("crc: Castagnoli agrees with the vectors of RFC 3720") {
  std::array<std::uint8_t, 32> zeroes{};
  std::array<std::uint8_t, 32> ones{};
  std::array<std::uint8_t, 32> rising{};
  std::array<std::uint8_t, 32> falling{};
  for (std::size_t n = 0; n < 32; ++n) {
    ones[n] = 0xFF;
    rising[n] = static_cast<std::uint8_t>(n);
    falling[n] = static_cast<std::uint8_t>(31 - n);
  }
  CHECK(blondel::crc32c(zeroes) == 0x8A9136AA);
  CHECK(blondel::crc32c(ones) == 0x62A8AB43);
  CHECK(blondel::crc32c(rising) == 0x46DD794E);
  CHECK(blondel::crc32c(falling) == 0x113FDB5C);
}

// Expected: the catalogue's check value; the others from a bitwise implementation in Python.
TEST_CASE("crc: Castagnoli is right below, at and above its stride of eight octets") {
  CHECK(crc32c_of("") == 0x00000000);
  CHECK(crc32c_of("a") == 0xC1D04330);
  CHECK(crc32c_of("12345678") == 0x6087809A);
  CHECK(crc32c_of("123456789") == 0xE3069283);
  CHECK(crc32c_of("electricity meter 351") == 0x8A2670A0);
}

TEST_CASE("crc: Castagnoli can be taken in two parts") {
  CHECK(blondel::crc32c(octets_of("56789"), crc32c_of("1234")) == 0xE3069283);
}

// Expected: test vectors of the FNV authors, 64 bits, FNV-1a.
TEST_CASE("crc: FNV-1a agrees with its authors' vectors") {
  CHECK(fnv1a_of("") == 0xCBF29CE484222325);
  CHECK(fnv1a_of("a") == 0xAF63DC4C8601EC8C);
  CHECK(fnv1a_of("foobar") == 0x85944171F73967E8);
}
