#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site& site) { return site.set_supply(false); };
  return body;
}

}  // namespace

extern ActionType const action_power_off;
ActionType const action_power_off{"power_off", R"({
  "type": "object", "additionalProperties": false, "properties": {},
  "description": "all voltages and currents are gone; the meter powers down; an empty object"})",
                                  parse};

}  // namespace blondel
