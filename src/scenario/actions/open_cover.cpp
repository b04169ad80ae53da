#include <scenario/action.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  return move_cover(value, true);
}

}  // namespace

extern ActionType const action_open_cover;
ActionType const action_open_cover{"open_cover", R"({
  "type": "object", "additionalProperties": false, "required": ["cover"],
  "description": "somebody breaks the seal of a cover and opens it",
  "properties": {"cover": {"$ref": "#/definitions/cover"}}})",
                                   parse};

}  // namespace blondel
