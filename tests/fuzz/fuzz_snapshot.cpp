/// Snapshots of any octets: the decoder alone; and, with checksums put right, the parts of a twin's state
/// too.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <blondel/base/contract.hpp>

#include "twin/ram_nv.hpp"
#include "twin/snapshot.hpp"
#include "twin/twin.hpp"

using namespace blondel;

namespace {

class NoSource final : public Source {
 public:
  [[nodiscard]] OperatingPoint point_at(SimTime) override { return {}; }
  [[nodiscard]] SimTime next_change(SimTime) const override { return SimTime::never(); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteSpan const octets{data, size};
  if (auto const snapshot = Snapshot::decode(octets)) {
    auto const again = Snapshot::decode(snapshot->encode());
    BLONDEL_EXPECTS(again && again->encode() == snapshot->encode());
    Twin twin{TwinConfig{}, std::make_unique<NoSource>(), std::make_unique<RamNv>()};
    static_cast<void>(twin.load(*snapshot));
  }
  // The same octets as the parts of a sound file: part, length of 16 bits, octets.
  Snapshot made;
  Twin blank{TwinConfig{}, std::make_unique<NoSource>(), std::make_unique<RamNv>()};
  blank.save(made);
  ByteReader in{octets};
  while (in.remaining() > 0) {
    auto const part = in.u8() % snapshot_part_count;
    auto const piece = in.take(std::min<std::size_t>(in.u16(), in.remaining()));
    if (part != static_cast<std::size_t>(SnapshotPart::identity)) {
      made.put(static_cast<SnapshotPart>(part), {piece.begin(), piece.end()});
    }
  }
  Twin twin{TwinConfig{}, std::make_unique<NoSource>(), std::make_unique<RamNv>()};
  static_cast<void>(twin.load(made));
  return 0;
}
