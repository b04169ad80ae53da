#include <scenario/action.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  double const temperature_c = value.at("temperature_c").number();
  ActionBody body;
  body.text = plain_number(temperature_c) + " C";
  body.apply = [temperature_c](Site& site) -> Result<bool> {
    site.set_temperature(Celsius{temperature_c});
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_temperature;
ActionType const action_set_temperature{"set_temperature", R"({
  "type": "object", "additionalProperties": false, "required": ["temperature_c"],
  "description": "temperature of the meter from now on",
  "properties": {"temperature_c": {"$ref": "#/definitions/temperature"}}})",
                                        parse};

}  // namespace blondel
