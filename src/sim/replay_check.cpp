#include <blondel/sim/replay_check.hpp>

#include <algorithm>

namespace blondel {

bool ReplayCheck::record(JournalEntry const& entry) {
  bool const has_next = next_ < entries_.size();
  if (has_next && entries_[next_] == entry) {
    next_ += 1;
    return true;
  }
  Difference difference;
  difference.index = next_;
  difference.found = entry;
  if (has_next) {
    auto const& expected = entries_[next_];
    auto const [mine, theirs] =
        std::mismatch(expected.bytes.begin(), expected.bytes.end(), entry.bytes.begin(), entry.bytes.end());
    difference.offset = static_cast<std::size_t>(mine - expected.bytes.begin());
    difference.expected = expected;
  }
  difference_ = std::move(difference);
  return false;
}

void ReplayCheck::finish() {
  if (!difference_ && next_ < entries_.size()) {
    Difference difference;
    difference.index = next_;
    difference.expected = entries_[next_];
    difference_ = std::move(difference);
  }
}

}  // namespace blondel
