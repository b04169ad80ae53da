#include <scenario/action.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  return phase_voltage(value, false);
}

}  // namespace

extern ActionType const action_restore_phase;
ActionType const action_restore_phase{"restore_phase", R"({
  "type": "object", "additionalProperties": false, "required": ["phase"],
  "description": "a lost phase is back",
  "properties": {"phase": {"$ref": "#/definitions/phase"}}})",
                                      parse};

}  // namespace blondel
