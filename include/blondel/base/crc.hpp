#pragma once
/// Every CRC and checksum used, table driven.

#include <cstdint>

#include <blondel/base/bytes.hpp>

namespace blondel {

/// CRC-16 with polynomial 0x1021, not reflected, start 0 (XMODEM): KMP frames.
/// @source device.md K1; check value 0x31C3 over "123456789"
[[nodiscard]] std::uint16_t crc16_xmodem(ByteSpan bytes, std::uint16_t start = 0);

/// CRC-32C (Castagnoli, reflected): records in permanent memory.
/// @source RFC 3720 B.4; check value 0xE3069283 over "123456789"
[[nodiscard]] std::uint32_t crc32c(ByteSpan bytes, std::uint32_t start = 0);

/// FNV-1a, 64 bits: identity of documents and states, no protection. @source FNV, Fowler, Noll, Vo
[[nodiscard]] std::uint64_t fnv1a(ByteSpan bytes, std::uint64_t start = 0xCBF29CE484222325U);

}  // namespace blondel
