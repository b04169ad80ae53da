#include <scenario/action.hpp>
#include <twin/twin.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&) {
  ActionBody body;
  body.apply = [](Twin& twin) { return twin.set_supply(true); };
  return body;
}

}  // namespace

extern ActionType const action_power_on;
ActionType const action_power_on{"power_on", R"({
  "type": "object", "additionalProperties": false, "properties": {},
  "description": "voltages and currents are back; the meter powers up; an empty object"})",
                                 parse};

}  // namespace blondel
