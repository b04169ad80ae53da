#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const input = static_cast<std::size_t>(value.at("input").integer());
  bool const is_on = value.at("on").boolean();
  ActionBody body;
  body.text = "I/O " + std::to_string(input) + (is_on ? " on" : " off");
  body.apply = [input, is_on](Site& site) -> Result<bool> {
    site.twin().set_input(input - 1, is_on);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_input;
ActionType const action_set_input{"set_input", R"({
  "type": "object", "additionalProperties": false, "required": ["input", "on"],
  "description": "a terminal of the module port gets a level",
  "properties": {"input": {"type": "integer", "minimum": 1, "maximum": 2, "description": "I/O 1 or I/O 2"},
                 "on": {"type": "boolean", "description": "true: voltage, or a closed contact"}}})",
                                  parse};

}  // namespace blondel
