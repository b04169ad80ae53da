#pragma once
/// Permanent memory that is written elsewhere first: a meter's past is there as a whole, or not at all.

#include <memory>
#include <utility>
#include <vector>

#include "twin/ram_nv.hpp"

namespace blondel {

/// Everything goes to memory of its own until publish(), and to the medium afterwards.
class DraftNv final : public NvStore {
 public:
  /// @param medium blank
  explicit DraftNv(std::unique_ptr<NvStore> medium) : medium_{std::move(medium)}, draft_{medium_->size()} {}

  [[nodiscard]] std::uint32_t size() const override { return medium_->size(); }
  [[nodiscard]] bool outlives_process() const override {
    return is_published_ && medium_->outlives_process();
  }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override {
    return is_published_ ? medium_->read(address, into) : draft_.read(address, into);
  }
  Result<void> write(std::uint32_t address, ByteSpan from) override {
    return is_published_ ? medium_->write(address, from) : draft_.write(address, from);
  }

  /// The logs go first: without the state there is no meter yet. @errors nv_io
  Result<void> publish() {
    auto done = copy(nv_state_size, size()).and_then([this] { return copy(0, nv_state_size); });
    is_published_ = done.has_value();
    return done;
  }

 private:
  Result<void> copy(std::uint32_t from, std::uint32_t to) {
    std::vector<std::uint8_t> octets(to - from);
    return draft_.read(from, octets).and_then([&] { return medium_->write(from, octets); });
  }

  std::unique_ptr<NvStore> medium_;
  RamNv draft_;
  bool is_published_{};
};

}  // namespace blondel
