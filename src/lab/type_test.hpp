#pragma once
/// Runs a type test: each line of a plan measured and judged.

#include <functional>
#include <string>
#include <vector>

#include <lab/bench.hpp>

namespace blondel {

enum class TestVerdict : std::uint8_t { pass, fail, recorded };

/// One measured line. @units of `found`, `uncertainty` and the point's limit: as the point's kind says
struct TestResult {
  TestPoint point;
  double found{};
  double uncertainty{};  ///< expanded, k = 2
  TestVerdict verdict{TestVerdict::recorded};
};

/// A result passes when its magnitude and the uncertainty together stay within the limit (guard band).
/// @param progress told after each line; returns false to stop
/// @return the lines measured so far
[[nodiscard]] std::vector<TestResult> run_type_test(Bench& bench, TestPlan const& plan,
                                                    std::function<bool(std::size_t)> const& progress);

/// "intrinsic error, 0.05 A, cos 0.5 ind, L1 only, -40 C"
[[nodiscard]] std::string text_of(TestPoint const& point);

}  // namespace blondel
