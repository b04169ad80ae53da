#pragma once
/// Permanent memory that loses its power.

#include "twin/ram_nv.hpp"

namespace blondel::test {

/// A medium whose power goes away in the middle of the n-th write from now.
class TornNv final : public NvStore {
 public:
  [[nodiscard]] std::uint32_t size() const override { return inner_.size(); }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override {
    return inner_.read(address, into);
  }
  Result<void> write(std::uint32_t address, ByteSpan from) override {
    last_size = from.size();
    if (writes_left == 0) {
      return fail(ErrorCode::nv_io, address);
    }
    if (--writes_left == 0) {
      auto const half = inner_.write(address, from.first(torn_at < from.size() ? torn_at : from.size()));
      return half ? fail(ErrorCode::nv_io, address) : half;
    }
    return inner_.write(address, from);
  }
  [[nodiscard]] bool outlives_process() const override { return true; }
  std::size_t writes_left{1'000'000};
  std::size_t torn_at{};
  std::size_t last_size{};

 private:
  RamNv inner_;
};

}  // namespace blondel::test
