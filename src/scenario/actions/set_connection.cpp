#include <scenario/action.hpp>
#include <scenario/connection.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases form) {
  auto const connection = load_connection(value, form);
  if (!connection) {
    return tl::unexpected{connection.error()};
  }
  ActionBody body;
  body.text = connection->text;
  body.loses_neutral = connection->wiring.neutral_lost;
  body.apply = [wiring = connection->wiring, s0 = connection->s0](Site& site) -> Result<bool> {
    site.connect(wiring, s0);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_set_connection;
ActionType const action_set_connection{"set_connection", R"({"$ref": "#/definitions/connection"})", parse};

}  // namespace blondel
