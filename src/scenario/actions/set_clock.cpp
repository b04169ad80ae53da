#include <scenario/action.hpp>
#include <scenario/local_time.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const at = value.at("local_time");
  auto const local = parse_local_time(at.text());
  if (!local) {
    return at.refuse("no such day or time; allowed: YYYY-MM-DDThh:mm:ss, years 2000 to 2099");
  }
  ActionBody body;
  body.text = at.text();
  body.apply = [local = *local](Site& site) -> Result<bool> {
    Command command;
    command.kind = CommandKind::set_clock;
    command.local_time = to_civil(local);
    return blondel::command(site, command);
  };
  return body;
}

}  // namespace

extern ActionType const action_set_clock;
ActionType const action_set_clock{"set_clock", R"({
  "type": "object", "additionalProperties": false, "required": ["local_time"],
  "description": "somebody with the password sets the meter's clock",
  "properties": {"local_time": {"$ref": "#/definitions/local_time"}}})",
                                  parse};

}  // namespace blondel
