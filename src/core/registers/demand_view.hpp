#pragma once
/// Mean powers, peaks and their stamps as rows read them.

#include "core/registers/meter_view.hpp"

namespace blondel {

/// Mean over the last whole integration period, primary.
[[nodiscard]] Reading average_power(MeterView const& m, Demand demand);
[[nodiscard]] Reading peak_power(MeterView const& m, Peak peak);
/// Time of day, date and stamp of the end of a peak's period, normal time. @source device.md B2
[[nodiscard]] Reading peak_clock(MeterView const& m, Peak peak);
[[nodiscard]] Reading peak_date(MeterView const& m, Peak peak);
[[nodiscard]] Reading peak_rtc(MeterView const& m, Peak peak);
/// @param peak one of accumulated_peaks
[[nodiscard]] Reading accumulated_peak(MeterView const& m, Peak peak);

/// Which of the day's two extremes of P+.
enum class DayExtreme : std::uint8_t { max, min };
[[nodiscard]] Reading day_power(MeterView const& m, DayExtreme which);
[[nodiscard]] Reading day_clock(MeterView const& m, DayExtreme which);
[[nodiscard]] Reading day_date(MeterView const& m, DayExtreme which);
[[nodiscard]] Reading day_rtc(MeterView const& m, DayExtreme which);

[[nodiscard]] Reading debiting_count(MeterView const& m);
[[nodiscard]] Reading power_threshold(MeterView const& m);
[[nodiscard]] Reading power_threshold_count(MeterView const& m);
[[nodiscard]] Reading average_voltage(MeterView const& m, int element);
[[nodiscard]] Reading average_current(MeterView const& m, int element);

}  // namespace blondel
