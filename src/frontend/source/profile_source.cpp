#include <algorithm>
#include <cmath>
#include <utility>

#include <blondel/base/contract.hpp>
#include <frontend/source/positive_sequence.hpp>
#include <frontend/source/profile_source.hpp>

namespace blondel {

ProfileSource::ProfileSource(std::vector<ProfileRow> rows, ProfileSettings const& settings)
    : rows_{std::move(rows)},
      settings_{settings} {
  BLONDEL_EXPECTS(!rows_.empty());
  BLONDEL_EXPECTS(settings.row_span > SimDuration{} && settings.u > Volts{});
  if (settings.end == ProfileEnd::hold) {
    after_ = rows_.back();
  }
}

OperatingPoint ProfileSource::point_at(SimTime now) {
  auto const& powers = row(row_index(now));
  OperatingPoint point;
  point.frequency = settings_.frequency;
  point.temperature = settings_.temperature;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const p_w = powers.active[k].value();
    auto const q_var = powers.reactive[k].value();
    point.phase[k] = {.u = settings_.u,
                      .u_angle = positive_sequence_angle[k],
                      .i = Amps{std::hypot(p_w, q_var) / settings_.u.value()},
                      .lag = Radians{std::atan2(q_var, p_w)}};
  }
  return point;
}

SimTime ProfileSource::next_change(SimTime now) const {
  auto const current = row_index(now);
  for (auto next = current + 1; next <= rows_.size(); ++next) {
    if (row(next) != row(current)) {
      return settings_.start + settings_.row_span * static_cast<std::int64_t>(next);
    }
  }
  return SimTime::never();
}

std::size_t ProfileSource::row_index(SimTime now) const {
  if (now < settings_.start) {
    return 0;
  }
  auto const rows_gone = (now - settings_.start).ns() / settings_.row_span.ns();
  return std::min(static_cast<std::size_t>(rows_gone), rows_.size());
}

ProfileRow const& ProfileSource::row(std::size_t index) const {
  return index < rows_.size() ? rows_[index] : after_;
}

}  // namespace blondel
