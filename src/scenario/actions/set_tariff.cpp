#include <scenario/action.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  Command command;
  command.kind = CommandKind::set_tariff;
  command.tariff = static_cast<std::uint8_t>(value.at("tariff").integer());
  ActionBody body;
  body.text = "T" + std::to_string(command.tariff);
  body.apply = [command](Site& site) -> Result<bool> {
    if (auto const done = site.twin().access().execute(command, Level::operating); !done) {
      return tl::unexpected{done.error()};
    }
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_tariff;
ActionType const action_set_tariff{"set_tariff", R"({
  "type": "object", "additionalProperties": false, "required": ["tariff"],
  "description": "somebody with the password writes the active tariff; it holds until the table or the inputs say another",
  "properties": {"tariff": {"type": "integer", "minimum": 1, "maximum": 4, "description": "1 to 4"}}})",
                                   parse};

}  // namespace blondel
