#include <scenario/action.hpp>
#include <twin/twin.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value) {
  auto const phase = value.at("phase").text();
  ActionBody body;
  body.text = phase;
  body.apply = [phases = phases_of(phase)](Twin& twin) -> Result<void> {
    for (std::size_t n = 0; n < phases.size(); ++n) {
      if (phases[n]) {
        twin.lose_phase(static_cast<int>(n), true);
      }
    }
    return {};
  };
  return body;
}

}  // namespace

extern ActionType const action_lose_phase;
ActionType const action_lose_phase{"lose_phase", R"({
  "type": "object", "additionalProperties": false, "required": ["phase"],
  "description": "the voltage of a phase is gone from now on",
  "properties": {"phase": {"$ref": "#/definitions/phase"}}})",
                                   parse};

}  // namespace blondel
