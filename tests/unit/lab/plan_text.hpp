#pragma once
/// Words and numbers of a test plan for print_plan.

#include <string>

#include "lab/test_plan.hpp"

namespace plan_text {

/// A number in as few digits as tell it from its neighbours in the tables.
std::string number(double value);
char const* word(blondel::TestKind kind);
char const* word(blondel::TestQuantity quantity);
char const* word(blondel::TestLoad load);
char const* word(blondel::CurrentShape shape);

/// One plan as a table: points that differ in condition, phase or current alone are one line. Empty when a
/// line would claim points that the plan does not have.
std::string markdown(blondel::TestPlan const& plan);
/// What stands above the tables.
std::string preamble();

}  // namespace plan_text
