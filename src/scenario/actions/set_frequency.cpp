#include <scenario/action.hpp>
#include <scenario/texts.hpp>
#include <twin/twin.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value) {
  double const frequency_hz = value.at("frequency_hz").number();
  ActionBody body;
  body.text = plain_number(frequency_hz) + " Hz";
  body.apply = [frequency_hz](Twin& twin) -> Result<void> {
    twin.set_frequency(Hertz{frequency_hz});
    return {};
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
