#pragma once
/// A log in permanent memory: a ring of pages of packed records, and the head that says where it ends.
///
/// A page holds packed records from its start and, once it is full, its number, what is in it and a CRC-32C
/// at its end; it is read without any other page. The head belongs to what is saved together (core/nv): a
/// record exists from the moment the head that counts it is saved, and octets behind that head mean nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/loggers/log_codec.hpp"

namespace blondel {

inline constexpr std::size_t log_page_size = 512;
inline constexpr std::size_t log_page_trailer_size = 16;
inline constexpr std::size_t log_page_room = log_page_size - log_page_trailer_size;
static_assert(packed_record_max(log_columns_max) <= log_page_room, "a page takes any one record");

/// Where a log lies and what it keeps; not part of the state, but derived from the configuration.
struct RingPlace {
  std::uint32_t address{};
  std::uint32_t page_count{};
  std::uint32_t depth{};  ///< records kept, exactly
  std::uint8_t field_count{};
};

/// How many pages keep `depth` records however badly they pack: the oldest page may hold one that counts, the
/// newest is open, one is written ahead of the saved head, and one more ahead of the copy before, should that
/// have to do.
[[nodiscard]] constexpr std::uint32_t pages_for(std::uint32_t depth, std::size_t field_count) {
  auto const records_per_page = static_cast<std::uint32_t>(log_page_room / packed_record_max(field_count));
  return (depth + records_per_page - 1) / records_per_page + 4;
}

/// The end of a log. Plain data for MeterState, permanent. Records are counted from 1 and never counted anew.
struct RingHead {
  std::uint32_t last_id{};         ///< of the newest record; 0 = there never was one
  std::uint32_t cleared_id{};      ///< records up to this one were cleared
  std::uint32_t page{};            ///< the open page; pages are counted on, lap after lap
  std::uint32_t first_page{};      ///< the first since the log was cleared
  std::uint32_t page_first_id{1};  ///< the open page's first record, there or not yet
  std::uint32_t crc{};             ///< CRC-32C of the open page so far
  std::uint16_t fill{};            ///< octets in the open page
  std::uint8_t field_count{};      ///< of its records
};

/// For the list of permanent fields (core/meter/meter_fields.hpp).
template<class Visitor, class Head>
void visit_ring(Visitor& field, Head& head) {
  field(head.last_id);
  field(head.cleared_id);
  field(head.page);
  field(head.first_page);
  field(head.page_first_id);
  field(head.crc);
  field(head.fill);
  field(head.field_count);
}

/// The oldest record still kept; last_id + 1 when there is none.
[[nodiscard]] std::uint32_t oldest_id(RingHead const& head, RingPlace const& place);
[[nodiscard]] std::uint32_t record_count(RingHead const& head, RingPlace const& place);

/// Where a page lies; pages are counted on, lap after lap.
[[nodiscard]] std::uint32_t page_address(RingPlace const& place, std::uint32_t page);

/// Appends one record of place.field_count numbers; a log of another layout is cleared first. The record is
/// there once the head is saved, which has to be before a second page is begun and after every clearing.
/// @errors nv_io, and then the head is as it was @cost decodes the open page, about a microsecond
Result<void> append(RingHead& head, RingPlace const& place, NvStore& nv,
                    std::span<std::int64_t const> record);

/// Forgets all records; the count goes on.
void clear(RingHead& head);

/// Reads the records of a log one after another, oldest first, from one of them on.
class RingCursor {
 public:
  /// @param from_id the first one wanted; the oldest kept when it is older
  RingCursor(RingHead const& head, RingPlace const& place, NvStore const& nv, std::uint32_t from_id);

  [[nodiscard]] bool at_end() const { return id_ > head_.last_id; }
  /// The record that next() gives.
  [[nodiscard]] std::uint32_t id() const { return id_; }
  /// Reads record id() and moves on, also when that record is lost. Not at the end.
  /// @param into place.field_count numbers
  /// @errors nv_corrupt with detail = id when its page is damaged; nv_io, without moving on
  Result<void> next(std::span<std::int64_t> into);

 private:
  struct Page {
    std::uint32_t first_id{};
    std::uint32_t end_id{};  ///< one past its last record
    std::uint16_t fill{};
  };
  [[nodiscard]] Result<Page> load(std::uint32_t page);
  [[nodiscard]] Result<void> find_page();
  [[nodiscard]] bool unpack();

  RingHead head_;
  RingPlace place_;
  NvStore const* nv_;
  std::uint32_t id_;
  std::uint32_t lost_until_{};  ///< the records from id_ to before this one are lost
  Page page_;                   ///< what octets_ holds
  std::uint32_t line_id_{};     ///< the record at offset_
  std::size_t offset_{};
  RecordLine line_;
  std::array<std::uint8_t, log_page_size> octets_;
};

/// Reads one record. @errors out_of_range when the log does not hold it; nv_corrupt (detail = id), nv_io
/// @cost a search over pages and half of one
Result<void> read_record(RingHead const& head, RingPlace const& place, NvStore const& nv, std::uint32_t id,
                         std::span<std::int64_t> into);

}  // namespace blondel
