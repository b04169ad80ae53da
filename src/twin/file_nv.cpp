#include "twin/file_nv.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

namespace blondel {
namespace {

/// An open file; closed with this object, unless somebody took it over.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

Result<Descriptor> open_file(char const* path, int flags) {
  constexpr int read_by_all = 0644;
  Descriptor file{::open(path, O_RDWR | O_CLOEXEC | flags, read_by_all)};
  return file.get() < 0 ? Result<Descriptor>{fail(ErrorCode::io_error, errno)} : std::move(file);
}

/// The lock ends with the process, however it ends.
Result<void> lock(Descriptor const& file) {
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
    return {};
  }
  return errno == EWOULDBLOCK ? fail(ErrorCode::in_use) : fail(ErrorCode::io_error, errno);
}

/// Takes the disk's space now: a full disk must show at the start, not at a power cut.
Result<void> reserve(Descriptor const& file, std::uint32_t size) {
  int const refused = ::posix_fallocate(file.get(), 0, static_cast<off_t>(size));
  return refused == 0 ? Result<void>{} : fail(ErrorCode::io_error, refused);
}

/// A blank image under a name of its own, until it is whole: a kill leaves no image cut short.
Result<Descriptor> make_image(std::filesystem::path const& path, std::uint32_t size) {
  auto const draft = path.string() + ".new";
  auto file = open_file(draft.c_str(), O_CREAT);
  if (!file) {
    return file;
  }
  if (auto locked = lock(*file); !locked) {
    return tl::unexpected{locked.error()};
  }
  auto reserved = reserve(*file, size);
  if (reserved && ::renameat2(AT_FDCWD, draft.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0) {
    reserved = fail(errno == EEXIST ? ErrorCode::in_use : ErrorCode::io_error, errno);
  }
  if (!reserved) {
    ::unlink(draft.c_str());
    return tl::unexpected{reserved.error()};
  }
  return file;
}

Result<Descriptor> open_image(std::filesystem::path const& path, std::uint32_t size) {
  auto file = open_file(path.c_str(), 0);
  if (!file) {
    return file.error().detail == ENOENT ? make_image(path, size) : std::move(file);
  }
  if (auto locked = lock(*file); !locked) {
    return tl::unexpected{locked.error()};
  }
  struct stat status {};
  if (::fstat(file->get(), &status) != 0) {
    return fail(ErrorCode::io_error, errno);
  }
  if (status.st_size != static_cast<off_t>(size)) {
    return fail(ErrorCode::nv_corrupt, status.st_size);  // a meter's memory cut short is not a blank one
  }
  // A copy may have holes, which have no space yet.
  if (auto reserved = reserve(*file, size); !reserved) {
    return tl::unexpected{reserved.error()};
  }
  return file;
}

}  // namespace

Result<std::unique_ptr<FileNv>> FileNv::open(std::filesystem::path const& path, std::uint32_t size) {
  auto file = open_image(path, size);
  if (!file) {
    return tl::unexpected{file.error()};
  }
  void* const octets = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file->get(), 0);
  if (octets == MAP_FAILED) {
    return fail(ErrorCode::io_error, errno);
  }
  return std::unique_ptr<FileNv>{new FileNv{file->release(), static_cast<std::uint8_t*>(octets), size}};
}

FileNv::~FileNv() {
  ::munmap(octets_, size_);
  ::close(descriptor_);
}

Result<void> FileNv::read(std::uint32_t address, MutableByteSpan into) const {
  if (!contains(address, into.size())) {
    return fail(ErrorCode::nv_io, address);
  }
  std::copy_n(octets_ + address, into.size(), into.begin());
  return {};
}

Result<void> FileNv::write(std::uint32_t address, ByteSpan from) {
  if (!contains(address, from.size())) {
    return fail(ErrorCode::nv_io, address);
  }
  std::copy_n(from.begin(), from.size(), octets_ + address);
  // No compiler moves one write past the next: a kill between them must leave the first.
  std::atomic_signal_fence(std::memory_order_seq_cst);
  return {};
}

}  // namespace blondel
