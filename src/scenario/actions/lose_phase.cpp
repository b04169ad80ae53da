#include <scenario/action.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  return phase_voltage(value, true);
}

}  // namespace

extern ActionType const action_lose_phase;
ActionType const action_lose_phase{"lose_phase", R"({
  "type": "object", "additionalProperties": false, "required": ["phase"],
  "description": "the voltage of a phase is gone from now on",
  "properties": {"phase": {"$ref": "#/definitions/phase"}}})",
                                   parse};

}  // namespace blondel
