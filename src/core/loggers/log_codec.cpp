#include "core/loggers/log_codec.hpp"

#include <blondel/base/contract.hpp>

namespace blondel {
namespace {

constexpr std::uint64_t zigzag(std::uint64_t difference) {
  return difference << 1 ^ (difference >> 63 != 0 ? ~std::uint64_t{0} : 0);
}

constexpr std::uint64_t unzigzag(std::uint64_t number) {
  return number >> 1 ^ ((number & 1) != 0 ? ~std::uint64_t{0} : 0);
}

void put_number(ByteWriter& out, std::uint64_t number) {
  while (number >= 0x80) {
    out.u8(static_cast<std::uint8_t>(number | 0x80));
    number >>= 7;
  }
  out.u8(static_cast<std::uint8_t>(number));
}

/// @return 0 when the octets are no number, or one that could have been shorter; no record needs a zero
std::uint64_t take_number(ByteReader& in) {
  constexpr unsigned last_shift = 63;
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift <= last_shift; shift += 7) {
    auto const octet = in.u8();
    number |= static_cast<std::uint64_t>(octet & 0x7F) << shift;
    if ((octet & 0x80) == 0) {
      bool const is_shortest = octet != 0 && (shift < last_shift || octet == 1);
      return is_shortest && !in.failed() ? number : 0;
    }
  }
  return 0;
}

}  // namespace

std::size_t pack_record(RecordLine& line, std::span<std::int64_t const> record, MutableByteSpan into) {
  BLONDEL_EXPECTS(record.size() <= log_columns_max);
  auto const mask_size = (record.size() + 7) / 8;
  if (into.size() < mask_size) {
    return 0;
  }
  for (auto& octet : into.first(mask_size)) {
    octet = 0;
  }
  ByteWriter numbers{into.subspan(mask_size)};
  for (std::size_t n = 0; n < record.size(); ++n) {
    auto const difference = static_cast<std::uint64_t>(record[n]) - line.value[n] - line.step[n];
    if (difference != 0) {
      into[n / 8] = static_cast<std::uint8_t>(into[n / 8] | 1U << n % 8);
      put_number(numbers, zigzag(difference));
    }
  }
  if (numbers.failed()) {
    return 0;
  }
  for (std::size_t n = 0; n < record.size(); ++n) {
    auto const value = static_cast<std::uint64_t>(record[n]);
    line.step[n] = line.started ? value - line.value[n] : 0;
    line.value[n] = value;
  }
  line.started = true;
  return mask_size + numbers.size();
}

bool unpack_record(RecordLine& line, std::size_t field_count, ByteReader& in) {
  BLONDEL_EXPECTS(field_count <= log_columns_max);
  auto const masks = in.take((field_count + 7) / 8);
  if (in.failed()) {
    return false;
  }
  for (std::size_t n = 0; n < field_count; ++n) {
    line.value[n] += line.step[n];
  }
  for (std::size_t m = 0; m < masks.size(); ++m) {
    for (unsigned mask = masks[m]; mask != 0; mask &= mask - 1) {
      auto const n = 8 * m + static_cast<unsigned>(__builtin_ctz(mask));
      auto const number = n < field_count ? take_number(in) : 0;
      if (number == 0) {
        return false;
      }
      auto const difference = unzigzag(number);
      line.value[n] += difference;
      line.step[n] += line.started ? difference : 0;
    }
  }
  line.started = true;
  return true;
}

}  // namespace blondel
