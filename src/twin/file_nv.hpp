#pragma once
/// Permanent memory in an image file: one meter that is still there tomorrow.

#include <filesystem>
#include <memory>

#include <blondel/meter/nv_store.hpp>

namespace blondel {

/// An image of fixed size, written in place. Durable against the end of the process (not of the machine).
class FileNv final : public NvStore {
 public:
  /// Opens an image or makes a blank one. @errors io_error (detail = errno); nv_corrupt when an existing file
  /// has another size (detail = its size)
  [[nodiscard]] static Result<std::unique_ptr<FileNv>> open(std::filesystem::path const& path,
                                                            std::uint32_t size = nv_size_min);
  ~FileNv() override;

  [[nodiscard]] std::uint32_t size() const override { return size_; }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override;
  Result<void> write(std::uint32_t address, ByteSpan from) override;
  [[nodiscard]] bool outlives_process() const override { return true; }

 private:
  FileNv(int descriptor, std::uint32_t size) : descriptor_{descriptor}, size_{size} {}
  int descriptor_;
  std::uint32_t size_;
};

}  // namespace blondel
