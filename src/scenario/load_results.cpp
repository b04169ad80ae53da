#include <scenario/load_parts.hpp>

#include <scenario/log_files.hpp>
#include <scenario/schema.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace blondel {
namespace {

constexpr double micro = 1e6;
constexpr double value_max = 9e12;  // times a million still fits 64 bits

std::string known_names(std::string const& wanted) {
  std::vector<std::string> names;
  for (auto const& row : catalogue()) {
    names.emplace_back(row.name);
    if (!row.short_obis.empty()) {
      names.emplace_back(row.short_obis);
    }
  }
  auto const near = nearest_name(wanted, names);
  return (near.empty() ? "" : "did you mean \"" + near + "\"? ") +
         "allowed: a display id (1.8.0), a row's name or a KMP number out of the register catalogue";
}

/// Display id, name or KMP number, in this order.
RegisterDef const* find_row(Node const& node, std::string& name) {
  if (node.is_number()) {
    name = std::to_string(node.integer());
    return find_by_kmp(static_cast<std::uint16_t>(node.integer()));
  }
  name = node.text();
  auto const* row = find_by_short_obis(name);
  return row != nullptr ? row : find_by_name(name);
}

ScenarioResult<RegisterRequest> load_register(Node const& node, MeterConfig const& meter) {
  auto request = find_register(node);
  if (request && !is_present(*request->row, meter.type.energy)) {
    return node.refuse("a meter of energy type " + std::to_string(static_cast<int>(meter.type.energy)) +
                       " (digit X5 of the type number) does not have this register");
  }
  if (request) {
    request->unit = unit_text(*request->row, meter.configuration);
  }
  return request;
}

ScenarioResult<OutputSpec> load_output(Node const& node, MeterConfig const& meter) {
  OutputSpec output;
  if (auto const interval = node.find("interval_s")) {
    auto const duration = load_duration(*interval);
    if (!duration) {
      return tl::unexpected{duration.error()};
    }
    output.interval = *duration;
  }
  for (auto const& item : node.at("registers").items()) {
    auto const request = load_register(item, meter);
    if (!request) {
      return tl::unexpected{request.error()};
    }
    output.registers.push_back(*request);
  }
  return output;
}

bool holds_text(RegisterDef const& row) {
  return row.unit == Unit::text || row.unit == Unit::rtc;
}

/// Value with tolerance and unit, or text: what the row asks for.
ScenarioResult<void> load_expected_value(Expectation& expectation, Node const& node) {
  auto const& row = *expectation.request.row;
  if (holds_text(row)) {
    if (!node.has("text") || node.has("value") || node.has("tolerance") || node.has("unit")) {
      return node.refuse("the register holds text; allowed: register, at_s, text");
    }
    expectation.text = node.at("text").text();
    return {};
  }
  if (!node.has("value") || !node.has("tolerance") || node.has("text")) {
    return node.refuse("the register holds a number; allowed: register, at_s, value, tolerance, unit");
  }
  auto const unit = expectation.request.unit;
  if (node.text_or("unit", "") != unit) {
    return node.has("unit")
               ? node.at("unit").refuse("not the register's unit; allowed: \"" + std::string{unit} + "\"")
               : node.refuse("the unit is missing; allowed: \"" + std::string{unit} + "\"");
  }
  for (auto const* key : {"value", "tolerance"}) {
    if (std::abs(node.at(key).number()) > value_max) {
      return node.at(key).refuse("too large; allowed: up to 9e12");
    }
  }
  expectation.value_micro = std::llround(node.at("value").number() * micro);
  expectation.tolerance_micro = std::llround(node.at("tolerance").number() * micro);
  return {};
}

ScenarioResult<Expectation> load_expectation(Node const& node, Scenario const& scenario) {
  Expectation expectation;
  auto const request = load_register(node.at("register"), scenario.twin.meter);
  if (!request) {
    return tl::unexpected{request.error()};
  }
  expectation.request = *request;
  if (node.at("at_s").is_number()) {
    auto const at = load_duration(node.at("at_s"));
    if (!at) {
      return tl::unexpected{at.error()};
    }
    if (*at > scenario.duration) {
      return node.at("at_s").refuse(
          "is after the end of the scenario; allowed: up to duration_s, or \"end\"");
    }
    expectation.at = SimTime{} + *at;
  }
  if (auto loaded = load_expected_value(expectation, node); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  return expectation;
}

/// The outputs that the document names; all that this meter has, when it names none.
ScenarioResult<PulseSpec> load_pulses(Node const& node, Configuration const& digits) {
  constexpr std::array<std::string_view, pulse_output_count> names{"led", "s0", "module_1", "module_2"};
  auto const module = module_outputs(digits);
  PulseSpec spec{.outputs = {true, true, module[0], module[1]}};
  auto const outputs = node.find("outputs");
  if (!outputs) {
    return spec;
  }
  auto const present = std::exchange(spec.outputs, {});
  for (auto const& item : outputs->items()) {
    auto const n =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), item.text()) - names.begin());
    if (!present[n]) {
      return item.refuse(
          "this meter has no output there; allowed: digits DD (configuration 1) 05, 11, 12, 17 to 21, 27 or "
          "28 "
          "for module_2, 06, 16, 22, 23 or 26 for both");
    }
    spec.outputs[n] = true;
  }
  return spec;
}

}  // namespace

