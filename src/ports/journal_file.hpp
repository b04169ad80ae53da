#pragma once
/// A journal on disk: only whole entries, on the disk before anybody acts on them.

#include <cstdint>
#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include <blondel/ports/endpoint_spec.hpp>
#include <blondel/sim/journal.hpp>

namespace blondel {

class JournalFile {
 public:
  /// Makes the file and writes the head. A file that is there already is not touched.
  [[nodiscard]] static tl::expected<JournalFile, PortError> create(std::filesystem::path const& path,
                                                                   JournalHeader const& header);
  JournalFile(JournalFile&& other) noexcept;
  JournalFile& operator=(JournalFile&&) = delete;
  JournalFile(JournalFile const&) = delete;
  JournalFile& operator=(JournalFile const&) = delete;
  ~JournalFile();

  /// Adds an entry to those waiting for commit.
  bool record(JournalEntry const& entry);
  /// Hands what waits to the operating system. After a failure the file ends with the last whole commit
  /// and nothing more is taken. @return false: see failure()
  bool commit();

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  /// What went wrong and what was kept; empty while all is well.
  [[nodiscard]] std::string const& failure() const { return failure_; }

 private:
  JournalFile(std::filesystem::path path, int descriptor) : path_{std::move(path)}, descriptor_{descriptor} {}
  void fail_with(int error_number);

  std::filesystem::path path_;
  int descriptor_{-1};
  std::int64_t committed_size_{};
  std::uint64_t entries_{};
  std::uint64_t waiting_entries_{};
  SimTime last_;          // of the entries that are kept
  SimTime last_waiting_;  // of those that wait
  std::string waiting_;
  std::string failure_;
};

}  // namespace blondel
