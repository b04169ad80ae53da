#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const minutes = value.at("minutes").integer();
  ActionBody body;
  body.text = std::to_string(minutes) + " min";
  body.apply = [minutes](Site& site) -> Result<bool> {
    auto access = site.twin().access();
    bool const is_same = integration_minutes(access.configuration().e) == minutes;
    auto const period = Reading::number(Unit::none, minutes);
    return access.write(RegisterId::integration_period, period, Level::operating).map([&] {
      return !is_same;
    });
  };
  return body;
}

}  // namespace

extern ActionType const action_set_integration_period;
ActionType const action_set_integration_period{"set_integration_period", R"({
  "type": "object", "additionalProperties": false, "required": ["minutes"],
  "description": "somebody with the password sets the integration period, digit E; the load profile is cleared",
  "properties": {"minutes": {"type": "integer", "enum": [5, 15, 30, 60]}}})",
                                               parse};

}  // namespace blondel
