#pragma once
/// Plausibility of an ElementIncrement, whoever made it.

#include <blondel/base/result.hpp>
#include <blondel/meter/element_increment.hpp>

namespace blondel {

/// @errors out_of_range: the span is not positive or longer than a day, apparent energy is negative, an rms
///         value is negative, or an energy exceeds what 50 kW could give (detail = element)
/// @source inferred: the converters clip at 1000 V and 20 A; more than twice that is no measurement
[[nodiscard]] Result<void> check(ElementIncrement const& increment);

}  // namespace blondel
