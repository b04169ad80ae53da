#include <scenario/action.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

#include <cmath>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const primary_a = value.at("primary_a").number();
  ActionBody body;
  body.text = plain_number(primary_a) + "/5 A";
  body.apply = [ratio = static_cast<std::uint16_t>(std::lround(primary_a / 5.0))](Site& site) {
    Command command;
    command.kind = CommandKind::set_ct_ratio;
    command.ct_ratio = ratio;
    return blondel::command(site, command);
  };
  return body;
}

}  // namespace

extern ActionType const action_set_ct_ratio;
ActionType const action_set_ct_ratio{"set_ct_ratio", R"({
  "type": "object", "additionalProperties": false, "required": ["primary_a"],
  "description": "somebody with the password changes the ratio that the meter counts with, primary_a/5 A; the transformers stay as they are",
  "properties": {"primary_a": {"type": "integer", "enum": [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 100, 200, 300, 400, 500, 1000, 1500, 2000, 2500, 3000]}}})",
                                     parse};

}  // namespace blondel
