#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site& site) -> Result<bool> {
    Command command;
    command.kind = CommandKind::debiting_stop;
    return site.twin().access().execute(command, Level::operating).map([] { return true; });
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
