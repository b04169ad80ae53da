#include <scenario/action.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  double const frequency_hz = value.at("frequency_hz").number();
  ActionBody body;
  body.text = plain_number(frequency_hz) + " Hz";
  body.apply = [frequency_hz](Site& site) -> Result<bool> {
    site.set_frequency(Hertz{frequency_hz});
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_frequency;
ActionType const action_set_frequency{"set_frequency", R"({
  "type": "object", "additionalProperties": false, "required": ["frequency_hz"],
  "description": "frequency from now on, instead of the source's",
  "properties": {"frequency_hz": {"$ref": "#/definitions/frequency"}}})",
                                      parse};

}  // namespace blondel
