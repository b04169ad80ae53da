#include <scenario/action.hpp>
#include <scenario/load_parts.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const change = load_display_change(value);
  if (!change) {
    return tl::unexpected{change.error()};
  }
  ActionBody body;
  for (auto const& key : value.keys()) {
    body.text += (body.text.empty() ? "" : " ") + key;
  }
  body.apply = [change = *change](Site& site) -> Result<bool> {
    auto access = site.twin().access();
    auto const set = access.set_display(change.applied_to(access.display_setup()), Level::operating);
    return set ? Result<bool>{true} : tl::unexpected{set.error()};
  };
  return body;
}

}  // namespace

extern ActionType const action_set_display;
ActionType const action_set_display{"set_display", R"({"$ref": "#/definitions/display"})", parse};

}  // namespace blondel
