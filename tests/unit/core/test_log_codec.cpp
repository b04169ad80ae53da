#include <limits>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "core/loggers/log_codec.hpp"

namespace blondel {
namespace {

using Record = std::vector<std::int64_t>;
using Octets = std::vector<std::uint8_t>;

Octets packed(RecordLine& line, Record const& record) {
  Octets octets(packed_record_max(record.size()));
  octets.resize(pack_record(line, record, octets));
  return octets;
}

/// Reads records of so many fields until the octets end or are none.
std::vector<Record> unpacked(Octets const& octets, std::size_t field_count) {
  RecordLine line;
  ByteReader reader{octets};
  std::vector<Record> records;
  while (reader.remaining() > 0 && unpack_record(line, field_count, reader)) {
    records.emplace_back(line.value.begin(), line.value.begin() + static_cast<std::ptrdiff_t>(field_count));
  }
  return records;
}

}  // namespace

TEST_CASE("log codec: a record is what the line through the two before it does not tell") {
  // By hand: zigzag 5 = 0A, -1 = 01; the step of 2 is 04; on the line nothing; two below it is 03, and 300 is
  // 600 = 4 * 128 + 88.
  RecordLine line;
  CHECK(packed(line, {5, 0, -1}) == Octets{0x05, 0x0A, 0x01});
  CHECK(packed(line, {7, 0, -1}) == Octets{0x01, 0x04});
  CHECK(packed(line, {9, 0, -1}) == Octets{0x00});
  CHECK(packed(line, {9, 300, -1}) == Octets{0x03, 0x03, 0xD8, 0x04});
  CHECK(unpacked({0x05, 0x0A, 0x01, 0x01, 0x04, 0x00, 0x03, 0x03, 0xD8, 0x04}, 3) ==
        std::vector<Record>{{5, 0, -1}, {7, 0, -1}, {9, 0, -1}, {9, 300, -1}});
}

TEST_CASE("log codec: any numbers come back, the extremes too") {
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  constexpr unsigned seed = 351;
  CAPTURE(seed);
  std::mt19937_64 random{seed};
  std::vector<Record> records{{lowest, highest, 0}, {highest, lowest, -1}, {lowest, highest, 1}, {0, 0, 0}};
  for (int n = 0; n < 10'000; ++n) {
    auto const any = [&] {
      return static_cast<std::int64_t>(random() >> random() % 64) - (random() % 2 == 0);
    };
    records.push_back({any(), any(), any()});
  }
  RecordLine line;
  Octets all;
  for (auto const& record : records) {
    auto const octets = packed(line, record);
    all.insert(all.end(), octets.begin(), octets.end());
  }
  CHECK(unpacked(all, 3) == records);
}

TEST_CASE("log codec: a record that does not fit leaves the line as it was") {
  RecordLine line;
  CHECK(packed(line, {1'000}) == Octets{0x01, 0xD0, 0x0F});
  Octets two(2);
  CHECK(pack_record(line, Record{-1'000}, two) == 0);
  CHECK(pack_record(line, Record{1'000}, two) == 1);  // no change: a mask alone
}

TEST_CASE("log codec: octets that are no record are refused") {
  struct Row {
    char const* name;
    Octets octets;
  };
  auto const row = GENERATE(
      Row{"nothing", {}}, Row{"mask without its number", {0x01}}, Row{"number without end", {0x01, 0x80}},
      Row{"zero where a bit is set", {0x01, 0x00}}, Row{"a number longer than needed", {0x01, 0x81, 0x00}},
      Row{"a bit behind the last field", {0x04, 0x02}},
      Row{"more than 64 bits", {0x01, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0x02}});
  CAPTURE(row.name);
  RecordLine line;
  ByteReader reader{row.octets};
  CHECK_FALSE(unpack_record(line, 2, reader));
}

}  // namespace blondel
