#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site& site) {
    Command command;
    command.kind = CommandKind::debiting_stop;
    return blondel::command(site, command);
  };
  return body;
}

}  // namespace

extern ActionType const action_debiting_stop;
ActionType const action_debiting_stop{"debiting_stop", R"({
  "type": "object", "additionalProperties": false,
  "description": "a debiting stop is commanded: peaks are accumulated and start anew"})",
                                      parse};

}  // namespace blondel
