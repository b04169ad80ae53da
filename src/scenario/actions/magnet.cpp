#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  bool const present = value.at("present").boolean();
  ActionBody body;
  body.text = present ? "present" : "gone";
  body.apply = [present](Site& site) { return site.twin().set_tamper(tamper_magnet, present); };
  return body;
}

}  // namespace

extern ActionType const action_magnet;
ActionType const action_magnet{"magnet", R"({
  "type": "object", "additionalProperties": false, "required": ["present"],
  "description": "a strong magnet is put on the meter or taken away",
  "properties": {"present": {"type": "boolean"}}})",
                               parse};

}  // namespace blondel
