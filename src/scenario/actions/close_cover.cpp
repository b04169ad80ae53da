#include <scenario/action.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  return move_cover(value, false);
}

}  // namespace

extern ActionType const action_close_cover;
ActionType const action_close_cover{"close_cover", R"({
  "type": "object", "additionalProperties": false, "required": ["cover"],
  "description": "a cover is closed again",
  "properties": {"cover": {"$ref": "#/definitions/cover"}}})",
                                    parse};

}  // namespace blondel
