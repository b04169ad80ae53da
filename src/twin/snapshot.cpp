#include "twin/snapshot.hpp"

#include <algorithm>

#include <blondel/base/bytes.hpp>
#include <blondel/base/crc.hpp>

namespace blondel {
namespace {

/// With a line end in its midst, so that a copy as text shows.
constexpr std::array<std::uint8_t, 16> magic{'b', 'l', 'o', 'n', 'd', 'e', 'l', '\n',
                                             's', 'n', 'a', 'p', 's', 'h', 'o', 't'};
constexpr std::size_t part_head = 1 + 4;
constexpr std::size_t checksum_size = 4;

}  // namespace

std::string_view name_of(SnapshotPart part) {
  switch (part) {
    case SnapshotPart::origin:
      return "origin";
    case SnapshotPart::run:
      return "run";
    case SnapshotPart::identity:
      return "identity";
    case SnapshotPart::meter:
      return "meter";
    case SnapshotPart::measuring:
      return "measuring";
    case SnapshotPart::memory:
      return "memory";
    case SnapshotPart::twin:
      return "twin";
    case SnapshotPart::front_end:
      return "front_end";
  }
  return "";
}

Result<Snapshot> Snapshot::decode(ByteSpan file) {
  ByteReader in{file};
  auto const begins = in.take(std::min(magic.size(), file.size()));
  if (begins.empty() || !std::equal(begins.begin(), begins.end(), magic.begin())) {
    return fail(ErrorCode::bad_syntax);
  }
  auto const format = in.u16();
  if (!in.failed() && format != snapshot_format) {
    return fail(ErrorCode::out_of_range, format);
  }
  auto const length = in.u32();
  if (in.failed() || length > in.remaining()) {
    return fail(ErrorCode::truncated, static_cast<std::int64_t>(file.size()));
  }
  if (length < in.remaining()) {
    return fail(ErrorCode::bad_field, static_cast<std::int64_t>(in.offset() + length));
  }
  Snapshot snapshot;
  while (in.remaining() > 0) {
    auto const start = in.offset();
    auto const part = in.u8();
    auto const octets = in.take(in.u32());
    auto const checksum = in.u32();
    if (in.failed()) {
      return fail(ErrorCode::truncated, static_cast<std::int64_t>(start));
    }
    if (crc32c(file.subspan(start, part_head + octets.size())) != checksum) {
      return fail(ErrorCode::bad_checksum, static_cast<std::int64_t>(start));
    }
    if (part >= snapshot_part_count || snapshot.parts_[part].is_there) {
      return fail(ErrorCode::bad_field, static_cast<std::int64_t>(start));
    }
    snapshot.parts_[part] = {true, start + part_head, {octets.begin(), octets.end()}};
  }
  return snapshot;
}

std::vector<std::uint8_t> Snapshot::encode() const {
  std::size_t length = 0;
  for (auto const& section : parts_) {
    length += section.is_there ? part_head + section.octets.size() + checksum_size : 0;
  }
  std::vector<std::uint8_t> file(magic.size() + 2 + 4 + length);
  ByteWriter out{file};
  out.append(magic);
  out.u16(snapshot_format);
  out.u32(static_cast<std::uint32_t>(length));
  for (std::size_t n = 0; n < parts_.size(); ++n) {
    auto const& section = parts_[n];
    if (section.is_there) {
      auto const start = out.size();
      out.u8(static_cast<std::uint8_t>(n));
      out.u32(static_cast<std::uint32_t>(section.octets.size()));
      out.append(section.octets);
      out.u32(crc32c(out.written().subspan(start)));
    }
  }
  return file;
}

std::optional<SnapshotPart> Snapshot::part_at(std::size_t offset) const {
  for (std::size_t n = 0; n < parts_.size(); ++n) {
    auto const& section = parts_[n];
    if (section.is_there && offset >= section.offset && offset <= section.offset + section.octets.size()) {
      return static_cast<SnapshotPart>(n);
    }
  }
  return std::nullopt;
}

void Snapshot::put(SnapshotPart part, std::vector<std::uint8_t> octets) {
  parts_[static_cast<std::size_t>(part)] = {true, 0, std::move(octets)};
}

Result<SnapshotIdentity> identity_of(Snapshot const& snapshot) {
  SnapshotIdentity identity;
  auto const read = snapshot.read(SnapshotPart::identity, [&](auto& field) { field(identity); });
  return read.map([&] { return identity; });
}

}  // namespace blondel
