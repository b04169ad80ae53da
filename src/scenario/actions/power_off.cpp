#include <scenario/action.hpp>
#include <twin/twin.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&) {
  ActionBody body;
  body.apply = [](Twin& twin) { return twin.set_supply(false); };
  return body;
}

}  // namespace

extern ActionType const action_power_off;
ActionType const action_power_off{"power_off", R"({
  "type": "object", "additionalProperties": false, "properties": {},
  "description": "all voltages and currents are gone; the meter powers down; an empty object"})",
                                  parse};

}  // namespace blondel
