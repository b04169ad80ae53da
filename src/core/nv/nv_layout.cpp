#include "core/nv/nv_layout.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/contract.hpp>
#include <blondel/base/crc.hpp>

#include "core/meter/meter_fields.hpp"

namespace blondel {
namespace {

/// "bln9": layout version 9. A change of the fields below is a new version.
constexpr std::uint32_t layout_magic = 0x626C6E39;
constexpr std::size_t slot_size = state_slot_size;
constexpr std::uint32_t slot_count = 2;
constexpr std::size_t trailer_size = 4;
/// Each word in a page of its own, behind the slots.
constexpr std::uint32_t begun_address = slot_count * slot_size;
constexpr std::uint32_t done_address = begun_address + 512;

using Slot = std::array<std::uint8_t, slot_size>;

struct FieldWriter {
  ByteWriter out;
  template<class T>
  void operator()(T const& value) {
    out.big_endian(static_cast<std::uint64_t>(value), sizeof(T));
  }
};

struct FieldReader {
  ByteReader in;
  template<class T>
  void operator()(T& value) {
    value = static_cast<T>(in.big_endian(sizeof(T)));
  }
};

/// The sequence number of a valid slot; 0 means "not valid" (sequences start at 1).
std::uint32_t valid_sequence(Slot const& slot) {
  ByteReader reader{slot};
  auto const magic = reader.u32();
  auto const sequence = reader.u32();
  auto const length = reader.u16();
  if (magic != layout_magic || length + trailer_size > slot_size) {
    return 0;
  }
  ByteReader trailer{ByteSpan{slot}.subspan(length)};
  return trailer.u32() == crc32c(ByteSpan{slot}.first(length)) ? sequence : 0;
}

constexpr std::uint32_t address_of(std::uint32_t sequence) {
  return (sequence % slot_count) * static_cast<std::uint32_t>(slot_size);
}

/// 0 means "not valid"; its place in the circle is taken by 2, which goes to the same slot.
constexpr std::uint32_t next_sequence(std::uint32_t sequence) {
  return sequence + 1 == 0 ? 2U : sequence + 1;
}

/// A word is a sequence number and its complement, so that one half written is known.
Result<void> write_word(NvStore& nv, std::uint32_t address, std::uint32_t sequence) {
  std::array<std::uint8_t, 8> octets;
  ByteWriter out{octets};
  out.u32(sequence);
  out.u32(~sequence);
  return nv.write(address, octets);
}

/// @return 0 when it holds none
Result<std::uint32_t> read_word(NvStore const& nv, std::uint32_t address) {
  std::array<std::uint8_t, 8> octets;
  return nv.read(address, octets).map([&octets]() -> std::uint32_t {
    ByteReader in{octets};
    auto const sequence = in.u32();
    return in.u32() == ~sequence ? sequence : 0;
  });
}

/// What the state's part of the memory holds; sequence 0 = not readable.
struct Inventory {
  std::array<std::uint32_t, slot_count> slot{};
  std::uint32_t begun{};  ///< the slot that was to be written last
  std::uint32_t done{};   ///< and that was written
};

Result<Inventory> look_through(NvStore const& nv, Slot& buffer) {
  Inventory found;
  for (std::uint32_t n = 0; n < slot_count; ++n) {
    if (auto const read = nv.read(address_of(n), buffer); !read) {
      return tl::unexpected{read.error()};
    }
    found.slot[n] = valid_sequence(buffer);
  }
  auto const begun = read_word(nv, begun_address);
  auto const done = read_word(nv, done_address);
  if (!begun || !done) {
    return tl::unexpected{(begun ? done : begun).error()};
  }
  found.begun = *begun;
  found.done = *done;
  return found;
}

/// Serial numbers wrap: newer is whatever lies less than half the circle ahead.
std::uint32_t newest_of(Inventory const& found) {
  auto const [first, second] = found.slot;
  if (first == 0 || second == 0) {
    return first == 0 ? second : first;
  }
  return static_cast<std::int32_t>(second - first) > 0 ? second : first;
}

/// True when something is not as a stop of the writer at any instant leaves it: one word or one slot may be
/// half written, and which one the others tell.
bool is_damaged(Inventory const& found) {
  auto const last = found.done != 0 ? found.done : found.begun;
  bool const is_under_way = found.begun != 0 && found.begun == next_sequence(last);
  bool const words_fit = last != 0 && (found.begun == 0 || found.begun == last || is_under_way);
  if (!words_fit || found.slot[last % slot_count] != last) {
    return true;
  }
  constexpr std::uint32_t first_of_all = 1;
  auto const before = found.slot[(last + 1) % slot_count];
  return !is_under_way && last != first_of_all && (before == 0 || next_sequence(before) != last);
}

}  // namespace

Result<void> save(MeterState& state, NvStore& nv) {
  Slot slot;
  FieldWriter writer{ByteWriter{slot}};
  writer.out.u32(layout_magic);
  auto const sequence = next_sequence(state.nv_sequence);
  writer.out.u32(sequence);
  state.backup.last_normal = state.rtc.normal_seconds(state.now);
  state.backup.last_valid = state.rtc.valid;
  state.backup.last_restored = state.rtc.restored;
  constexpr std::size_t length_place = 8;
  writer.out.u16(0);
  visit_permanent(writer, state);
  auto const length = writer.out.size();
  ByteWriter{MutableByteSpan{slot}.subspan(length_place)}.u16(static_cast<std::uint16_t>(length));
  writer.out.u32(crc32c(ByteSpan{slot}.first(length)));
  BLONDEL_EXPECTS(!writer.out.failed());
  auto written = write_word(nv, begun_address, sequence);
  if (written) {
    written = nv.write(address_of(sequence), writer.out.written());
  }
  if (written) {
    written = write_word(nv, done_address, sequence);
  }
  if (!written) {
    note_memory_fault(state);
    return written;
  }
  state.nv_sequence = sequence;
  state.loggers.begun_pages = 0;
  state.nv_dirty = false;
  state.nv_behind = false;
  return {};
}

Result<void> keep_begun_pages(MeterState& state, NvStore& nv) {
  return state.loggers.begun_pages != 0 ? save(state, nv) : Result<void>{};
}

Result<void> restore(MeterState& state, NvStore const& nv) {
  Slot slot;
  auto const found = look_through(nv, slot);
  if (!found) {
    return tl::unexpected{found.error()};
  }
  auto const newest = newest_of(*found);
  if (newest == 0) {
    return fail(ErrorCode::nv_corrupt, 0);
  }
  // One buffer for both copies, as a controller's stack is short; so the better one is read again.
  auto const done = nv.read(address_of(newest), slot);
  if (!done) {
    return done;
  }
  FieldReader reader{ByteReader{slot}};
  reader.in.take(4 + 4 + 2);
  visit_permanent(reader, state);
  auto const configuration = decode_configuration(state.configuration.numbers);
  if (reader.in.failed() || !configuration) {
    return fail(ErrorCode::nv_corrupt, 0);
  }
  state.configuration = *configuration;
  state.nv_sequence = newest;
  state.status &= status_lasting;
  state.nv_dirty = false;
  state.nv_behind = false;
  if (is_damaged(*found)) {
    note_memory_fault(state);
  }
  return {};
}

Result<bool> is_blank(NvStore const& nv) {
  Slot slot;
  auto const found = look_through(nv, slot);
  if (!found) {
    return tl::unexpected{found.error()};
  }
  if (newest_of(*found) != 0) {
    return false;
  }
  if (found->begun == 1 && found->done == 0) {
    return true;  // stopped while the very first copy was written: nobody has ever had this meter
  }
  for (std::uint32_t n = 0; n < slot_count; ++n) {
    auto const done = nv.read(address_of(n), slot);
    if (!done) {
      return tl::unexpected{done.error()};
    }
    if (!std::all_of(slot.begin(), slot.end(), [](std::uint8_t byte) { return byte == 0 || byte == 0xFF; })) {
      return false;
    }
  }
  return true;
}

std::uint32_t newest_slot_address(MeterState const& state) {
  return address_of(state.nv_sequence);
}

}  // namespace blondel
