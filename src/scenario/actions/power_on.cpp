#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site& site) { return site.set_supply(true); };
  return body;
}

}  // namespace

extern ActionType const action_power_on;
ActionType const action_power_on{"power_on", R"({
  "type": "object", "additionalProperties": false, "properties": {},
  "description": "voltages and currents are back; the meter powers up; an empty object"})",
                                 parse};

}  // namespace blondel
