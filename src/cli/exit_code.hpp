#pragma once
/// What the program says to a shell. @source conventions.md

#include <blondel/scenario/scenario.hpp>

namespace blondel {

enum class ExitCode : int {
  ok = 0,
  runtime = 1,         ///< a file, port, disk or peer failed
  usage = 2,           ///< the command line is wrong
  invalid = 3,         ///< a model or scenario is wrong
  expectation = 4,     ///< an expectation or comparison failed
  memory_damaged = 5,  ///< permanent memory of a meter is damaged
};

[[nodiscard]] constexpr int to_int(ExitCode code) {
  return static_cast<int>(code);
}

[[nodiscard]] constexpr ExitCode exit_code_of(ScenarioError::Kind kind) {
  switch (kind) {
    case ScenarioError::Kind::invalid:
      return ExitCode::invalid;
    case ScenarioError::Kind::runtime:
      return ExitCode::runtime;
    case ScenarioError::Kind::damaged:
      return ExitCode::memory_damaged;
  }
  return ExitCode::runtime;
}

}  // namespace blondel
