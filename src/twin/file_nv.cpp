#include "twin/file_nv.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

namespace blondel {

Result<std::unique_ptr<FileNv>> FileNv::open(std::filesystem::path const& path, std::uint32_t size) {
  bool is_new = true;
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0 && errno == EEXIST) {
    is_new = false;
    descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  }
  if (descriptor < 0) {
    return fail(ErrorCode::io_error, errno);
  }
  std::unique_ptr<FileNv> store{new FileNv{descriptor, size}};
  if (is_new) {
    // Reserve the space now: a full disk must show at the start, not at a power cut.
    int const reserved = ::posix_fallocate(descriptor, 0, static_cast<off_t>(size));
    if (reserved != 0) {
      ::unlink(path.c_str());
      return fail(ErrorCode::io_error, reserved);
    }
    return store;
  }
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) {
    return fail(ErrorCode::io_error, errno);
  }
  if (status.st_size != static_cast<off_t>(size)) {
    return fail(ErrorCode::nv_corrupt, status.st_size);  // a meter's memory cut short is not a blank one
  }
  return store;
}

FileNv::~FileNv() {
  ::close(descriptor_);
}

Result<void> FileNv::read(std::uint32_t address, MutableByteSpan into) const {
  if (address > size_ || into.size() > size_ - address) {
    return fail(ErrorCode::nv_io, address);
  }
  while (!into.empty()) {
    auto const got = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(address));
    if (got <= 0) {
      if (got < 0 && errno == EINTR) {
        continue;
      }
      return fail(ErrorCode::nv_io, address);
    }
    into = into.subspan(static_cast<std::size_t>(got));
    address += static_cast<std::uint32_t>(got);
  }
  return {};
}

Result<void> FileNv::write(std::uint32_t address, ByteSpan from) {
  if (address > size_ || from.size() > size_ - address) {
    return fail(ErrorCode::nv_io, address);
  }
  while (!from.empty()) {
    auto const put = ::pwrite(descriptor_, from.data(), from.size(), static_cast<off_t>(address));
    if (put < 0) {
      if (errno == EINTR) {
        continue;
      }
      return fail(ErrorCode::nv_io, address);
    }
    from = from.subspan(static_cast<std::size_t>(put));
    address += static_cast<std::uint32_t>(put);
  }
  return {};
}

}  // namespace blondel
