#pragma once
/// Permanent memory that lives as long as the process: tests and throw-away fleets.

#include <algorithm>
#include <vector>

#include <blondel/meter/nv_store.hpp>

namespace blondel {

/// @errors nv_io outside its size
class RamNv final : public NvStore {
 public:
  explicit RamNv(std::uint32_t size = nv_size_min) : bytes_(size) {}

  [[nodiscard]] std::uint32_t size() const override { return static_cast<std::uint32_t>(bytes_.size()); }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override {
    if (address > bytes_.size() || into.size() > bytes_.size() - address) {
      return fail(ErrorCode::nv_io, address);
    }
    std::copy_n(bytes_.begin() + address, into.size(), into.begin());
    return {};
  }
  Result<void> write(std::uint32_t address, ByteSpan from) override {
    if (address > bytes_.size() || from.size() > bytes_.size() - address) {
      return fail(ErrorCode::nv_io, address);
    }
    std::copy(from.begin(), from.end(), bytes_.begin() + address);
    return {};
  }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace blondel
