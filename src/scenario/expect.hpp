#pragma once
/// Judges what was expected.

#include <scenario/scenario_data.hpp>

namespace blondel {

/// "1.8.0 at end" / "1.8.0 at 900 s"
[[nodiscard]] std::string expectation_name(Expectation const& expectation);

/// Reads the register now and compares: within the tolerance on the exact value, or equal text.
[[nodiscard]] ExpectationOutcome judge(Expectation const& expectation, Twin& twin);

/// What a moment that never came says.
[[nodiscard]] ExpectationOutcome never_reached(Expectation const& expectation);

}  // namespace blondel
