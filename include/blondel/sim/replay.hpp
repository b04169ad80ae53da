#pragma once
/// Runs a recorded visit again and says whether it comes out the same.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <blondel/sim/epoch_loop.hpp>
#include <blondel/sim/journal.hpp>
#include <blondel/sim/replay_check.hpp>

namespace blondel {

struct ReplayResult {
  bool plant_stopped{};
  std::optional<ReplayCheck::Difference> difference;
  std::size_t matched{};  ///< entries that came out the same
  SimTime simulated;
  std::optional<std::uint64_t> recorded_hash;  ///< none when the recording has no end
};

namespace detail {

/// Hands the loop what the journal says arrived at the start of the coming epoch.
template<class Loop>
std::size_t feed(Loop& loop, std::span<JournalEntry const> entries, std::size_t next) {
  auto const start = loop.now() + loop.epoch();
  for (; next < entries.size() && entries[next].instant <= start; ++next) {
    auto const& entry = entries[next];
    switch (entry.kind) {
      case JournalEntry::Kind::open:
        loop.open(entry.port);
        break;
      case JournalEntry::Kind::bytes_in:
        loop.receive(entry.session, entry.bytes);
        break;
      case JournalEntry::Kind::close:
        loop.close(entry.session);
        break;
      case JournalEntry::Kind::bytes_out:
      case JournalEntry::Kind::end:
        break;
    }
  }
  return next;
}

}  // namespace detail

/// @param plant as it was when recording began
/// @param on_epoch called as on_epoch(now) -> bool after each epoch; false stops with what has matched so far
template<Plant P, class OnEpoch>
ReplayResult replay(P& plant, Journal const& journal, OnEpoch&& on_epoch) {
  std::span<JournalEntry const> entries{journal.entries};
  ReplayResult result;
  SimTime const last = entries.empty() ? SimTime{} : entries.back().instant;
  if (!entries.empty() && entries.back().kind == JournalEntry::Kind::end) {
    result.recorded_hash = entries.back().state_hash;
    entries = entries.first(entries.size() - 1);
  }
  ReplayCheck check{entries};
  EpochLoop loop{plant, check, epoch_of(journal.header.pacing)};
  std::size_t next = 0;
  bool wants_more = true;
  while (wants_more && loop.now() < last && !check.difference() && !result.plant_stopped) {
    next = detail::feed(loop, entries, next);
    result.plant_stopped =
        loop.run_epoch([](std::uint32_t, ByteSpan) {}) == decltype(loop)::Outcome::plant_stopped;
    wants_more = on_epoch(loop.now());
  }
  if (wants_more && !result.plant_stopped) {
    check.finish();
  }
  result.difference = check.difference();
  result.matched = check.matched();
  result.simulated = loop.now();
  return result;
}

}  // namespace blondel
