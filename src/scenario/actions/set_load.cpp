#include <scenario/action.hpp>
#include <scenario/load_source.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

#include <cmath>
#include <numbers>

namespace blondel {
namespace {

std::string load_text(PhaseLoad const& load) {
  auto text = plain_number(load.current_a) + " A lag " +
              plain_number(load.lag_rad * 180.0 / std::numbers::pi) + " deg";
  if (load.direct_current_a) {
    text += " direct " + plain_number(*load.direct_current_a) + " A";
  }
  return text;
}

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const phase = value.text_or("phase", "all");
  auto const phases = phases_of(phase);
  auto const loads = load_phase_loads(value);
  if (!loads) {
    return tl::unexpected{loads.error()};
  }
  auto const shape = value.find("shape");
  if (shape && phase != "all") {
    return shape->refuse("stands beside phase " + phase + "; allowed: with all phases only");
  }
  ActionBody body;
  body.text = phase;
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n]) {
      auto const& load = loads->phase[n];
      body.current_a[n] = std::hypot(load.current_a, load.direct_current_a.value_or(0.0));
      body.text += " " + load_text(load);
    }
  }
  body.text += shape ? " " + shape->text() : "";
  body.apply = [phases, loads = *loads](Site& site) -> Result<bool> {
    site.set_load(phases, loads);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_load;
ActionType const action_set_load{"set_load", R"({
  "type": "object", "additionalProperties": false, "required": ["current_a"],
  "description": "currents from now on, instead of the source's; shape and direct_current_a stay as they are when left out",
  "properties": {
    "phase": {"$ref": "#/definitions/phase"},
    "current_a": {"$ref": "#/definitions/current"},
    "power_factor": {"$ref": "#/definitions/power_factor"},
    "power_factor_kind": {"$ref": "#/definitions/power_factor_kind"},
    "angle_deg": {"$ref": "#/definitions/angle"},
    "shape": {"$ref": "#/definitions/shape"},
    "direct_current_a": {"$ref": "#/definitions/direct_current"}}})",
                                 parse};

}  // namespace blondel
