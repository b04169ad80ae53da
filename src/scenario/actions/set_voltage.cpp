#include <scenario/action.hpp>
#include <scenario/load_source.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const phase = value.text_or("phase", "all");
  auto const phases = phases_of(phase);
  auto const voltages_v = three_numbers(value.at("voltage_v"));
  ActionBody body;
  body.text = phase;
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n]) {
      body.text += " " + plain_number(voltages_v[n]) + " V";
    }
  }
  body.apply = [phases, voltages_v](Site& site) -> Result<bool> {
    site.set_voltage(phases, voltages_v);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_voltage;
ActionType const action_set_voltage{"set_voltage", R"({
  "type": "object", "additionalProperties": false, "required": ["voltage_v"],
  "description": "voltages from now on, instead of the source's",
  "properties": {
    "phase": {"$ref": "#/definitions/phase"},
    "voltage_v": {"$ref": "#/definitions/voltage"}}})",
                                    parse};

}  // namespace blondel
