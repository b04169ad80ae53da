#pragma once
/// A running meter in octets: parts by name, each with its checksum. Only a whole and undamaged file is read.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <blondel/base/result.hpp>
#include <blondel/base/state_fields.hpp>

namespace blondel {

/// Of the layout of every part. Raised with each field that comes, goes or moves.
inline constexpr std::uint16_t snapshot_format = 1;

/// In the order in which they stand in a file.
enum class SnapshotPart : std::uint8_t {
  origin,     ///< program, scenario, document; may be missing
  run,        ///< of a scenario; may be missing
  identity,   ///< of the twin
  meter,      ///< MeterState
  measuring,  ///< MeasuringState
  memory,     ///< pages of the permanent memory
  twin,       ///< source, outputs, actions
  front_end   ///< of the tier under way
};
inline constexpr std::size_t snapshot_part_count = 8;
[[nodiscard]] std::string_view name_of(SnapshotPart part);

/// File: "blondel\n", "snapshot", u16 format, u32 length of what follows, then parts: u8 part, u32 length,
/// octets, u32 CRC-32C over all of it.
class Snapshot {
 public:
  /// @errors bad_syntax: not a snapshot; out_of_range: another format, detail = its number; truncated,
  /// bad_field, bad_checksum: detail = octet
  [[nodiscard]] static Result<Snapshot> decode(ByteSpan file);
  [[nodiscard]] std::vector<std::uint8_t> encode() const;

  void put(SnapshotPart part, std::vector<std::uint8_t> octets);
  [[nodiscard]] bool has(SnapshotPart part) const { return at(part).is_there; }
  /// The part that holds an octet of the file it was decoded from; none in a head.
  [[nodiscard]] std::optional<SnapshotPart> part_at(std::size_t offset) const;
  [[nodiscard]] std::size_t size(SnapshotPart part) const { return at(part).octets.size(); }

  /// Reads a whole part. @param fields what to visit
  /// @errors truncated, bad_field: detail = octet of the file; bad_syntax: there is no such part, detail =
  /// which
  template<class Fields>
  [[nodiscard]] Result<void> read(SnapshotPart part, Fields const& fields) const {
    auto const& section = at(part);
    if (!section.is_there) {
      return fail(ErrorCode::bad_syntax, static_cast<std::int64_t>(part));
    }
    StateReader reader{section.octets};
    fields(reader);
    auto read = reader.finish();
    if (!read) {
      read.error().detail += static_cast<std::int64_t>(section.offset);
    }
    return read;
  }

 private:
  struct Section {
    bool is_there{};
    std::size_t offset{};  ///< in the file it came from
    std::vector<std::uint8_t> octets;
  };
  [[nodiscard]] Section const& at(SnapshotPart part) const { return parts_[static_cast<std::size_t>(part)]; }

  std::array<Section, snapshot_part_count> parts_;
};

/// What tells a twin's snapshot from another's.
struct SnapshotIdentity {
  SimTime now;
  std::uint64_t config_hash{};
  std::uint64_t seed{};
  std::uint64_t state_hash{};
  std::uint32_t serial_number{};
  std::uint8_t tier{};            ///< Tier, of the configuration
  std::uint8_t front_end_tier{};  ///< Tier under way; tier_count without supply
  bool is_hybrid{};
  bool is_powered{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    constexpr auto longest_past = SimDuration::seconds(std::int64_t{100} * 366 * 86'400);
    field.within(self.now, SimTime{} - longest_past, SimTime::never());
    field(self.config_hash);
    field(self.seed);
    field(self.state_hash);
    field(self.serial_number);
    field.within(self.tier, 0, 2);
    field.within(self.front_end_tier, 0, 3);
    field(self.is_hybrid);
    field(self.is_powered);
  }
};
[[nodiscard]] Result<SnapshotIdentity> identity_of(Snapshot const& snapshot);

}  // namespace blondel
