#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  ActionBody body;
  body.text = value.at("press").text();
  auto const length = body.text == "short"  ? PushLength::brief
                      : body.text == "long" ? PushLength::prolonged
                                            : PushLength::extra;
  body.apply = [length](Site& site) -> Result<bool> {
    site.twin().push_button(length);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_push_button;
ActionType const action_push_button{"push_button", R"({
  "type": "object", "additionalProperties": false, "required": ["press"],
  "description": "somebody pushes the meter's left button and lets it go now",
  "properties": {"press": {"type": "string", "enum": ["short", "long", "extra_long"],
    "description": "short: the next reading of the manual list; long, 2 s and more: all segments, on a verification register verification; extra_long, 6 s and more: back to the automatic list"}}})",
                                    parse};

}  // namespace blondel
