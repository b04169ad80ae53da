#include "core/nv/nv_layout.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/contract.hpp>
#include <blondel/base/crc.hpp>

#include "core/meter/meter_fields.hpp"

namespace blondel {
namespace {

/// "bln8": layout version 8. A change of the fields below is a new version.
constexpr std::uint32_t layout_magic = 0x626C6E38;
constexpr std::size_t slot_size = 4'096;
constexpr std::uint32_t slot_count = 2;
constexpr std::size_t trailer_size = 4;

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
  return (sequence % slot_count) * slot_size;
}

}  // namespace

Result<void> save(MeterState& state, NvStore& nv) {
  Slot slot;
  FieldWriter writer{ByteWriter{slot}};
  writer.out.u32(layout_magic);
  // 0 means "not valid"; its place in the circle is taken by 2, which goes to the same slot.
  auto const sequence = state.nv_sequence + 1 == 0 ? 2U : state.nv_sequence + 1;
  writer.out.u32(sequence);
  state.backup.last_normal = state.rtc.normal_seconds(state.now);
  constexpr std::size_t length_place = 8;
  writer.out.u16(0);
  visit_permanent(writer, state);
  auto const length = writer.out.size();
  ByteWriter{MutableByteSpan{slot}.subspan(length_place)}.u16(static_cast<std::uint16_t>(length));
  writer.out.u32(crc32c(ByteSpan{slot}.first(length)));
  BLONDEL_EXPECTS(!writer.out.failed());
  auto const written = nv.write(address_of(sequence), writer.out.written());
  if (!written) {
    state.status |= status_eeprom;
    return written;
  }
  state.nv_sequence = sequence;
  state.loggers.begun_pages = 0;
  state.nv_dirty = false;
  state.nv_behind = false;
  return {};
}

Result<void> restore(MeterState& state, NvStore const& nv) {
  Slot slot;
  std::uint32_t newest = 0;
  for (std::uint32_t n = 0; n < slot_count; ++n) {
    auto const done = nv.read(address_of(n), slot);
    if (!done) {
      return done;
    }
    auto const sequence = valid_sequence(slot);
    // Serial numbers wrap: newer is whatever lies less than half the circle ahead.
    if (sequence != 0 && (newest == 0 || static_cast<std::int32_t>(sequence - newest) > 0)) {
      newest = sequence;
    }
  }
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
  state.nv_dirty = false;
  state.nv_behind = false;
  return {};
}

Result<bool> is_blank(NvStore const& nv) {
  for (std::uint32_t n = 0; n < slot_count; ++n) {
    Slot slot;
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

}  // namespace blondel
