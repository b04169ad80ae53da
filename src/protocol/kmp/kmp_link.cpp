#include "protocol/kmp/kmp_link.hpp"

#include <blondel/base/crc.hpp>

namespace blondel {
namespace {

constexpr bool is_reserved(std::uint8_t octet) {
  return octet == static_cast<std::uint8_t>(KmpDirection::to_meter) ||
         octet == static_cast<std::uint8_t>(KmpDirection::from_meter) || octet == kmp_stop ||
         octet == kmp_acknowledge || octet == kmp_escape;
}

constexpr std::uint8_t complement(std::uint8_t octet) {
  return static_cast<std::uint8_t>(octet ^ 0xFF);
}

void put_stuffed(ByteWriter& line, ByteSpan octets) {
  for (auto const octet : octets) {
    if (is_reserved(octet)) {
      line.u8(kmp_escape);
      line.u8(complement(octet));
    } else {
      line.u8(octet);
    }
  }
}

/// Offsets in errors count from the start octet.
Result<std::size_t> unstuff(ByteSpan line, std::array<std::uint8_t, kmp_body_max>& body) {
  std::size_t size = 0;
  for (std::size_t n = 1; n + 1 < line.size(); ++n) {
    auto octet = line[n];
    if (octet == kmp_escape) {
      octet = complement(line[n + 1]);
      if (!is_reserved(octet)) {
        return fail(ErrorCode::bad_escape, static_cast<std::int64_t>(n));
      }
      ++n;
    } else if (is_reserved(octet)) {
      return fail(ErrorCode::bad_field, static_cast<std::int64_t>(n));
    }
    if (size == body.size()) {
      return fail(ErrorCode::too_long, kmp_application_max);
    }
    body[size++] = octet;
  }
  return size;
}

}  // namespace

Result<std::size_t> kmp_encode_frame(KmpDirection direction, KmpFrame const& frame, MutableByteSpan line) {
  if (frame.application.size() > kmp_application_max) {
    return fail(ErrorCode::too_long, kmp_application_max);
  }
  auto const address = std::array{frame.address};
  auto const crc = crc16_xmodem(frame.application, crc16_xmodem(address));
  auto const crc_octets =
      std::array{static_cast<std::uint8_t>(crc >> 8), static_cast<std::uint8_t>(crc & 0xFF)};
  ByteWriter writer{line};
  writer.u8(static_cast<std::uint8_t>(direction));
  put_stuffed(writer, address);
  put_stuffed(writer, frame.application);
  put_stuffed(writer, crc_octets);
  writer.u8(kmp_stop);
  if (writer.failed()) {
    return fail(ErrorCode::too_long, static_cast<std::int64_t>(line.size()));
  }
  return writer.size();
}

Result<KmpFrame> kmp_decode_frame(ByteSpan line, std::array<std::uint8_t, kmp_body_max>& body) {
  constexpr std::size_t body_min = 4;  // address, command, CRC
  auto const size_as_offset = static_cast<std::int64_t>(line.size());
  if (line.size() < 2 || line.back() != kmp_stop ||
      (line.front() != static_cast<std::uint8_t>(KmpDirection::to_meter) &&
       line.front() != static_cast<std::uint8_t>(KmpDirection::from_meter))) {
    return fail(ErrorCode::truncated, size_as_offset);
  }
  auto const size = unstuff(line, body);
  if (!size) {
    return tl::unexpected<Error>{size.error()};
  }
  if (*size < body_min) {
    return fail(ErrorCode::truncated, size_as_offset);
  }
  auto const used = ByteSpan{body}.first(*size);
  // The remainder over body and CRC is zero when nothing was lost. @source device.md K1
  if (crc16_xmodem(used) != 0) {
    return fail(ErrorCode::bad_checksum, used[used.size() - 2] << 8 | used.back());
  }
  return KmpFrame{used.front(), used.subspan(1, used.size() - 3)};
}

KmpReceiver::Progress KmpReceiver::push(std::uint8_t octet, SimTime now) {
  if (octet == start_) {
    line_[0] = octet;
    size_ = 1;
    is_collecting_ = true;
    last_ = now;
    return Progress::inside;
  }
  if (!is_collecting_) {
    return Progress::outside;
  }
  if (size_ == line_.size()) {
    is_collecting_ = false;
    return Progress::too_long;
  }
  line_[size_++] = octet;
  last_ = now;
  if (octet == kmp_stop) {
    is_collecting_ = false;
    return Progress::complete;
  }
  return Progress::inside;
}

}  // namespace blondel
