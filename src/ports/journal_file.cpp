#include "ports/journal_file.hpp"

#include "ports/log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace blondel {

namespace {

/// @return 0 or errno
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    auto const count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return errno;
    }
    text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
  }
  return 0;
}

std::string reason(int error_number) {
  return std::generic_category().message(error_number);
}

}  // namespace

tl::expected<JournalFile, PortError> JournalFile::create(std::filesystem::path const& path,
                                                         JournalHeader const& header) {
  constexpr ::mode_t mode = 0644;
  int const descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) {
    auto const hint = errno == EEXIST ? "; a recording is never overwritten, name another file" : "";
    return tl::unexpected{PortError{"journal " + path.string() + ": " + reason(errno) + hint}};
  }
  JournalFile file{path, descriptor};
  file.waiting_ = encode(header);
  if (!file.commit()) {
    return tl::unexpected{PortError{file.failure_}};
  }
  return file;
}

JournalFile::JournalFile(JournalFile&& other) noexcept
    : path_{std::move(other.path_)},
      descriptor_{std::exchange(other.descriptor_, -1)},
      committed_size_{other.committed_size_},
      entries_{other.entries_},
      waiting_entries_{other.waiting_entries_},
      last_{other.last_},
      last_waiting_{other.last_waiting_},
      waiting_{std::move(other.waiting_)},
      failure_{std::move(other.failure_)} {}

JournalFile::~JournalFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

bool JournalFile::record(JournalEntry const& entry) {
  if (!failure_.empty()) {
    return false;
  }
  waiting_ += encode(entry);
  waiting_entries_ += 1;
  last_waiting_ = entry.instant;
  return true;
}

bool JournalFile::commit() {
  if (!failure_.empty()) {
    return false;
  }
  if (int const wrong = write_all(descriptor_, waiting_); wrong != 0) {
    fail_with(wrong);
    return false;
  }
  committed_size_ += static_cast<std::int64_t>(waiting_.size());
  entries_ += waiting_entries_;
  last_ = last_waiting_;
  waiting_entries_ = 0;
  waiting_.clear();
  return true;
}

void JournalFile::fail_with(int error_number) {
  bool const is_whole = ::ftruncate(descriptor_, committed_size_) == 0;
  failure_ = "journal " + path_.string() + ": " + reason(error_number) +
             "; kept: " + std::to_string(entries_) + " entries, up to " + seconds_text(last_) +
             " s of simulated time" + (is_whole ? "" : " and a last line that is cut short");
}

}  // namespace blondel
