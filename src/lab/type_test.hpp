#pragma once
/// Runs a type test: each line of a plan measured and judged.

#include <functional>
#include <string>
#include <vector>

#include <lab/bench.hpp>

namespace blondel {

enum class TestVerdict : std::uint8_t { pass, fail, recorded, not_applicable };

/// One measured line. @units of `found`, `uncertainty` and the point's limit: as the point's kind says
struct TestResult {
  TestPoint point;
  double found{};
  double uncertainty{};  ///< expanded, k = 2
  TestVerdict verdict{TestVerdict::recorded};
};

/// A result passes when its magnitude and the uncertainty together stay within the limit (guard band).
/// @param jobs threads; the results are the same for any number
/// @param go_on asked between measurements; false stops
/// @return the lines measured, all of them unless it was stopped
[[nodiscard]] std::vector<TestResult> run_type_test(Bench& bench, TestPlan const& plan, unsigned jobs,
                                                    std::function<bool()> const& go_on);

/// "intrinsic error, 0.05 A, cos 0.5 ind, L1 only, -40 C"
[[nodiscard]] std::string text_of(TestPoint const& point);

}  // namespace blondel