ScenarioResult<RegisterRequest> find_register(Node const& node) {
  RegisterRequest request;
  request.row = find_row(node, request.name);
  if (request.row == nullptr) {
    return node.refuse("no such register; " + known_names(request.name));
  }
  return request;
}

ScenarioResult<void> load_expectations(Scenario& scenario, Node const& root) {
  auto const list = root.find("expect");
  if (!list) {
    return {};
  }
  for (auto const& node : list->items()) {
    auto expectation = load_expectation(node, scenario);
    if (!expectation) {
      return tl::unexpected{expectation.error()};
    }
    scenario.expectations.push_back(std::move(*expectation));
  }
  return {};
}

ScenarioResult<void> load_results(Scenario& scenario, Node const& root) {
  auto const results = root.find("results");
  scenario.transcript.registers.push_back({&definition(RegisterId::active_energy_import), "1.8.0", "kWh"});
  if (!results) {
    return {};
  }
  if (auto const node = results->find("transcript")) {
    auto output = load_output(*node, scenario.twin.meter);
    if (!output) {
      return tl::unexpected{output.error()};
    }
    scenario.transcript = std::move(*output);
  }
  if (auto const node = results->find("csv")) {
    auto output = load_output(*node, scenario.twin.meter);
    if (!output) {
      return tl::unexpected{output.error()};
    }
    scenario.csv = std::move(*output);
  }
  if (auto const node = results->find("pulses")) {
    auto const pulses = load_pulses(*node, scenario.twin.meter.configuration);
    if (!pulses) {
      return tl::unexpected{pulses.error()};
    }
    scenario.pulses = *pulses;
  }
  if (auto const node = results->find("logs")) {
    for (auto const& item : node->items()) {
      auto const* const log = std::find_if(all_logs.begin(), all_logs.end(),
                                           [&](LogId id) { return name_of(id) == item.text(); });
      scenario.logs.push_back(*log);  // the schema lists no other names
    }
  }
  if (auto const node = results->find("power_quality")) {
    if (scenario.twin.tier != Tier::waveform) {
      return node->refuse("only samples show it; allowed: with \"tier\": \"waveform\"");
    }
    auto& quality = scenario.quality.emplace();
    if (auto const interval = node->find("interval_s")) {
      auto const duration = load_duration(*interval);
      if (!duration) {
        return tl::unexpected{duration.error()};
      }
      quality.interval = *duration;
    }
    quality.harmonics = static_cast<int>(node->number_or("harmonics", 0.0));
  }
  return {};
}

}  // namespace blondel
