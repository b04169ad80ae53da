#pragma once
/// Permanent memory that lives as long as the process: tests and throw-away fleets.

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include <blondel/meter/nv_store.hpp>

namespace blondel {

/// Takes memory of its own only for pages that were written: logs are deep, and most of them short.
/// @errors nv_io outside its size
class RamNv final : public NvStore {
 public:
  /// @param is_lasting stands for a chip that somebody may power up again: every shown digit is written
  explicit RamNv(std::uint32_t size = nv_size_min, bool is_lasting = false)
      : size_{size},
        is_lasting_{is_lasting},
        pages_((size + page_size - 1) / page_size) {}

  /// Takes all pages now, for users that must not allocate later.
  void reserve() {
    for (auto& page : pages_) {
      page = page ? std::move(page) : std::make_shared<Page>();
    }
  }

  /// A second memory with the same contents that goes on independently. Pages are shared until one of the two
  /// writes to them.
  [[nodiscard]] std::unique_ptr<RamNv> fork() const {
    auto other = std::make_unique<RamNv>(size_, is_lasting_);
    other->pages_ = pages_;
    return other;
  }

  [[nodiscard]] std::uint32_t size() const override { return size_; }
  [[nodiscard]] bool outlives_process() const override { return is_lasting_; }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override {
    if (!contains(address, into.size())) {
      return fail(ErrorCode::nv_io, address);
    }
    while (!into.empty()) {
      auto const part = std::min<std::size_t>(into.size(), page_size - address % page_size);
      auto const& page = pages_[address / page_size];
      if (page) {
        std::copy_n(page->begin() + address % page_size, part, into.begin());
      } else {
        std::fill_n(into.begin(), part, std::uint8_t{0});
      }
      into = into.subspan(part);
      address += static_cast<std::uint32_t>(part);
    }
    return {};
  }
  Result<void> write(std::uint32_t address, ByteSpan from) override {
    if (!contains(address, from.size())) {
      return fail(ErrorCode::nv_io, address);
    }
    while (!from.empty()) {
      auto const part = std::min<std::size_t>(from.size(), page_size - address % page_size);
      auto& page = pages_[address / page_size];
      if (!page) {
        page = std::make_shared<Page>();
      } else if (page.use_count() > 1) {
        page = std::make_shared<Page>(*page);
      }
      std::copy_n(from.begin(), part, page->begin() + address % page_size);
      from = from.subspan(part);
      address += static_cast<std::uint32_t>(part);
    }
    return {};
  }

 private:
  static constexpr std::uint32_t page_size = 4'096;
  using Page = std::array<std::uint8_t, page_size>;
  [[nodiscard]] bool contains(std::uint32_t address, std::size_t count) const {
    return address <= size_ && count <= size_ - address;
  }

  std::uint32_t size_;
  bool is_lasting_;
  std::vector<std::shared_ptr<Page>> pages_;  ///< one that is shared is never written to
};

}  // namespace blondel
