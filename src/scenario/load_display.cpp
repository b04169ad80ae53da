#include <scenario/load_parts.hpp>

#include <scenario/model_nodes.hpp>
#include <scenario/models.hpp>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace blondel {
namespace {

ScenarioResult<DisplayItem> load_item(Node const& node) {
  auto const named = node.find("register");
  auto const row = find_register(named ? *named : node);
  if (!row) {
    return tl::unexpected{row.error()};
  }
  auto const history = named ? node.at("history").unsigned_integer() : 0;
  return DisplayItem{row->row->id, static_cast<std::uint8_t>(history)};
}

template<std::size_t Capacity>
ScenarioResult<void> load_list(DisplayList<Capacity>& list, std::vector<Node> const& nodes) {
  list = {};
  for (auto const& node : nodes) {
    auto const item = load_item(node);
    if (!item) {
      return tl::unexpected{item.error()};
    }
    list.add(*item);  // the schema knows how many fit
  }
  return {};
}

/// The rule of the core that is broken, in words and with its place.
tl::unexpected<ScenarioError> refuse_lists(Node const& node, Error const& error) {
  if (error.code == ErrorCode::contradiction) {
    auto const& row = definition(static_cast<RegisterId>(error.detail));
    return node.at("manual").refuse(
        "lacks a legal reading, which cannot be removed: " + std::string{row.short_obis} + " " +
        std::string{row.name} + "; allowed: up to 30 readings with every main total that the meter has");
  }
  constexpr std::array keys{"automatic", "manual", "backup"};
  auto const place = static_cast<std::size_t>(error.detail);
  auto const& key = keys[place / 100 - 1];
  auto const item =
      node.has("fixed") && key == keys[0] ? node.at("fixed") : node.at(key).items()[place % 100];
  return item.refuse(
      key == keys[0]
          ? "historical data cannot be shown without the push button; allowed: a register as it is now"
          : "no debiting period keeps this register; allowed: A+, A-, R+ and R-, imports of T1 to T4, peaks "
            "of "
            "the debiting period, the counters, the clock, the CT ratio");
}

/// Takes over what stands there. @param energy whose legal readings the lists must hold
ScenarioResult<void> load_lists(DisplaySetup& setup, Node const& node, EnergyType energy) {
  auto const change = load_display_change(node);
  if (!change) {
    return tl::unexpected{change.error()};
  }
  setup = change->applied_to(setup);
  if (auto const checked = check_display(setup, energy); !checked) {
    return refuse_lists(node, checked.error());
  }
  return {};
}

std::string digits_of(std::uint16_t fff) {
  auto const digits = std::to_string(fff);
  return std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits;
}

}  // namespace

DisplaySetup DisplayChange::applied_to(DisplaySetup setup) const {
  setup.automatic = automatic.value_or(setup.automatic);
  setup.manual = manual.value_or(setup.manual);
  setup.backup = backup.value_or(setup.backup);
  setup.leading_zeroes = leading_zeroes.value_or(setup.leading_zeroes);
  return setup;
}

ScenarioResult<DisplayChange> load_display_change(Node const& node) {
  auto const fixed = node.find("fixed");
  auto const automatic = node.find("automatic");
  if (fixed && automatic) {
    return fixed->refuse("stands in place of an automatic list; allowed: fixed or automatic, not both");
  }
  DisplayChange change;
  auto loaded = ScenarioResult<void>{};
  if (fixed || automatic) {
    loaded = load_list(change.automatic.emplace(), fixed ? std::vector{*fixed} : automatic->items());
  }
  if (auto const manual = node.find("manual"); loaded && manual) {
    loaded = load_list(change.manual.emplace(), manual->items());
  }
  if (auto const backup = node.find("backup"); loaded && backup) {
    loaded = load_list(change.backup.emplace(), backup->items());
  }
  if (!loaded) {
    return tl::unexpected{loaded.error()};
  }
  if (auto const zeroes = node.find("leading_zeroes")) {
    change.leading_zeroes = zeroes->boolean();
  }
  return change;
}

ScenarioResult<DisplayModel> load_display_model(std::filesystem::path const& file) {
  auto const document = Document::load(file, DocumentKind::display_model);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  if (auto fault = wrong_name(*document)) {
    return tl::unexpected{*fault};
  }
  auto const root = document->root();
  DisplayModel model;
  model.name = root.at("name").text();
  // One list for meters of every energy type.
  if (auto loaded = load_lists(model.setup, root, EnergyType::four_quadrant); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  return model;
}

ScenarioResult<void> load_display(Scenario& scenario, Node const& meter,
                                  std::filesystem::path const& models) {
  auto const digits = digits_of(scenario.twin.meter.configuration.fff);
  auto file = models / "display" / ("fff_" + digits + ".json");
  std::error_code unknown;
  if (digits != "000" && !std::filesystem::exists(file, unknown)) {
    scenario.warnings.push_back("FFF " + digits + " has no file in " + (models / "display").string() +
                                "; the display shows the lists of 000");
    file = models / "display" / "fff_000.json";
  }
  auto const model = load_display_model(file);
  if (!model) {
    return tl::unexpected{model.error()};
  }
  auto& setup = scenario.twin.meter.display;
  setup = model->setup;
  auto const given = meter.find("display");
  return given ? load_lists(setup, *given, scenario.twin.meter.type.energy) : ScenarioResult<void>{};
}

}  // namespace blondel
