#pragma once
/// Packs the records of a log: only what a straight line through the two records before does not tell.
///
/// A record is a mask, one bit a field and the first field in the lowest bit of the first octet, and for each
/// set bit a number: the field less its forecast, modulo 2^64, zigzag (sign in the lowest bit), seven bits an
/// octet from the lowest. The forecast is zero for the first record of a page, the record before for the
/// second, and from then on the record before and once more the step that led to it. Every record has one
/// encoding only.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/base/bytes.hpp>
#include <blondel/meter/log.hpp>

namespace blondel {

/// What the records of a page so far say about the next.
struct RecordLine {
  std::array<std::uint64_t, log_columns_max> value{};
  std::array<std::uint64_t, log_columns_max> step{};
  bool started{};
};

/// No record of so many fields takes more. @units octets
[[nodiscard]] constexpr std::size_t packed_record_max(std::size_t field_count) {
  constexpr std::size_t longest_number = 10;
  return (field_count + 7) / 8 + longest_number * field_count;
}

/// Appends a record to what the line has seen.
/// @return octets used; 0 when it does not fit, and then the line is as it was
[[nodiscard]] std::size_t pack_record(RecordLine& line, std::span<std::int64_t const> record,
                                      MutableByteSpan into);

/// Reads the next record into line.value. @return false when the octets are no record; the line is then void
[[nodiscard]] bool unpack_record(RecordLine& line, std::size_t field_count, ByteReader& in);

}  // namespace blondel
