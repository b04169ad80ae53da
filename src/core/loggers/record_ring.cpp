#include "core/loggers/record_ring.hpp"

#include <algorithm>

#include <blondel/base/contract.hpp>
#include <blondel/base/crc.hpp>

namespace blondel {
namespace {

using PageOctets = std::array<std::uint8_t, log_page_size>;

/// Pages before this one belong to the lap before, or to what was cleared.
std::uint32_t oldest_page(RingHead const& head, RingPlace const& place) {
  auto const end = head.page + 1;
  return std::max(head.first_page, end > place.page_count ? end - place.page_count : 0);
}

void begin_page(RingHead& head) {
  head.page += 1;
  head.page_first_id = head.last_id + 1;
  head.crc = 0;
  head.fill = 0;
}

/// Writes the trailer of the open page and begins the next.
Result<void> close_page(RingHead& head, RingPlace const& place, NvStore& nv) {
  std::array<std::uint8_t, log_page_trailer_size> trailer;
  ByteWriter out{trailer};
  out.u32(head.page);
  out.u32(head.page_first_id);
  out.u16(static_cast<std::uint16_t>(head.last_id + 1 - head.page_first_id));
  out.u16(head.fill);
  out.u32(crc32c(out.written(), head.crc));
  auto const address = page_address(place, head.page) + static_cast<std::uint32_t>(log_page_room);
  begin_page(head);
  return nv.write(address, trailer);
}

/// Reads the front of the open page. @errors nv_corrupt when it is not what was written; nv_io
Result<void> load_open(RingHead const& head, RingPlace const& place, NvStore const& nv, PageOctets& octets) {
  auto const front = MutableByteSpan{octets}.first(std::min<std::size_t>(head.fill, log_page_room));
  auto const done = nv.read(page_address(place, head.page), front);
  if (!done) {
    return done;
  }
  return crc32c(front) == head.crc ? Result<void>{} : fail(ErrorCode::nv_corrupt, head.page_first_id);
}

/// Follows the line through the open page. @errors as load_open
Result<void> follow_open(RingHead const& head, RingPlace const& place, NvStore const& nv, RecordLine& line) {
  PageOctets octets;
  auto const done = load_open(head, place, nv, octets);
  if (!done) {
    return done;
  }
  ByteReader reader{ByteSpan{octets}.first(head.fill)};
  while (reader.remaining() > 0) {
    if (!unpack_record(line, head.field_count, reader)) {
      return fail(ErrorCode::nv_corrupt, head.page_first_id);
    }
  }
  return {};
}

}  // namespace

std::uint32_t page_address(RingPlace const& place, std::uint32_t page) {
  return place.address + page % place.page_count * static_cast<std::uint32_t>(log_page_size);
}

std::uint32_t oldest_id(RingHead const& head, RingPlace const& place) {
  if (head.field_count != place.field_count) {
    return head.last_id + 1;
  }
  auto const kept = head.last_id > place.depth ? head.last_id - place.depth : 0;
  return std::max(head.cleared_id, kept) + 1;
}

std::uint32_t record_count(RingHead const& head, RingPlace const& place) {
  return head.last_id + 1 - oldest_id(head, place);
}

void clear(RingHead& head) {
  begin_page(head);
  head.cleared_id = head.last_id;
  head.first_page = head.page;
}

Result<void> append(RingHead& head, RingPlace const& place, NvStore& nv,
                    std::span<std::int64_t const> record) {
  BLONDEL_EXPECTS(record.size() == place.field_count);
  auto next = head;
  if (next.field_count != place.field_count) {
    clear(next);
    next.field_count = place.field_count;
  }
  RecordLine line;
  auto const followed = follow_open(next, place, nv, line);
  if (!followed && followed.error().code == ErrorCode::nv_io) {
    return followed;
  }
  if (!followed) {
    begin_page(next);  // the damaged page stays without a trailer, and is reported when it is read
    line = RecordLine{};
  }
  PageOctets packed;
  auto size = pack_record(line, record, MutableByteSpan{packed}.first(log_page_room - next.fill));
  if (size == 0) {
    auto const closed = close_page(next, place, nv);
    if (!closed) {
      return closed;
    }
    line = RecordLine{};
    size = pack_record(line, record, MutableByteSpan{packed}.first(log_page_room));
  }
  auto const octets = ByteSpan{packed}.first(size);
  auto const written = nv.write(page_address(place, next.page) + next.fill, octets);
  if (!written) {
    return written;
  }
  next.crc = crc32c(octets, next.crc);
  next.fill = static_cast<std::uint16_t>(next.fill + size);
  next.last_id += 1;
  head = next;
  return {};
}

RingCursor::RingCursor(RingHead const& head, RingPlace const& place, NvStore const& nv, std::uint32_t from_id)
    : head_{head},
      place_{place},
      nv_{&nv},
      id_{std::max(from_id, oldest_id(head, place))} {}

Result<RingCursor::Page> RingCursor::load(std::uint32_t page) {
  page_ = Page{};
  if (page == head_.page) {
    auto const done = load_open(head_, place_, *nv_, octets_);
    if (!done) {
      return tl::unexpected{done.error()};
    }
    return Page{head_.page_first_id, head_.last_id + 1, head_.fill};
  }
  auto const done = nv_->read(page_address(place_, page), octets_);
  if (!done) {
    return tl::unexpected{done.error()};
  }
  auto const trailer = ByteSpan{octets_}.subspan(log_page_room);
  ByteReader in{trailer};
  auto const number = in.u32();
  auto const first_id = in.u32();
  auto const count = in.u16();
  auto const fill = in.u16();
  auto const before_crc = trailer.first(in.offset());
  bool const is_whole = number == page && fill <= log_page_room &&
                        in.u32() == crc32c(before_crc, crc32c(ByteSpan{octets_}.first(fill)));
  if (!is_whole) {
    return fail(ErrorCode::nv_corrupt, page);
  }
  return Page{first_id, first_id + count, fill};
}

/// Loads the page with record id_, or learns how many records are lost.
Result<void> RingCursor::find_page() {
  auto low = id_ >= head_.page_first_id ? head_.page : oldest_page(head_, place_);
  auto high = head_.page + 1;
  lost_until_ = head_.last_id + 1;
  while (low < high) {
    auto const middle = low + (high - low) / 2;
    auto probe = middle;
    auto page = load(probe);
    while (!page && page.error().code == ErrorCode::nv_corrupt && probe + 1 < high) {
      page = load(++probe);
    }
    if (!page && page.error().code != ErrorCode::nv_corrupt) {
      return tl::unexpected{page.error()};
    }
    if (!page) {
      high = middle;
    } else if (page->first_id > id_) {
      high = middle;
      lost_until_ = page->first_id;
    } else if (page->end_id <= id_) {
      low = probe + 1;
    } else {
      page_ = *page;
      line_ = RecordLine{};
      line_id_ = page_.first_id;
      offset_ = 0;
      lost_until_ = 0;
      return {};
    }
  }
  return {};
}

/// Unpacks the record at offset_.
bool RingCursor::unpack() {
  ByteReader reader{ByteSpan{octets_}.first(page_.fill).subspan(offset_)};
  bool const is_record = unpack_record(line_, place_.field_count, reader);
  offset_ += reader.offset();
  line_id_ += 1;
  return is_record;
}

Result<void> RingCursor::next(std::span<std::int64_t> into) {
  BLONDEL_EXPECTS(!at_end() && into.size() >= place_.field_count);
  if (id_ >= lost_until_ && (line_id_ != id_ || id_ >= page_.end_id)) {
    auto const found = find_page();
    if (!found) {
      return found;
    }
  }
  while (id_ >= lost_until_ && line_id_ <= id_) {
    if (!unpack()) {
      lost_until_ = page_.end_id;  // a page whose CRC holds and whose octets are no records
    }
  }
  if (id_ < lost_until_) {
    line_id_ = 0;
    return fail(ErrorCode::nv_corrupt, id_++);
  }
  id_ += 1;
  for (std::size_t n = 0; n < place_.field_count; ++n) {
    into[n] = static_cast<std::int64_t>(line_.value[n]);
  }
  return {};
}

Result<void> read_record(RingHead const& head, RingPlace const& place, NvStore const& nv, std::uint32_t id,
                         std::span<std::int64_t> into) {
  if (id < oldest_id(head, place) || id > head.last_id) {
    return fail(ErrorCode::out_of_range, id);
  }
  return RingCursor{head, place, nv, id}.next(into);
}

}  // namespace blondel
