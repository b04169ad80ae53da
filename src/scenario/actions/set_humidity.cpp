#include <scenario/action.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  double const relative_percent = value.at("humidity_percent").number();
  ActionBody body;
  body.text = plain_number(relative_percent) + " %";
  body.apply = [relative_percent](Site& site) -> Result<bool> {
    site.set_humidity(relative_percent);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_humidity;
ActionType const action_set_humidity{"set_humidity", R"({
  "type": "object", "additionalProperties": false, "required": ["humidity_percent"],
  "description": "relative humidity of the air at the meter from now on",
  "properties": {"humidity_percent": {"$ref": "#/definitions/humidity"}}})",
                                     parse};

}  // namespace blondel
