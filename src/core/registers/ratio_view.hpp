#pragma once
/// The ratio of the current transformer as rows read it.

#include "core/registers/meter_view.hpp"

namespace blondel {

[[nodiscard]] Reading ct_ratio(MeterView const& m);
[[nodiscard]] Reading ct_ratio_before(MeterView const& m);
[[nodiscard]] Reading ct_ratio_denominator(MeterView const& m);
[[nodiscard]] Reading ct_ratio_lock(MeterView const& m);

}  // namespace blondel
