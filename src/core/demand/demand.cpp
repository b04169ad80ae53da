#include "core/demand/demand.hpp"

namespace blondel {
namespace {

/// The register each mean is formed of.
constexpr std::array<Energy, demand_count> energies{Energy::a_plus,  Energy::a_minus, Energy::r_plus,
                                                    Energy::r_minus, Energy::s_plus,  Energy::s_minus};

/// Whose mean a peak compares with, and in which tariff only (0 = in any).
struct PeakRule {
  Demand demand{};
  std::uint8_t tariff{};
};
constexpr std::array<PeakRule, peak_count> peak_rules{{{Demand::p14, 0},
                                                       {Demand::p23, 0},
                                                       {Demand::q12, 0},
                                                       {Demand::q34, 0},
                                                       {Demand::s14, 0},
                                                       {Demand::s23, 0},
                                                       {Demand::p14, 1},
                                                       {Demand::p14, 2},
                                                       {Demand::q12, 1},
                                                       {Demand::q12, 2}}};

void follow_day(DemandState& d, std::int64_t p14_mw, PeriodEnd const& end) {
  if (!d.has_day || p14_mw > d.day_max.mw) {
    d.day_max = {p14_mw, end.stamp};
  }
  if (!d.has_day || p14_mw < d.day_min.mw) {
    d.day_min = {p14_mw, end.stamp};
  }
  d.has_day = true;
}

}  // namespace

void start_demand(DemandState& d, EnergyRegisters const& primary) {
  for (std::size_t n = 0; n < demand_count; ++n) {
    d.mark[n] = of(primary, energies[n]);
  }
}

void close_period(DemandState& d, EnergyRegisters const& primary, std::int64_t period_s,
                  PeriodEnd const& end) {
  for (std::size_t n = 0; n < demand_count; ++n) {
    auto const& total = of(primary, energies[n]);
    d.average_mw[n] = grown_since(d.mark[n], total).total_mj / period_s;
    d.mark[n] = total;
  }
  if (!d.is_disturbed) {
    for (std::size_t n = 0; n < peak_count; ++n) {
      auto const mean_mw = d.average_mw[static_cast<std::size_t>(peak_rules[n].demand)];
      bool const counts = peak_rules[n].tariff == 0 || peak_rules[n].tariff == end.tariff;
      if (counts && mean_mw > d.peak[n].mw) {
        d.peak[n] = {mean_mw, end.stamp};
      }
    }
    auto const p14_mw = d.average_mw[static_cast<std::size_t>(Demand::p14)];
    d.threshold_count = static_cast<std::uint8_t>(d.threshold_count + (p14_mw > d.threshold_mw ? 1 : 0));
    follow_day(d, p14_mw, end);
  }
  d.is_disturbed = false;
  // The period that ends at midnight belongs to the day before; the values stay until the next period ends.
  d.has_day = d.has_day && !end.is_local_midnight;
}

void stop_debiting(DemandState& d, ClockStamp const& now) {
  for (std::size_t n = 0; n < accumulated_peaks.size(); ++n) {
    d.accumulated_mw[n] += d.peak[static_cast<std::size_t>(accumulated_peaks[n])].mw;
  }
  d.peak.fill({});
  ++d.debiting_count;
  d.debited_at = now;
}

}  // namespace blondel
