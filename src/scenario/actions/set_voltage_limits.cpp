#include <scenario/action.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

#include <cmath>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const low_v = value.at("low_v").number();
  auto const high_v = value.at("high_v").number();
  auto const duration_s = value.at("duration_s").number();
  ActionBody body;
  body.text = plain_number(low_v) + " to " + plain_number(high_v) + " V, " + plain_number(duration_s) + " s";
  body.apply = [low_v, high_v, duration_s](Site& site) {
    constexpr double millivolts = 1e3;
    Command command;
    command.kind = CommandKind::set_voltage_limits;
    command.voltage_low_mv = static_cast<std::int32_t>(std::lround(low_v * millivolts));
    command.voltage_high_mv = static_cast<std::int32_t>(std::lround(high_v * millivolts));
    command.voltage_duration_s = static_cast<std::uint16_t>(std::lround(duration_s));
    return blondel::command(site, command);
  };
  return body;
}

}  // namespace

extern ActionType const action_set_voltage_limits;
ActionType const action_set_voltage_limits{"set_voltage_limits", R"({
  "type": "object", "additionalProperties": false, "required": ["low_v", "high_v", "duration_s"],
  "description": "somebody with the password sets the limits of voltage quality",
  "properties": {
    "low_v": {"type": "number", "exclusiveMinimum": 160, "maximum": 480},
    "high_v": {"type": "number", "exclusiveMinimum": 160, "maximum": 480},
    "duration_s": {"type": "integer", "minimum": 10, "maximum": 1800, "description": "of the windows whose mean is judged"}}})",
                                           parse};

}  // namespace blondel
