#pragma once
/// Integration periods: mean powers, the highest of them, and what a debiting stop does with those.

#include <array>
#include <cstdint>
#include <optional>

#include "core/clock/stamp.hpp"
#include "core/energy/accumulator.hpp"

namespace blondel {

/// Powers whose mean over the integration period is formed, in the order of KMP 35 to 38, 1308 and 1309.
enum class Demand : std::uint8_t { p14, p23, q12, q34, s14, s23 };
inline constexpr std::size_t demand_count = 6;

/// Highest means since the last debiting stop. @source data sheet: values kept at a debiting stop; device.md
/// K7
enum class Peak : std::uint8_t { p14, p23, q12, q34, s14, s23, p14_t1, p14_t2, q12_t1, q12_t2 };
inline constexpr std::size_t peak_count = 10;
/// Peaks that are summed at each debiting stop: P+, P-, Q+, Q-, P+ T1, P+ T2. @source data sheet;
/// device.md 6.4
inline constexpr std::array<Peak, 6> accumulated_peaks{Peak::p14, Peak::p23,    Peak::q12,
                                                       Peak::q34, Peak::p14_t1, Peak::p14_t2};

/// A mean power and the end of its period. @units mW (mvar, mVA), primary
struct StampedPower {
  std::int64_t mw{};
  ClockStamp at;
};

struct DemandState {
  std::array<Accumulator, demand_count> mark{};         ///< primary registers when the period began
  std::array<std::int64_t, demand_count> average_mw{};  ///< of the last whole period
  std::array<StampedPower, peak_count> peak{};
  std::array<std::int64_t, accumulated_peaks.size()> accumulated_mw{};
  StampedPower day_max, day_min;          ///< of P+ since local midnight
  bool has_day{};                         ///< a period of this day has ended
  bool is_disturbed{};                    ///< the clock was set in this period: its length is not nominal
  CivilSeconds period_end{};              ///< of the period under way, normal time; 0 before the first
  std::int64_t threshold_mw{99'000'000};  ///< @source device.md B2: 99.000 kW
  std::uint8_t threshold_count{};         ///< periods above it
  std::uint32_t debiting_count{};
  ClockStamp debited_at;  ///< the last debiting stop
};

/// Which moment a period ends at, and what holds then.
struct PeriodEnd {
  CivilSeconds normal{};
  ClockStamp stamp;
  std::uint8_t tariff{};     ///< 0 without
  bool is_local_midnight{};  ///< the day's highest and lowest start anew after it
};

/// Closes the period under way: mean powers are energy over the nominal length. A period in which the clock
/// was set gives averages but no peak: inferred, as its length is not the nominal one.
/// @param period_s nominal length; @source device.md B2
void close_period(DemandState& demand, EnergyRegisters const& primary, std::int64_t period_s,
                  PeriodEnd const& end);

/// The first period begins with what the registers hold.
void start_demand(DemandState& demand, EnergyRegisters const& primary);

/// A debiting stop: peaks are added to the accumulated ones and start anew. @source device.md B2
void stop_debiting(DemandState& demand, ClockStamp const& now);

template<class Visitor, class Power>
void visit_stamped_power(Visitor& field, Power& power) {
  field(power.mw);
  visit_stamp(field, power.at);
}

template<class Visitor, class State>
void visit_demand(Visitor& field, State& d) {
  visit_registers(field, d.mark);
  for (auto& average : d.average_mw) {
    field(average);
  }
  for (auto& peak : d.peak) {
    visit_stamped_power(field, peak);
  }
  for (auto& accumulated : d.accumulated_mw) {
    field(accumulated);
  }
  visit_stamped_power(field, d.day_max);
  visit_stamped_power(field, d.day_min);
  field(d.has_day);
  field(d.is_disturbed);
  field(d.period_end);
  field(d.threshold_mw);
  field(d.threshold_count);
  field(d.debiting_count);
  visit_stamp(field, d.debited_at);
}

}  // namespace blondel
