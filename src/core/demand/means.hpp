#pragma once
/// Means of voltages and currents over the analysis interval.

#include <array>
#include <cstdint>

#include <blondel/base/decimal.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// Sums of rms values, weighted by time, since the interval began; forgotten with the supply.
struct MeanState {
  std::int64_t span_ms{};
  std::array<std::int64_t, element_count> u_mv_ms{};
  std::array<std::int64_t, element_count> i_ua_ms{};
  /// Of the last whole interval. @units mV; uA, secondary
  std::array<std::int32_t, element_count> u_mv{};
  std::array<std::int64_t, element_count> i_ua{};
};

/// An interval ends: its means can be read until the next one does. Without supply in it they are 0.
inline void close_means(MeanState& m) {
  for (std::size_t e = 0; e < element_count; ++e) {
    m.u_mv[e] = m.span_ms > 0 ? static_cast<std::int32_t>(round_divide(m.u_mv_ms[e], m.span_ms)) : 0;
    m.i_ua[e] = m.span_ms > 0 ? round_divide(m.i_ua_ms[e], m.span_ms) : 0;
  }
  m.span_ms = 0;
  m.u_mv_ms.fill(0);
  m.i_ua_ms.fill(0);
}

/// The ratio has changed: means are kept as secondary values, but what was measured before flowed at the
/// old ratio.
inline void keep_primary_means(MeanState& m, std::uint16_t old_ratio, std::uint16_t new_ratio) {
  for (std::size_t e = 0; e < element_count; ++e) {
    m.i_ua[e] = round_divide(m.i_ua[e] * old_ratio, new_ratio);
    m.i_ua_ms[e] = m.i_ua_ms[e] / new_ratio * old_ratio;
  }
}

template<class Visitor, class State>
void visit_averages(Visitor& field, State& m) {
  field(m.span_ms);
  for (std::size_t e = 0; e < element_count; ++e) {
    field(m.u_mv_ms[e]);
    field(m.i_ua_ms[e]);
    field(m.u_mv[e]);
    field(m.i_ua[e]);
  }
}

}  // namespace blondel
