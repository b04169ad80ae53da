#include <algorithm>
#include <iterator>
#include <utility>

#include <blondel/base/contract.hpp>
#include <frontend/source/schedule_source.hpp>

namespace blondel {
namespace {

auto first_after(std::vector<ScheduleEntry> const& entries, SimTime now) {
  return std::upper_bound(entries.begin(), entries.end(), now,
                          [](SimTime t, ScheduleEntry const& entry) { return t < entry.from; });
}

}  // namespace

ScheduleSource::ScheduleSource(std::vector<ScheduleEntry> entries) : entries_{std::move(entries)} {
  BLONDEL_EXPECTS(!entries_.empty());
  BLONDEL_EXPECTS(std::adjacent_find(entries_.begin(), entries_.end(),
                                     [](ScheduleEntry const& a, ScheduleEntry const& b) {
                                       return a.from >= b.from;
                                     }) == entries_.end());
}

OperatingPoint ScheduleSource::point_at(SimTime now) {
  auto const next = first_after(entries_, now);
  return next == entries_.begin() ? next->point : std::prev(next)->point;
}

SimTime ScheduleSource::next_change(SimTime now) const {
  auto next = first_after(entries_, now);
  if (next == entries_.begin()) {
    ++next;  // the first entry's point holds before its own instant, so nothing changes there
  }
  return next == entries_.end() ? SimTime::never() : next->from;
}

}  // namespace blondel
