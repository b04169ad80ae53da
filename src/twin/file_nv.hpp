#pragma once
/// Permanent memory in an image file: one meter that is still there tomorrow.

#include <filesystem>
#include <memory>

#include <blondel/meter/nv_store.hpp>

namespace blondel {

/// An image of fixed size, mapped into memory. The process may be killed at any instant: what was written
/// before is in the file, in the order in which it was written. The machine's own crash is not promised.
class FileNv final : public NvStore {
 public:
  /// Opens an image or makes a blank one, which has its name once its space is reserved. One process at a
  /// time.
  /// @errors in_use when another has it open; io_error (detail = errno); nv_corrupt when an existing file has
  /// another size (detail = its size)
  [[nodiscard]] static Result<std::unique_ptr<FileNv>> open(std::filesystem::path const& path,
                                                            std::uint32_t size = nv_size_min);
  ~FileNv() override;

  [[nodiscard]] std::uint32_t size() const override { return size_; }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override;
  Result<void> write(std::uint32_t address, ByteSpan from) override;
  [[nodiscard]] bool outlives_process() const override { return true; }

 private:
  FileNv(int descriptor, std::uint8_t* octets, std::uint32_t size)
      : descriptor_{descriptor},
        octets_{octets},
        size_{size} {}
  [[nodiscard]] bool contains(std::uint32_t address, std::size_t count) const {
    return address <= size_ && count <= size_ - address;
  }

  int descriptor_;  ///< holds the lock
  std::uint8_t* octets_;
  std::uint32_t size_;
};

}  // namespace blondel
