#include <scenario/action.hpp>
#include <scenario/scenario_data.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const phase = value.text_or("phase", "all");
  auto const level_v = value.at("level_v").number();
  auto const down = load_duration(value.at("down_s"));
  auto const hold = load_duration(value.at("hold_s"));
  auto const up = load_duration(value.at("up_s"));
  for (auto const* span : {&down, &hold, &up}) {
    if (!*span) {
      return tl::unexpected{span->error()};
    }
  }
  ActionBody body;
  body.text = phase + " to " + plain_number(level_v) + " V in " + plain_number(value.at("down_s").number()) +
              " s, for " + plain_number(value.at("hold_s").number()) + " s, back in " +
              plain_number(value.at("up_s").number()) + " s";
  body.apply = [=, phases = phases_of(phase), down = *down, hold = *hold,
                up = *up](Site& site) -> Result<bool> {
    site.twin().brown_out(phases, Volts{level_v}, down, hold, up);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_brown_out;
ActionType const action_brown_out{"brown_out", R"({
  "type": "object", "additionalProperties": false, "required": ["level_v", "down_s", "hold_s", "up_s"],
  "description": "voltages ramp down to a level, stay there and ramp up again, in steps of 20 ms; what is below the level stays",
  "properties": {
    "phase": {"$ref": "#/definitions/phase"},
    "level_v": {"type": "number", "minimum": 0, "maximum": 600, "description": "line to neutral, rms"},
    "down_s": {"type": "number", "minimum": 0.001, "maximum": 86400, "description": "whole milliseconds"},
    "hold_s": {"type": "number", "minimum": 0, "maximum": 31622400, "description": "whole milliseconds"},
    "up_s": {"type": "number", "minimum": 0.001, "maximum": 86400, "description": "whole milliseconds"}}})",
                                  parse};

}  // namespace blondel
