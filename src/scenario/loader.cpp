#include <scenario/comtrade_source.hpp>
#include <scenario/connection.hpp>
#include <scenario/load_parts.hpp>
#include <scenario/load_source.hpp>
#include <scenario/operating_limits.hpp>

#include <cmath>
#include <system_error>

namespace blondel {
namespace {

ScenarioResult<void> load_frame(Scenario& scenario, Node const& root) {
  scenario.name = root.at("name").text();
  scenario.description = root.at("description").text();
  scenario.seed = root.at("seed").unsigned_integer();
  scenario.twin.tier = root.at("tier").text() == "waveform" ? Tier::waveform : Tier::interval;
  auto const start = parse_local_time(root.at("start").text());
  if (!start) {
    return root.at("start").refuse("no such day or time; allowed: YYYY-MM-DDThh:mm:ss, years 2000 to 2099");
  }
  scenario.start_local = *start;
  auto const duration = load_duration(root.at("duration_s"));
  if (!duration) {
    return tl::unexpected{duration.error()};
  }
  scenario.duration = *duration;
  return {};
}

ScenarioResult<void> load_all(Scenario& scenario, Node const& root, std::filesystem::path const& models) {
  if (auto loaded = load_frame(scenario, root); !loaded) {
    return loaded;
  }
  if (auto loaded = load_meter(scenario, root, models); !loaded) {
    return loaded;
  }
  if (auto const why = skipped_text(scenario.zone, scenario.start_local)) {
    return root.at("start").refuse(*why);
  }
  scenario.twin.wiring.aron = scenario.twin.meter.type.phases == Phases::aron_50hz;
  if (auto const node = root.find("connection")) {
    auto connection = load_connection(*node, scenario.twin.meter.type.phases);
    if (!connection) {
      return tl::unexpected{connection.error()};
    }
    scenario.twin.wiring = connection->wiring;
    scenario.s0 = connection->s0;
    scenario.connection_text = std::move(connection->text);
  }
  constexpr double indoors_percent = 50.0;
  scenario.humidity_percent = root.number_or("humidity_percent", indoors_percent);
  auto source = load_source(root.at("source"), scenario.duration);
  if (!source) {
    return tl::unexpected{source.error()};
  }
  scenario.source = std::move(*source);
  if (auto const list = root.find("actions")) {
    auto actions = load_actions(*list, scenario.twin.meter.type.phases);
    if (!actions) {
      return tl::unexpected{actions.error()};
    }
    scenario.actions = std::move(*actions);
    for (auto const& item : list->items()) {
      auto const at = load_duration(item.at("at_s"));
      if (at && *at > scenario.duration) {
        return item.at("at_s").refuse("is after the end of the scenario; allowed: up to duration_s");
      }
    }
  }
  if (auto checked = check_recording(scenario, root); !checked) {
    return checked;
  }
  if (auto judged = check_load_limits(scenario, root); !judged) {
    return judged;
  }
  warn_of_operating_limits(scenario);
  if (auto loaded = load_expectations(scenario, root); !loaded) {
    return loaded;
  }
  return load_results(scenario, root);
}

}  // namespace

ScenarioResult<SimDuration> load_duration(Node const& seconds) {
  double const milliseconds = seconds.number() * 1e3;
  double const whole = std::round(milliseconds);
  if (std::abs(milliseconds - whole) > 1e-3 || std::abs(whole) > 9e12) {
    return seconds.refuse("is no whole count of milliseconds; allowed: at most three decimals");
  }
  return SimDuration::milliseconds(static_cast<std::int64_t>(whole));
}

ScenarioResult<std::shared_ptr<Scenario const>> load_scenario(std::filesystem::path const& path,
                                                              RunOptions const& options) {
  std::error_code error;
  auto const file = std::filesystem::is_directory(path, error) ? path / "scenario.json" : path;
  if (file != path && !std::filesystem::exists(file, error)) {
    return tl::unexpected{
        ScenarioError{ScenarioError::Kind::invalid, path.string() + ": the folder has no scenario.json"}};
  }
  auto const document = Document::load(file, DocumentKind::scenario);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  auto scenario = std::make_shared<Scenario>();
  scenario->file = file;
  scenario->document_fnv1a = document->fnv1a();
  if (auto loaded = load_all(*scenario, document->root(), options.models); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  return scenario;
}

}  // namespace blondel
