#include <scenario/action.hpp>
#include <scenario/glass_text.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const&, Phases) {
  ActionBody body;
  body.apply = [](Site&) -> Result<bool> { return true; };
  body.tell = [](Site& site) { return glass_text(site.twin().display()); };
  return body;
}

}  // namespace

extern ActionType const action_read_display;
ActionType const action_read_display{"read_display", R"({
  "type": "object", "additionalProperties": false, "properties": {},
  "description": "somebody looks at the glass: a line of the transcript says what stands there; an empty object"})",
                                     parse};

}  // namespace blondel
