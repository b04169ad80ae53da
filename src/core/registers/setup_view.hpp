#pragma once
/// What is set in service, as rows read it.

#include "core/registers/meter_view.hpp"

namespace blondel {

[[nodiscard]] Reading special_data(MeterView const& m, int index);
[[nodiscard]] Reading integration_period(MeterView const& m);
[[nodiscard]] Reading configuration_changes(MeterView const& m);
[[nodiscard]] Reading debiting_2_interval(MeterView const& m);
[[nodiscard]] Reading analysis_interval(MeterView const& m);
[[nodiscard]] Reading load_profile_setup(MeterView const& m);
/// The registers in force, two octets each, zeroes behind them.
[[nodiscard]] Reading analysis_setup(MeterView const& m);
[[nodiscard]] Reading summer_time_setup(MeterView const& m);
[[nodiscard]] Reading tariff_mode(MeterView const& m);
[[nodiscard]] Reading volts(std::uint16_t whole_volts);

}  // namespace blondel
