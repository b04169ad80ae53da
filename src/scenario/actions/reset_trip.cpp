#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site& site) {
    Command command;
    command.kind = CommandKind::reset_trip;
    return blondel::command(site, command);
  };
  return body;
}

}  // namespace

extern ActionType const action_reset_trip;
ActionType const action_reset_trip{"reset_trip", R"({
  "type": "object", "additionalProperties": false,
  "description": "somebody with the password resets the resettable registers"})",
                                   parse};

}  // namespace blondel
