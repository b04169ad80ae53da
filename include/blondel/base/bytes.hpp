#pragma once
/// Byte spans and big-endian cursors that never pass the end of what they were given.

#include <cstddef>
#include <cstdint>
#include <span>

namespace blondel {

using ByteSpan = std::span<std::uint8_t const>;
using MutableByteSpan = std::span<std::uint8_t>;

/// Reads big-endian fields; after the first read past the end `failed()` stays true and fields read as 0.
class ByteReader {
 public:
  constexpr explicit ByteReader(ByteSpan bytes) : bytes_{bytes} {}

  constexpr std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  constexpr std::uint16_t u16() { return static_cast<std::uint16_t>(big_endian(2)); }
  constexpr std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
  constexpr std::uint64_t u64() { return big_endian(8); }
  /// @param width 1 to 8 octets
  constexpr std::uint64_t big_endian(std::size_t width) {
    if (remaining() < width) {
      failed_ = true;
      offset_ = bytes_.size();
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t n = 0; n < width; ++n) {
      value = value << 8 | bytes_[offset_++];
    }
    return value;
  }
  constexpr ByteSpan take(std::size_t count) {
    if (remaining() < count) {
      failed_ = true;
      offset_ = bytes_.size();
      return {};
    }
    auto const part = bytes_.subspan(offset_, count);
    offset_ += count;
    return part;
  }

  [[nodiscard]] constexpr std::size_t remaining() const { return bytes_.size() - offset_; }
  [[nodiscard]] constexpr std::size_t offset() const { return offset_; }
  [[nodiscard]] constexpr bool failed() const { return failed_; }

 private:
  ByteSpan bytes_;
  std::size_t offset_{};
  bool failed_{};
};

/// Writes big-endian fields; what does not fit is dropped and `failed()` stays true.
class ByteWriter {
 public:
  constexpr explicit ByteWriter(MutableByteSpan bytes) : bytes_{bytes} {}

  constexpr void u8(std::uint8_t value) { big_endian(value, 1); }
  constexpr void u16(std::uint16_t value) { big_endian(value, 2); }
  constexpr void u32(std::uint32_t value) { big_endian(value, 4); }
  constexpr void u64(std::uint64_t value) { big_endian(value, 8); }
  /// @param width 1 to 8 octets
  constexpr void big_endian(std::uint64_t value, std::size_t width) {
    if (bytes_.size() - size_ < width) {
      failed_ = true;
      return;
    }
    // The place is taken once: octets alias everything, so a compiler would fetch the span anew for each of
    // them instead of storing a field of known width at once.
    auto* const place = bytes_.data() + size_;
    for (std::size_t n = 0; n < width; ++n) {
      place[n] = static_cast<std::uint8_t>(value >> (8 * (width - 1 - n)));
    }
    size_ += width;
  }
  constexpr void append(ByteSpan part) {
    if (bytes_.size() - size_ < part.size()) {
      failed_ = true;
      return;
    }
    for (auto const byte : part) {
      bytes_[size_++] = byte;
    }
  }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr ByteSpan written() const { return bytes_.first(size_); }
  [[nodiscard]] constexpr bool failed() const { return failed_; }

 private:
  MutableByteSpan bytes_;
  std::size_t size_{};
  bool failed_{};
};

}  // namespace blondel
