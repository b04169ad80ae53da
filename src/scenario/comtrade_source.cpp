#include <scenario/comtrade_source.hpp>

#include <frontend/source/recording.hpp>
#include <scenario/comtrade.hpp>
#include <scenario/schema.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

namespace blondel {
namespace {

namespace fs = std::filesystem;

/// What one conductor or pair of conductors takes from the record.
struct Mapping {
  Node node;
  bool is_voltage{};
  std::size_t line{};
  double sign{1.0};
  std::size_t channel{};  ///< from 0
};

tl::unexpected<ScenarioError> refused(fs::path const& file, ComtradeFault const& fault) {
  return tl::unexpected{
      ScenarioError{ScenarioError::Kind::invalid, file.string() + fault.place + ": " + fault.why}};
}

ScenarioResult<std::string> octets_of(Node const& node, fs::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  std::string octets{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream.is_open() || stream.bad()) {
    return node.refuse(file.string() + ": cannot be read (missing or no permission)");
  }
  return octets;
}

/// "x.cfg" has its data in "x.dat", "X.CFG" in "X.DAT".
fs::path data_file(fs::path config) {
  auto const is_upper = config.extension() == ".CFG";
  return config.replace_extension(is_upper ? ".DAT" : ".dat");
}

/// Volts or amperes per unit of the channel; 0 when it is of another kind.
double unit_factor(std::string const& unit, bool is_voltage) {
  char const letter = is_voltage ? 'V' : 'A';
  if (unit.empty() || unit.size() > 2 || std::toupper(static_cast<unsigned char>(unit.back())) != letter) {
    return 0.0;
  }
  if (unit.size() == 1) {
    return 1.0;
  }
  return unit.front() == 'k' || unit.front() == 'K' ? 1e3 : unit.front() == 'm' ? 1e-3 : 0.0;
}

std::string listed(ComtradeConfig const& config, bool is_voltage) {
  std::string text;
  for (std::size_t n = 0; n < config.analog.size(); ++n) {
    if (unit_factor(config.analog[n].unit, is_voltage) > 0) {
      text += (text.empty() ? "" : ", ") + std::to_string(n + 1) + " " + config.analog[n].name;
    }
  }
  return text.empty() ? "none" : text;
}

ScenarioResult<std::size_t> channel_of(Node const& node, ComtradeConfig const& config, bool is_voltage) {
  auto const there_are =
      "; channels in " + std::string{is_voltage ? "volts: " : "amperes: "} + listed(config, is_voltage);
  std::size_t found = config.analog.size();
  if (node.is_number()) {
    found = static_cast<std::size_t>(node.integer()) - 1;
    if (found >= config.analog.size()) {
      return node.refuse("the record has " + std::to_string(config.analog.size()) + " analog channels" +
                         there_are);
    }
  } else {
    std::vector<std::string> names;
    for (std::size_t n = 0; n < config.analog.size(); ++n) {
      names.push_back(config.analog[n].name);
      if (names.back() == node.text()) {
        if (found < config.analog.size()) {
          return node.refuse("several channels have this name; allowed: the number" + there_are);
        }
        found = n;
      }
    }
    if (found == config.analog.size()) {
      auto const near = nearest_name(node.text(), names);
      return node.refuse("the record has no such channel" +
                         (near.empty() ? std::string{} : ", did you mean \"" + near + "\"?") + there_are);
    }
  }
  auto const& unit = config.analog[found].unit;
  if (unit_factor(unit, is_voltage) == 0) {
    return node.refuse("channel " + config.analog[found].name + " is in \"" + unit + "\"" + there_are);
  }
  return found;
}

/// Keys of "voltages": a conductor against the neutral, or two conductors.
ScenarioResult<std::vector<Mapping>> mappings_of(Node const& spec, bool& has_line_voltages) {
  struct Key {
    std::string_view name;
    std::size_t line;
    double sign;
    bool is_pair;
  };
  constexpr std::array keys{Key{"L1", 0, 1, false}, Key{"L2", 1, 1, false},  Key{"L3", 2, 1, false},
                            Key{"L12", 0, 1, true}, Key{"L21", 0, -1, true}, Key{"L32", 2, 1, true},
                            Key{"L23", 2, -1, true}};
  std::vector<Mapping> mappings;
  auto const voltages = spec.at("voltages");
  std::array<int, element_count> pairs{};
  int conductors = 0;
  for (auto const& key : keys) {
    if (auto const node = voltages.find(key.name)) {
      mappings.push_back({*node, true, key.line, key.sign, 0});
      pairs[key.line] += key.is_pair ? 1 : 0;
      conductors += key.is_pair ? 0 : 1;
    }
  }
  has_line_voltages = conductors == 0;
  bool const are_two_pairs = pairs[0] == 1 && pairs[2] == 1;
  if (has_line_voltages ? !are_two_pairs : pairs[0] + pairs[2] > 0) {
    return voltages.refuse(
        "mixes or misses voltages; allowed: L1, L2, L3 against the neutral, or line voltages, one "
        "of L12 and L21 with one of L32 and L23");
  }
  auto const currents = spec.at("currents");
  for (auto const& key : keys) {
    if (auto const node = currents.find(key.name)) {
      mappings.push_back({*node, false, key.line, 1.0, 0});
    }
  }
  return mappings;
}

/// One channel's values as volts or amperes at the conductors.
ScenarioResult<std::vector<double>> column_of(Mapping const& mapping, ComtradeChannel const& channel,
                                              std::vector<double> values, double rate_hz) {
  auto const factor =
      unit_factor(channel.unit, mapping.is_voltage) * mapping.node.number_or("scale", 1.0) * mapping.sign;
  auto const offset = mapping.node.number_or("offset", 0.0);
  // Beyond, a scale is a slip of the pen and no physics.
  auto const most = mapping.is_voltage ? 2e3 : 1e6;
  for (std::size_t n = 0; n < values.size(); ++n) {
    auto const at = "sample " + std::to_string(n + 1) + " of channel " + channel.name;
    if (!std::isfinite(values[n])) {
      return mapping.node.refuse(at + " is missing; allowed: channels with a value in every sample");
    }
    values[n] = (values[n] + offset) * factor;
    if (!(std::abs(values[n]) <= most)) {
      return mapping.node.refuse(at + " becomes " + plain_number(values[n]) +
                                 (mapping.is_voltage ? " V" : " A") + "; allowed: up to " +
                                 plain_number(most) + " (see scale)");
    }
  }
  return channel.skew_s == 0 ? std::move(values) : shifted(values, channel.skew_s * rate_hz);
}

/// What the document and the record say about time.
ScenarioResult<void> load_timing(RecordingData& data, Node const& spec, ComtradeConfig const& config,
                                 std::size_t samples) {
  data.frequency_hz = spec.number_or("frequency_hz", config.frequency_hz);
  if (data.frequency_hz < 40 || data.frequency_hz > 70) {
    return spec.refuse("the record's mains frequency is " + plain_number(data.frequency_hz) +
                       " Hz (0: not said); allowed: 40 to 70, or frequency_hz");
  }
  constexpr double band = 0.45;  // of the interpolator
  if (data.rate_hz * band < data.frequency_hz || data.rate_hz > 1e6) {
    return spec.refuse("the sampling rate is " + plain_number(data.rate_hz) +
                       " Hz; allowed: " + plain_number(data.frequency_hz / band) + " to 1000000");
  }
  auto const cycle = data.rate_hz / data.frequency_hz;
  if (static_cast<double>(samples) + 0.5 < cycle) {
    return spec.refuse("the record has " + std::to_string(samples) + " samples; allowed: at least a cycle, " +
                       plain_number(cycle) + " samples");
  }
  auto const whole = std::round(cycle);
  data.lead_in_samples = static_cast<std::size_t>(whole);
  if (auto const node = spec.find("lead_in_samples")) {
    data.lead_in_samples = static_cast<std::size_t>(node->unsigned_integer());
    if (data.lead_in_samples > samples) {
      return node->refuse("the record has " + std::to_string(samples) + " samples; allowed: up to that");
    }
  } else if (std::abs(cycle - whole) > 0.1) {
    return spec.refuse("a cycle has " + plain_number(cycle) +
                       " samples; lead_in_samples must say how many samples are whole cycles");
  }
  if (auto const node = spec.find("lead_in_s")) {
    auto const lead_in = load_duration(*node);
    if (!lead_in) {
      return tl::unexpected{lead_in.error()};
    }
    data.lead_in = *lead_in;
  }
  data.temperature = Celsius{spec.number_or("temperature_c", 23.0)};
  data.repeats = spec.text_or("after_end", "zero") == "repeat";
  return {};
}

double peak_of(std::vector<double> const& values) {
  double peak = 0;
  for (auto const value : values) {
    peak = std::max(peak, std::abs(value));
  }
  return peak;
}

/// The record's rate, or the document's in its place.
ScenarioResult<double> rate_of(Node const& spec, fs::path const& file, ComtradeConfig const& config,
                               ComtradeData const& data) {
  if (auto const node = spec.find("rate_hz")) {
    return node->number();
  }
  auto const rate = comtrade_rate_hz(config, data);
  if (!rate) {
    return refused(file, rate.error());
  }
  return *rate;
}

/// Fills the columns and their peaks. @param spec of the source
ScenarioResult<void> fill_columns(RecordingData& data, SourceSpec& source, ComtradeConfig const& config,
                                  ComtradeData& record, std::vector<Mapping> const& mappings) {
  auto const samples = record.stamp_s.size();
  for (std::size_t k = 0; k < element_count; ++k) {
    data.u_v[k].assign(samples, 0.0);
    data.i_a[k].assign(samples, 0.0);
  }
  for (std::size_t m = 0; m < mappings.size(); ++m) {
    auto const& mapping = mappings[m];
    auto column =
        column_of(mapping, config.analog[mapping.channel], std::move(record.values[m]), data.rate_hz);
    if (!column) {
      return tl::unexpected{column.error()};
    }
    auto& peak = (mapping.is_voltage ? source.peak_u_v : source.peak_i_a)[mapping.line];
    peak = peak_of(*column);
    (mapping.is_voltage ? data.u_v : data.i_a)[mapping.line] = std::move(*column);
  }
  return {};
}

}  // namespace

ScenarioResult<SourceSpec> load_comtrade(Node const& spec, SimDuration scenario_duration) {
  auto const name = spec.at("file");
  auto const config_file = (spec.file().parent_path() / name.text()).lexically_normal();
  auto const text = octets_of(name, config_file);
  if (!text) {
    return tl::unexpected{text.error()};
  }
  auto const config = parse_comtrade_config(*text);
  if (!config) {
    return refused(config_file, config.error());
  }
  RecordingData data;
  auto mappings = mappings_of(spec, data.has_line_voltages);
  if (!mappings) {
    return tl::unexpected{mappings.error()};
  }
  std::vector<std::size_t> wanted;
  for (auto& mapping : *mappings) {
    auto const channel = channel_of(mapping.node.at("channel"), *config, mapping.is_voltage);
    if (!channel) {
      return tl::unexpected{channel.error()};
    }
    mapping.channel = *channel;
    wanted.push_back(*channel);
  }
  auto const octets = octets_of(name, data_file(config_file));
  if (!octets) {
    return tl::unexpected{octets.error()};
  }
  auto record = parse_comtrade_data(
      *config, {reinterpret_cast<std::uint8_t const*>(octets->data()), octets->size()}, wanted);
  if (!record) {
    return refused(data_file(config_file), record.error());
  }
  auto const rate = rate_of(spec, config_file, *config, *record);
  if (!rate) {
    return tl::unexpected{rate.error()};
  }
  data.rate_hz = *rate;
  auto const samples = record->stamp_s.size();
  if (auto loaded = load_timing(data, spec, *config, samples); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  auto const length_s =
      static_cast<double>(data.lead_in.ns()) / ns_per_s + static_cast<double>(samples) / *rate;
  if (!spec.has("after_end") && length_s < static_cast<double>(scenario_duration.ns()) / ns_per_s) {
    return spec.refuse("the record ends after " + plain_number(length_s) +
                       " s, before the scenario; \"after_end\" must say zero or repeat");
  }
  SourceSpec source;
  if (auto filled = fill_columns(data, source, *config, *record, *mappings); !filled) {
    return tl::unexpected{filled.error()};
  }
  source.recording = std::make_shared<Recording const>(std::move(data));
  return source;
}

ScenarioResult<void> check_recording(Scenario& scenario, Node const& root) {
  auto const& source = scenario.source;
  if (!source.recording) {
    return {};
  }
  auto const node = root.at("source").at("comtrade");
  if (scenario.twin.tier != Tier::waveform) {
    return root.at("tier").refuse("cannot play a recording; allowed with source.comtrade: \"waveform\"");
  }
  bool const is_aron = scenario.twin.meter.type.phases == Phases::aron_50hz;
  bool const has_line_voltages = source.recording->has_line_voltages();
  if (has_line_voltages && !is_aron) {
    return node.at("voltages").refuse("a four-wire meter measures against the neutral; allowed: L1, L2, L3");
  }
  if (scenario.twin.wiring.neutral_lost) {
    return root.at("connection")
        .refuse("a supply without neutral has no meaning for a recording: the loads behind it are not known");
  }
  for (auto const& action : scenario.actions) {
    if (action.body.loses_neutral) {
      return tl::unexpected{
          ScenarioError{ScenarioError::Kind::invalid, scenario.file.string() + ": " + action.path +
                                                          ": a supply without neutral has no meaning for a "
                                                          "recording: the loads behind it are not known"}};
    }
    bool const loses = action.key == "lose_phase" || action.key == "restore_phase";
    if (action.key == "set_load" || action.key == "set_voltage" || action.key == "brown_out" ||
        action.key == "set_frequency" || (loses && has_line_voltages)) {
      return tl::unexpected{ScenarioError{
          ScenarioError::Kind::invalid, scenario.file.string() + ": " + action.path +
                                            ": does not act on a recording; allowed: power_off, power_on, " +
                                            (has_line_voltages ? "" : "lose_phase, restore_phase, ") +
                                            "set_temperature, set_clock"}};
    }
  }
  auto const& adc = scenario.twin.front_end.adc[0];
  auto const common_v = has_line_voltages || !is_aron ? 0.0 : source.peak_u_v[1];
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const peak_a = source.peak_i_a[k] / scenario.twin.ct_ratio;
    auto const line = node.path() + ": L" + std::to_string(k + 1) + " reaches ";
    if (peak_a > adc.i_full_scale_a) {
      scenario.warnings.push_back(line + plain_number(std::round(peak_a * 100) / 100) +
                                  " A behind the transformer; the converter clips at a peak of " +
                                  plain_number(adc.i_full_scale_a) + " A");
    }
    if (source.peak_u_v[k] + common_v > adc.u_full_scale_v) {
      scenario.warnings.push_back(line + plain_number(std::round(source.peak_u_v[k] + common_v)) +
                                  " V; the converter clips at a peak of " + plain_number(adc.u_full_scale_v) +
                                  " V");
    }
  }
  return {};
}

}  // namespace blondel
