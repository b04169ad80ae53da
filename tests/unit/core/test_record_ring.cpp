#include <array>
#include <vector>

#include <catch2/catch.hpp>

#include "core/loggers/record_ring.hpp"
#include "core/nv/nv_map.hpp"
#include "twin/faulty_nv.hpp"
#include "twin/ram_nv.hpp"

namespace blondel {
namespace {

using Record = std::vector<std::int64_t>;

constexpr RingPlace place_of(std::uint32_t depth, std::uint8_t field_count) {
  return {nv_state_size, pages_for(depth, field_count), depth, field_count};
}

/// What the n-th record of a test holds: a stamp, and energies that grow unevenly.
Record record_of(std::uint32_t id, std::size_t field_count = 5) {
  Record record{id * std::int64_t{900}};
  while (record.size() < field_count) {
    auto const n = static_cast<std::int64_t>(record.size());
    record.push_back(id * n * 7 + id * id % 13);
  }
  return record;
}

void append_records(RingHead& head, RingPlace const& place, NvStore& nv, std::uint32_t count) {
  for (std::uint32_t n = 0; n < count; ++n) {
    REQUIRE(append(head, place, nv, record_of(head.last_id + 1, place.field_count)).has_value());
  }
}

/// Ids the cursor gives from one on, and those it reports lost.
struct Walk {
  std::vector<std::uint32_t> read;
  std::vector<std::uint32_t> lost;
};
Walk walk(RingHead const& head, RingPlace const& place, NvStore const& nv, std::uint32_t from_id = 0) {
  Walk result;
  RingCursor cursor{head, place, nv, from_id};
  Record record(place.field_count);
  while (!cursor.at_end()) {
    auto const id = cursor.id();
    auto const done = cursor.next(record);
    CHECK(cursor.id() == id + 1);
    if (done) {
      CHECK(record == record_of(id, place.field_count));
      result.read.push_back(id);
    } else {
      CHECK(done.error() == Error{ErrorCode::nv_corrupt, id});
      result.lost.push_back(id);
    }
  }
  return result;
}

void flip(NvStore& nv, std::uint32_t address) {
  std::array<std::uint8_t, 1> octet{};
  REQUIRE(nv.read(address, octet).has_value());
  octet[0] ^= 0x10;
  REQUIRE(nv.write(address, octet).has_value());
}

}  // namespace

TEST_CASE("log: an empty one has no records and a count that begins at 1") {
  RamNv nv;
  constexpr auto place = place_of(10, 5);
  RingHead head;
  CHECK(record_count(head, place) == 0);
  CHECK(oldest_id(head, place) == 1);
  CHECK(RingCursor{head, place, nv, 0}.at_end());
  Record record(5);
  CHECK(read_record(head, place, nv, 1, record).error() == Error{ErrorCode::out_of_range, 1});
}

TEST_CASE("log: the pages are enough for the worst packing") {
  // 5 fields take 1 + 50 octets at most, 9 records a page; 26 400 / 9 is 2933.3. 48 take 486: one a page.
  CHECK(pages_for(26'400, 5) == 2'938);
  CHECK(pages_for(36, 48) == 40);
}

TEST_CASE("log: profiles have the depths of the data sheet") {
  // Days at 5 minutes, 288 records each: 91.67, 77 and 58.33; printed 92, 77 and 58.
  CHECK(profile_depth(1) == 26'400);
  CHECK(profile_depth(2) == 22'176);
  CHECK(profile_depth(4) == 16'800);
  // 16 800 records of 8 fields, 6 a page, need fewer pages than 26 400 of 5, 9 a page.
  CHECK(log_pages[log_index(LogId::load_profile)] == 2'938);
}

TEST_CASE("log: it keeps exactly its depth, lap after lap") {
  RamNv nv;
  constexpr auto place = place_of(26'400, 5);
  RingHead head;
  append_records(head, place, nv, 26'400);
  CHECK(oldest_id(head, place) == 1);
  append_records(head, place, nv, 26'400);
  CHECK(head.last_id == 52'800);
  CHECK(oldest_id(head, place) == 26'401);
  CHECK(record_count(head, place) == 26'400);
  auto const found = walk(head, place, nv);
  CHECK(found.read.size() == 26'400);
  CHECK(found.read.front() == 26'401);
  CHECK(found.lost.empty());
  Record record(5);
  CHECK(read_record(head, place, nv, 26'400, record).error() == Error{ErrorCode::out_of_range, 26'400});
  CHECK(read_record(head, place, nv, 52'801, record).error() == Error{ErrorCode::out_of_range, 52'801});
  REQUIRE(read_record(head, place, nv, 30'000, record).has_value());
  // 30000 mod 13 is 9, and 81 mod 13 is 3.
  CHECK(record == Record{27'000'000, 210'003, 420'003, 630'003, 840'003});
}

TEST_CASE("log: records that pack worst fill the ring and none is lost before its time") {
  RamNv nv;
  constexpr auto place = place_of(100, 3);
  RingHead head;
  auto const worst = [](std::uint32_t id) {
    auto const sign = id % 2 == 0 ? -1 : 1;
    return Record{sign * (std::int64_t{1} << 61), sign * (std::int64_t{1} << 61),
                  sign * (std::int64_t{1} << 61) + std::int64_t{id}};
  };
  for (std::uint32_t id = 1; id <= 1'000; ++id) {
    REQUIRE(append(head, place, nv, worst(id)).has_value());
    Record record(3);
    auto const oldest = id > 100 ? id - 99 : 1;
    REQUIRE(oldest_id(head, place) == oldest);
    REQUIRE(read_record(head, place, nv, oldest, record).has_value());
    REQUIRE(record == worst(oldest));
  }
  CHECK(head.page > place.page_count);  // the ring went round
}

TEST_CASE("log: a stop between any two writes, or in one, loses only what was not saved") {
  // A small ring that goes round several times; the head is saved after every third record.
  constexpr auto place = place_of(60, 5);
  constexpr std::uint32_t records = 500;
  for (std::size_t stop_at = 1; stop_at < 520; ++stop_at) {
    FaultyNv nv{std::make_unique<RamNv>()};
    nv.cut_power(stop_at, stop_at % 7);
    RingHead head;
    RingHead saved;
    bool stopped = false;
    for (std::uint32_t id = 1; id <= records && !stopped; ++id) {
      stopped = !append(head, place, nv, record_of(id)).has_value();
      saved = id % 3 == 0 && !stopped ? head : saved;
    }
    nv.restore_power();
    auto const before = walk(saved, place, nv);
    REQUIRE(before.lost.empty());
    REQUIRE(before.read.size() == (saved.last_id < 60 ? saved.last_id : 60));
    append_records(saved, place, nv, 100);
    auto const after = walk(saved, place, nv);
    REQUIRE(after.lost.empty());
    REQUIRE(after.read.size() == 60);
  }
}

TEST_CASE("log: a damaged page costs its own records, which are named") {
  RamNv nv;
  constexpr auto place = place_of(2'000, 5);
  RingHead head;
  append_records(head, place, nv, 2'000);
  auto const full = walk(head, place, nv);
  REQUIRE(full.read.size() == 2'000);
  auto const place_in_page = GENERATE(0U, 100U, 496U, 500U, 504U, 506U, 508U, 511U);
  CAPTURE(place_in_page);
  flip(nv, page_address(place, 3) + place_in_page);
  auto const damaged = walk(head, place, nv);
  REQUIRE_FALSE(damaged.lost.empty());
  CHECK(damaged.lost.size() + damaged.read.size() == 2'000);
  auto const first = damaged.lost.front();
  auto const last = damaged.lost.back();
  CHECK(last - first + 1 == damaged.lost.size());  // one page, the records of which hang together
  Record record(5);
  CHECK(read_record(head, place, nv, first, record).error() == Error{ErrorCode::nv_corrupt, first});
  CHECK(read_record(head, place, nv, first - 1, record).has_value());
  CHECK(read_record(head, place, nv, last + 1, record).has_value());
  CHECK(walk(head, place, nv, last).lost == std::vector<std::uint32_t>{last});
}

TEST_CASE("log: a page of the lap before, where a write was lost, is not taken for a newer one") {
  RamNv nv;
  constexpr auto place = place_of(300, 5);
  RingHead head;
  append_records(head, place, nv, 300);
  auto const page = head.page - 1;
  std::array<std::uint8_t, 512> old_octets{};
  REQUIRE(nv.read(page_address(place, page), old_octets).has_value());
  auto const pages_behind = GENERATE(1U, 2U, 3U, 4U);
  CAPTURE(pages_behind);
  while (head.page < page + place.page_count + pages_behind) {
    append_records(head, place, nv, 1);
  }
  REQUIRE(nv.write(page_address(place, page), old_octets).has_value());
  auto const found = walk(head, place, nv);
  CHECK(found.lost.size() + found.read.size() == 300);
  CHECK(found.lost.back() - found.lost.front() + 1 == found.lost.size());
  CHECK(found.lost.size() < 150);
}

TEST_CASE("log: a damaged open page costs its records, and the log goes on") {
  RamNv nv;
  constexpr auto place = place_of(100, 5);
  RingHead head;
  append_records(head, place, nv, 5);
  flip(nv, page_address(place, head.page) + 3);
  append_records(head, place, nv, 5);
  auto const found = walk(head, place, nv);
  CHECK(found.lost == std::vector<std::uint32_t>{1, 2, 3, 4, 5});
  CHECK(found.read == std::vector<std::uint32_t>{6, 7, 8, 9, 10});
}

TEST_CASE("log: with every page damaged all records are reported and nothing hangs") {
  RamNv nv;
  constexpr auto place = place_of(300, 5);
  RingHead head;
  append_records(head, place, nv, 300);
  for (std::uint32_t page = 0; page <= head.page; ++page) {
    flip(nv, page_address(place, page) + 1);
  }
  auto const found = walk(head, place, nv);
  CHECK(found.read.empty());
  CHECK(found.lost.size() == 300);
}

TEST_CASE("log: clearing forgets the records and counts on") {
  RamNv nv;
  constexpr auto place = place_of(100, 5);
  RingHead head;
  append_records(head, place, nv, 42);
  clear(head);
  CHECK(record_count(head, place) == 0);
  CHECK(oldest_id(head, place) == 43);
  append_records(head, place, nv, 2);
  CHECK(walk(head, place, nv).read == std::vector<std::uint32_t>{43, 44});
}

TEST_CASE("log: records of another layout clear it") {
  RamNv nv;
  RingHead head;
  append_records(head, place_of(100, 5), nv, 42);
  constexpr auto wider = place_of(100, 7);
  CHECK(record_count(head, wider) == 0);
  append_records(head, wider, nv, 3);
  CHECK(walk(head, wider, nv).read == std::vector<std::uint32_t>{43, 44, 45});
}

TEST_CASE("log: a medium that refuses is told") {
  FaultyNv nv{std::make_unique<RamNv>()};
  constexpr auto place = place_of(100, 5);
  RingHead head;
  append_records(head, place, nv, 3);
  nv.wear_out(0);
  CHECK(append(head, place, nv, record_of(4)).error().code == ErrorCode::nv_io);
  CHECK(head.last_id == 3);
  auto const outside = RingPlace{nv_size_min, 10, 100, 5};
  Record record(5);
  CHECK(read_record(head, outside, nv, 1, record).error().code == ErrorCode::nv_io);
}

}  // namespace blondel
