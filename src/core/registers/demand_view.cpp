#include "core/registers/demand_view.hpp"

#include <algorithm>

namespace blondel {
namespace {

constexpr Unit unit_of(Demand demand) {
  switch (demand) {
    case Demand::p14:
    case Demand::p23:
      return Unit::watt;
    case Demand::q12:
    case Demand::q34:
      return Unit::var;
    case Demand::s14:
    case Demand::s23:
      return Unit::volt_ampere;
  }
  return Unit::none;
}

constexpr Unit unit_of(Peak peak) {
  switch (peak) {
    case Peak::p14:
    case Peak::p23:
    case Peak::p14_t1:
    case Peak::p14_t2:
      return Unit::watt;
    case Peak::q12:
    case Peak::q34:
    case Peak::q12_t1:
    case Peak::q12_t2:
      return Unit::var;
    case Peak::s14:
    case Peak::s23:
      return Unit::volt_ampere;
  }
  return Unit::none;
}

Reading clock_of(ClockStamp const& stamp) {
  auto const civil = to_civil(stamp.normal_s);
  return Reading::number(Unit::local_clock, civil.hour * 10'000 + civil.minute * 100 + civil.second);
}

/// yymmdd; 0 for "never". @source inferred: 000101 would be a day
Reading date_of(ClockStamp const& stamp) {
  auto const civil = to_civil(stamp.normal_s);
  auto const day = civil.year % 100 * 10'000 + civil.month * 100 + civil.day;
  return Reading::number(Unit::local_date, stamp == ClockStamp{} ? 0 : day);
}

Reading rtc_of(ClockStamp const& stamp) {
  Reading reading;
  reading.kind = ReadingKind::stamp;
  reading.unit = Unit::rtc;
  reading.stamp = civil_stamp(stamp);
  return reading;
}

StampedPower const& peak_of(MeterView const& m, Peak peak) {
  return m.state().demand.peak[static_cast<std::size_t>(peak)];
}

StampedPower const& extreme_of(MeterView const& m, DayExtreme which) {
  auto const& demand = m.state().demand;
  return which == DayExtreme::max ? demand.day_max : demand.day_min;
}

}  // namespace

Reading average_power(MeterView const& m, Demand demand) {
  return Reading::number(unit_of(demand), m.state().demand.average_mw[static_cast<std::size_t>(demand)]);
}

Reading peak_power(MeterView const& m, Peak peak) {
  return Reading::number(unit_of(peak), peak_of(m, peak).mw);
}

Reading peak_clock(MeterView const& m, Peak peak) {
  return clock_of(peak_of(m, peak).at);
}

Reading peak_date(MeterView const& m, Peak peak) {
  return date_of(peak_of(m, peak).at);
}

Reading peak_rtc(MeterView const& m, Peak peak) {
  return rtc_of(peak_of(m, peak).at);
}

Reading accumulated_peak(MeterView const& m, Peak peak) {
  auto const* const found = std::find(accumulated_peaks.begin(), accumulated_peaks.end(), peak);
  auto const index = static_cast<std::size_t>(found - accumulated_peaks.begin());
  return Reading::number(unit_of(peak), m.state().demand.accumulated_mw[index]);
}

Reading day_power(MeterView const& m, DayExtreme which) {
  return Reading::number(Unit::watt, extreme_of(m, which).mw);
}

Reading day_clock(MeterView const& m, DayExtreme which) {
  return clock_of(extreme_of(m, which).at);
}

Reading day_date(MeterView const& m, DayExtreme which) {
  return date_of(extreme_of(m, which).at);
}

Reading day_rtc(MeterView const& m, DayExtreme which) {
  return rtc_of(extreme_of(m, which).at);
}

Reading debiting_count(MeterView const& m) {
  return Reading::number(Unit::none, m.state().demand.debiting_count);
}

Reading power_threshold(MeterView const& m) {
  return Reading::number(Unit::watt, m.state().demand.threshold_mw);
}

Reading power_threshold_count(MeterView const& m) {
  return Reading::number(Unit::none, m.state().demand.threshold_count);
}

Reading average_voltage(MeterView const& m, int element) {
  return Reading::number(Unit::volt, m.state().averages.u_mv[static_cast<std::size_t>(element)]);
}

Reading average_current(MeterView const& m, int element) {
  return Reading::number(Unit::ampere,
                         m.state().averages.i_ua[static_cast<std::size_t>(element)] * m.state().ct_ratio);
}

}  // namespace blondel
