#include <scenario/action.hpp>
#include <scenario/load_source.hpp>
#include <scenario/texts.hpp>
#include <twin/twin.hpp>

#include <numbers>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value) {
  auto const phase = value.text_or("phase", "all");
  auto const phases = phases_of(phase);
  auto const loads = load_phase_loads(value);
  if (!loads) {
    return tl::unexpected{loads.error()};
  }
  ActionBody body;
  body.text = phase;
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n]) {
      body.current_a[n] = (*loads)[n].current_a;
      body.text += " " + plain_number((*loads)[n].current_a) + " A lag " +
                   plain_number((*loads)[n].lag_rad * 180.0 / std::numbers::pi) + " deg";
    }
  }
  body.apply = [phases, loads = *loads](Twin& twin) -> Result<void> {
    for (std::size_t n = 0; n < phases.size(); ++n) {
      if (phases[n]) {
        twin.set_current(static_cast<int>(n), Amps{loads[n].current_a}, Radians{loads[n].lag_rad});
      }
    }
    return {};
  };
  return body;
}

}  // namespace

extern ActionType const action_set_load;
ActionType const action_set_load{"set_load", R"({
  "type": "object", "additionalProperties": false, "required": ["current_a"],
  "description": "currents from now on, instead of the source's",
  "properties": {
    "phase": {"$ref": "#/definitions/phase"},
    "current_a": {"$ref": "#/definitions/current"},
    "power_factor": {"$ref": "#/definitions/power_factor"},
    "power_factor_kind": {"$ref": "#/definitions/power_factor_kind"},
    "angle_deg": {"$ref": "#/definitions/angle"}}})",
                                 parse};

}  // namespace blondel
