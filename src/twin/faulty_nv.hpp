#pragma once
/// Permanent memory with faults, in front of one that has none.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <blondel/meter/nv_store.hpp>

namespace blondel {

/// Passes everything on until a fault is asked for. @source architecture.md 12
class FaultyNv final : public NvStore {
 public:
  explicit FaultyNv(std::unique_ptr<NvStore> medium) : medium_{std::move(medium)} {}

  [[nodiscard]] std::uint32_t size() const override { return medium_->size(); }
  /// @errors nv_io
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override;
  /// @errors nv_io
  Result<void> write(std::uint32_t address, ByteSpan from) override;
  [[nodiscard]] bool outlives_process() const override { return medium_->outlives_process(); }

  /// A bit is the other way round from now on, until it is written. @param bit 0 to 7 @errors nv_io
  Result<void> flip_bit(std::uint32_t address, unsigned bit);
  /// A bit reads as it does not now, whatever is written. @param bit 0 to 7 @errors nv_io
  Result<void> stick_bit(std::uint32_t address, unsigned bit);
  /// The next writes are acknowledged and never done.
  void lose_writes(std::uint32_t count) { lost_writes_ = count; }
  /// Of the next write only the first half is done, though it is acknowledged.
  void tear_write() { tears_next_ = true; }
  /// After so many writes the medium refuses every one.
  void wear_out(std::uint64_t after_writes) { writes_left_ = after_writes; }

  /// The power goes after the first `octets` of the n-th write from now: that one and all later ones fail.
  /// @param n from 1
  void cut_power(std::uint64_t n, std::size_t octets) {
    writes_left_ = n - 1;
    cut_octets_ = octets;
  }
  /// It is back: what was done before is there, everything after it can be written.
  void restore_power() { writes_left_ = endless; }

  [[nodiscard]] std::uint64_t write_count() const { return write_count_; }
  [[nodiscard]] std::size_t last_write_size() const { return last_write_size_; }

 private:
  struct StuckBit {
    std::uint32_t address{};
    std::uint8_t mask{};
    bool is_set{};
  };
  static constexpr std::uint64_t endless = ~std::uint64_t{0};

  std::unique_ptr<NvStore> medium_;
  std::vector<StuckBit> stuck_;
  std::uint64_t writes_left_{endless};
  std::size_t cut_octets_{};  ///< of the first write that fails
  std::uint32_t lost_writes_{};
  bool tears_next_{};
  std::uint64_t write_count_{};  ///< that somebody asked for
  std::size_t last_write_size_{};
};

inline Result<void> FaultyNv::read(std::uint32_t address, MutableByteSpan into) const {
  auto done = medium_->read(address, into);
  for (auto const& bit : stuck_) {
    if (done && bit.address >= address && bit.address - address < into.size()) {
      auto& octet = into[bit.address - address];
      octet = static_cast<std::uint8_t>(bit.is_set ? octet | bit.mask : octet & ~unsigned{bit.mask});
    }
  }
  return done;
}

inline Result<void> FaultyNv::write(std::uint32_t address, ByteSpan from) {
  write_count_ += 1;
  last_write_size_ = from.size();
  if (writes_left_ == 0) {
    auto const done =
        medium_->write(address, from.first(std::min(std::exchange(cut_octets_, 0), from.size())));
    return done ? fail(ErrorCode::nv_io, address) : done;
  }
  writes_left_ -= writes_left_ == endless ? 0 : 1;
  if (lost_writes_ > 0) {
    lost_writes_ -= 1;
    return {};
  }
  return medium_->write(address, std::exchange(tears_next_, false) ? from.first(from.size() / 2) : from);
}

inline Result<void> FaultyNv::flip_bit(std::uint32_t address, unsigned bit) {
  std::array<std::uint8_t, 1> octet{};
  auto const done = medium_->read(address, octet);
  if (!done) {
    return done;
  }
  octet[0] = static_cast<std::uint8_t>(octet[0] ^ 1U << bit);
  return medium_->write(address, octet);
}

inline Result<void> FaultyNv::stick_bit(std::uint32_t address, unsigned bit) {
  std::array<std::uint8_t, 1> octet{};
  auto const done = read(address, octet);
  auto const mask = static_cast<std::uint8_t>(1U << bit);
  if (done) {
    stuck_.push_back({address, mask, (octet[0] & mask) == 0});
  }
  return done;
}

}  // namespace blondel
