#include <scenario/action.hpp>

#include <scenario/scenario_data.hpp>
#include <scenario/site.hpp>

#include <algorithm>

namespace blondel {

#define ACTION(name) extern ActionType const action_##name;
#include <scenario/actions/action_list.inc>
#undef ACTION

std::span<ActionType const* const> action_types() {
  static constexpr std::array types{
#define ACTION(name) &action_##name,
#include <scenario/actions/action_list.inc>
#undef ACTION
  };
  return types;
}

std::array<bool, 3> phases_of(std::string const& phase) {
  bool const all = phase == "all";
  return {all || phase == "L1", all || phase == "L2", all || phase == "L3"};
}

ActionBody phase_voltage(Node const& value, bool is_lost) {
  auto const phase = value.at("phase").text();
  ActionBody body;
  body.text = phase;
  body.apply = [phases = phases_of(phase), is_lost](Site& site) -> Result<bool> {
    return site.lose_phases(phases, is_lost);
  };
  return body;
}

ActionBody move_cover(Node const& value, bool opens) {
  auto const cover = value.at("cover").text();
  ActionBody body;
  body.text = cover;
  body.apply = [which = cover == "terminal" ? tamper_terminal_cover : tamper_meter_cover, opens](Site& site) {
    return site.twin().set_tamper(which, opens);
  };
  return body;
}

Result<bool> command(Site& site, Command const& command) {
  return site.twin().access().execute(command, Level::operating).map([] { return true; });
}

ScenarioResult<std::vector<TimedAction>> load_actions(Node const& list, Phases form) {
  std::vector<TimedAction> actions;
  for (auto const& item : list.items()) {
    auto const at = load_duration(item.at("at_s"));
    if (!at) {
      return tl::unexpected{at.error()};
    }
    for (auto const* type : action_types()) {
      auto const value = item.find(type->key);
      if (!value) {
        continue;
      }
      auto body = type->parse(*value, form);
      if (!body) {
        return tl::unexpected{body.error()};
      }
      actions.push_back({SimTime{} + *at, std::string{type->key}, value->path(), std::move(*body)});
    }
  }
  std::stable_sort(actions.begin(), actions.end(), [](auto const& a, auto const& b) { return a.at < b.at; });
  return actions;
}

}  // namespace blondel
