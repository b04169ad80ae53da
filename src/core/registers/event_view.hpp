#pragma once
/// Event status and voltage quality as rows read them.

#include "core/registers/meter_view.hpp"

namespace blondel {

[[nodiscard]] Reading rtc_before_set(MeterView const& m);
[[nodiscard]] Reading event_number(std::uint32_t word);
[[nodiscard]] Reading event_word_a(MeterView const& m);
[[nodiscard]] Reading event_word_b(MeterView const& m);
/// 0 as long as none was seen.
[[nodiscard]] Reading lowest_voltage(MeterView const& m, int element);
[[nodiscard]] Reading highest_voltage(MeterView const& m, int element);
[[nodiscard]] Reading voltage_event_extreme(MeterView const& m);
[[nodiscard]] Reading voltage_event(MeterView const& m);
[[nodiscard]] Reading voltage_limit_low(MeterView const& m);
[[nodiscard]] Reading voltage_limit_high(MeterView const& m);
[[nodiscard]] Reading voltage_event_duration(MeterView const& m);
[[nodiscard]] Reading neutral_fault(MeterView const& m);

}  // namespace blondel
