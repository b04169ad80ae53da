#pragma once
/// Compares what a run does with what a journal says it did.

#include <cstddef>
#include <optional>
#include <span>

#include <blondel/sim/journal.hpp>

namespace blondel {

/// A Recorder that writes nothing: it checks each entry against the next one of the journal.
class ReplayCheck {
 public:
  /// The first entry that came out otherwise. `expected` or `found` is null when there was none.
  struct Difference {
    std::size_t index{};  ///< of the entry, from 0
    std::optional<JournalEntry> expected;
    std::optional<JournalEntry> found;
    std::size_t offset{};  ///< of the first octet that differs, when both carry octets
  };

  /// @param entries without the end; must outlive this
  explicit ReplayCheck(std::span<JournalEntry const> entries) : entries_{entries} {}

  bool record(JournalEntry const& entry);
  bool commit() { return true; }
  /// Call when the run has reached the journal's last instant: entries not met count as a difference.
  void finish();

  [[nodiscard]] std::optional<Difference> const& difference() const { return difference_; }
  [[nodiscard]] std::size_t matched() const { return next_; }

 private:
  std::span<JournalEntry const> entries_;
  std::size_t next_{};
  std::optional<Difference> difference_;
};

}  // namespace blondel
