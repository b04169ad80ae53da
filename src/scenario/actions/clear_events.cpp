#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site& site) {
    Command command;
    command.kind = CommandKind::clear_event_status;
    command.unconditional_mask = ~0U;
    return blondel::command(site, command);
  };
  return body;
}

}  // namespace

extern ActionType const action_clear_events;
ActionType const action_clear_events{"clear_events", R"({
  "type": "object", "additionalProperties": false, "properties": {},
  "description": "somebody clears all event flags, read or not; an empty object"})",
                                     parse};

}  // namespace blondel
