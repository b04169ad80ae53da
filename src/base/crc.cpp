#include <blondel/base/crc.hpp>

#include <array>

namespace blondel {
namespace {

constexpr std::array<std::uint16_t, 256> make_crc16_table(std::uint16_t polynomial) {
  std::array<std::uint16_t, 256> table{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    unsigned value = byte << 8;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value & 0x8000U) != 0 ? value << 1 ^ polynomial : value << 1;
    }
    table[byte] = static_cast<std::uint16_t>(value);
  }
  return table;
}

/// Slicing by eight: record checks run at every change of an energy register.
constexpr std::array<std::array<std::uint32_t, 256>, 8> make_crc32_tables(
    std::uint32_t reflected_polynomial) {
  std::array<std::array<std::uint32_t, 256>, 8> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value & 1U) != 0 ? value >> 1 ^ reflected_polynomial : value >> 1;
    }
    tables[0][byte] = value;
  }
  for (std::size_t slice = 1; slice < tables.size(); ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      auto const previous = tables[slice - 1][byte];
      tables[slice][byte] = previous >> 8 ^ tables[0][previous & 0xFFU];
    }
  }
  return tables;
}

constexpr auto crc16_table = make_crc16_table(0x1021);
constexpr auto crc32c_tables = make_crc32_tables(0x82F63B78);

std::uint32_t little_endian32(ByteSpan bytes) {
  return static_cast<std::uint32_t>(bytes[0]) | static_cast<std::uint32_t>(bytes[1]) << 8 |
         static_cast<std::uint32_t>(bytes[2]) << 16 | static_cast<std::uint32_t>(bytes[3]) << 24;
}

}  // namespace

std::uint16_t crc16_xmodem(ByteSpan bytes, std::uint16_t start) {
  unsigned crc = start;
  for (auto const byte : bytes) {
    crc = (crc << 8 & 0xFFFFU) ^ crc16_table[(crc >> 8 ^ byte) & 0xFFU];
  }
  return static_cast<std::uint16_t>(crc);
}

namespace {

#if defined(__x86_64__) && !defined(BLONDEL_FIRMWARE)
/// The same by the processor's own instruction. @param crc without its inversions
__attribute__((target("crc32"))) std::uint32_t crc32c_by_instruction(ByteSpan bytes, std::uint32_t crc) {
  std::uint64_t wide = crc;
  while (bytes.size() >= 8) {
    wide = __builtin_ia32_crc32di(
        wide, little_endian32(bytes) | std::uint64_t{little_endian32(bytes.subspan(4))} << 32);
    bytes = bytes.subspan(8);
  }
  auto narrow = static_cast<std::uint32_t>(wide);
  for (auto const byte : bytes) {
    narrow = __builtin_ia32_crc32qi(narrow, byte);
  }
  return narrow;
}
#endif

std::uint32_t crc32c_by_tables(ByteSpan bytes, std::uint32_t crc) {
  auto const& table = crc32c_tables;
  while (bytes.size() >= 8) {
    auto const low = little_endian32(bytes) ^ crc;
    crc = table[7][low & 0xFFU] ^ table[6][low >> 8 & 0xFFU] ^ table[5][low >> 16 & 0xFFU] ^
          table[4][low >> 24] ^ table[3][bytes[4]] ^ table[2][bytes[5]] ^ table[1][bytes[6]] ^
          table[0][bytes[7]];
    bytes = bytes.subspan(8);
  }
  for (auto const byte : bytes) {
    crc = crc >> 8 ^ table[0][(crc ^ byte) & 0xFFU];
  }
  return crc;
}

}  // namespace

std::uint32_t crc32c(ByteSpan bytes, std::uint32_t start) {
#if defined(__x86_64__) && !defined(BLONDEL_FIRMWARE)
  if (__builtin_cpu_supports("sse4.2") != 0) {
    return ~crc32c_by_instruction(bytes, ~start);
  }
#endif
  return ~crc32c_by_tables(bytes, ~start);
}

std::uint64_t fnv1a(ByteSpan bytes, std::uint64_t start) {
  auto hash = start;
  for (auto const byte : bytes) {
    hash = (hash ^ byte) * 0x100000001B3U;
  }
  return hash;
}

}  // namespace blondel
