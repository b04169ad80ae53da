/// The decoder of log pages on arbitrary octets; records that decode must encode to the same octets.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <blondel/base/contract.hpp>

#include "core/loggers/log_codec.hpp"

using namespace blondel;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  auto const field_count = data[0] % (log_columns_max + 1);
  ByteReader reader{ByteSpan{data, size}.subspan(1)};
  RecordLine read;
  RecordLine written;
  while (field_count > 0 && reader.remaining() > 0) {
    auto const begin = 1 + reader.offset();
    if (!unpack_record(read, field_count, reader)) {
      break;
    }
    auto const used = 1 + reader.offset() - begin;
    std::array<std::int64_t, log_columns_max> record{};
    std::transform(read.value.begin(), read.value.end(), record.begin(),
                   [](std::uint64_t value) { return static_cast<std::int64_t>(value); });
    std::array<std::uint8_t, packed_record_max(log_columns_max)> octets{};
    auto const again = pack_record(written, std::span{record}.first(field_count), octets);
    BLONDEL_EXPECTS(again == used);
    BLONDEL_EXPECTS(std::equal(data + begin, data + begin + used, octets.begin()));
  }
  return 0;
}
