#include <scenario/load_parts.hpp>

#include <scenario/models.hpp>
#include <scenario/tariff_tables.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace blondel {
namespace {

/// The code that stands at a position: as many digits as its letters.
std::string code_at(std::string const& text, DigitRule const& rule, int position) {
  std::string digits;
  for (char const c : text) {
    if (c != '-' && c != ' ') {
      digits += c;
    }
  }
  return digits.substr(static_cast<std::size_t>(position), rule.letters.size());
}

/// The one contradiction there is: an RF code without radio hardware. The core's error tells the first digit
/// only.
/// @source features.md TYP-07
tl::unexpected<ScenarioError> refuse_contradiction(Node const& node, DigitRule const& rule, int position,
                                                   std::string const& type_number) {
  constexpr int x6 = 8;
  auto const hardware = digit_rule(0, x6);
  return node.refuse(std::string{rule.letters} + " (digit " + std::to_string(position + 1) + ") " +
                     code_at(node.text(), rule, position) + " contradicts X6 (digit " +
                     std::to_string(x6 + 1) + " of the type number) " + type_number.substr(x6, 1) +
                     ", a meter without radio; allowed: " + std::string{rule.letters} +
                     " 000, or X6 5 (X6: " + std::string{hardware.allowed} + "; " +
                     std::string{rule.letters} + " with X6 5: " + std::string{rule.allowed} + ")");
}

/// What the error's detail says, in the data sheet's letters.
tl::unexpected<ScenarioError> refuse_digits(Node const& node, int number, Error const& error) {
  // Configuration numbers carry their own number in front of the position. @source config.hpp
  int const detail = static_cast<int>(error.detail);
  int const position = number == 0 ? detail : detail % 100;
  auto const rule = digit_rule(number, position);
  if (error.code == ErrorCode::bad_length) {
    return node.refuse("has the wrong count of digits; allowed: " +
                       std::string{number == 0 ? "13 characters" : "8 digits"} + " beside dashes and spaces");
  }
  return node.refuse(std::string{rule.letters} + " (digit " + std::to_string(position + 1) +
                     ") is not in the data sheet; allowed: " + std::string{rule.allowed});
}

ScenarioResult<void> load_order_codes(MeterConfig& config, Node const& meter) {
  config.data_sheet = meter.text_or("data_sheet", "en") == "en" ? DataSheet::english : DataSheet::russian;
  auto const type = parse_type_number(meter.at("type_number").text(), config.data_sheet);
  if (!type) {
    return refuse_digits(meter.at("type_number"), 0, type.error());
  }
  config.type = *type;
  auto const nodes = meter.at("configuration").items();
  std::array<std::string, 5> texts;
  std::array<std::string_view, 5> views;
  for (std::size_t n = 0; n < texts.size(); ++n) {
    texts[n] = nodes[n].text();
    views[n] = texts[n];
  }
  auto const configuration = parse_configuration(views, config.type, config.data_sheet);
  if (!configuration) {
    auto const number = std::clamp(static_cast<int>(configuration.error().detail / 100), 1, 5);
    auto const& node = nodes[static_cast<std::size_t>(number - 1)];
    if (configuration.error().code == ErrorCode::contradiction) {
      auto const position = static_cast<int>(configuration.error().detail % 100);
      return refuse_contradiction(node, digit_rule(number, position), position,
                                  {config.type.text.begin(), config.type.text.end()});
    }
    return refuse_digits(node, number, configuration.error());
  }
  config.configuration = *configuration;
  return {};
}

/// One meter of the model's lot in place of the model's own.
ScenarioResult<void> draw_from_lot(FrontEndModel& front_end, Node const& meter, MeterModel const& model) {
  auto const lot = meter.find("lot");
  if (!lot) {
    return {};
  }
  if (!model.lot) {
    return lot->refuse("the model " + model.name +
                       " has no lot; allowed: a model with a lot, or no lot here");
  }
  if (model.lot_fault) {
    return tl::unexpected{*model.lot_fault};
  }
  front_end = draw_meter(front_end, *model.lot, lot->at("seed").unsigned_integer(),
                         lot->at("number").unsigned_integer());
  return {};
}

}  // namespace

tl::unexpected<ScenarioError> missing_model(Node const& node, std::filesystem::path const& folder,
                                            ScenarioError const& error) {
  bool const about_folder = error.message.starts_with(folder.string() + ": ");
  return about_folder ? node.refuse(error.message) : tl::unexpected{error};
}

void apply_model(MeterConfig& config, MeterModel const& model) {
  config.phase_sum = model.phase_sum;
  config.apparent_sum = model.apparent_sum;
  config.no_load_threshold_mw = model.no_load_threshold_mw;
  config.software_letter = static_cast<std::uint8_t>(model.software.front() - 'A' + 1);
  std::from_chars(model.software.data() + 1, model.software.data() + model.software.size(),
                  config.software_number);
}

namespace {

/// Bits of a list of numbers, the first for 1.
std::uint8_t bits_of(Node const& list) {
  unsigned bits = 0;
  for (auto const& item : list.items()) {
    bits |= 1U << static_cast<unsigned>(item.integer() - 1);
  }
  return static_cast<std::uint8_t>(bits);
}

void load_one_load(LoadSetup& load, std::optional<Node> const& node) {
  if (!node) {
    return;
  }
  auto const mode = node->text_or("mode", "by_tariff");
  load.mode = mode == "off" ? LoadMode::off : mode == "on" ? LoadMode::on : LoadMode::by_tariff;
  if (auto const tariffs = node->find("tariffs")) {
    load.tariffs = bits_of(*tariffs);
  }
}

/// Pulse weight and load control.
ScenarioResult<void> load_module_port(MeterConfig& config, Node const& meter) {
  if (auto const weight = meter.find("pulse_weight")) {
    auto const milli = weight->number() * 1e3;
    config.pulse_weight_milli = static_cast<std::uint32_t>(std::llround(milli));
    if (std::abs(milli - config.pulse_weight_milli) > 1e-6) {
      return weight->refuse("is no whole count of thousandths; allowed: at most three decimals");
    }
  }
  auto const control = meter.find("load_control");
  if (!control) {
    return {};
  }
  auto& setup = config.load_control;
  setup.delay_s = static_cast<std::uint16_t>(control->number_or("delay_s", setup.delay_s));
  if (auto const days = control->find("working_days")) {
    setup.working_days = bits_of(*days);
  }
  load_one_load(setup.load[0], control->find("load_1"));
  load_one_load(setup.load[1], control->find("load_2"));
  return {};
}

/// What is of this one meter: its numbers, its battery, its crystal.
void load_plate(TwinConfig& twin, Node const& meter) {
  twin.nameplate.serial_number = static_cast<std::uint32_t>(meter.at("serial_number").unsigned_integer());
  if (auto const numbers = meter.find("meter_numbers")) {
    std::size_t n = 0;
    for (auto const& item : numbers->items()) {
      twin.nameplate.meter_numbers[n++] = static_cast<std::uint32_t>(item.unsigned_integer());
    }
  }
  auto const battery = meter.text_or("battery", "fitted");
  twin.nameplate.battery = battery == "fitted"  ? Battery::fitted
                           : battery == "empty" ? Battery::empty
                                                : Battery::absent;
  auto& crystal = twin.front_end.rtc_crystal;
  crystal.error_at_23c =
      meter.has("crystal_ppm") ? meter.at("crystal_ppm").number() * 1e-6 : crystal.error_at_23c;
}

/// The table that digits OOO name: the document's own, or one of the models.
ScenarioResult<void> load_tariffs(MeterConfig& config, Node const& meter,
                                  std::filesystem::path const& models) {
  constexpr std::uint16_t first_table = 3;  // below: none, by the module port, by the register
  auto const code = config.configuration.ooo;
  auto const own = meter.find("tariff_table");
  if (code < first_table) {
    return own ? own->refuse(
                     "digits OOO (configuration 4) name no table; allowed: OOO 003 to 999, or no table")
               : ScenarioResult<void>{};
  }
  auto digits = std::to_string(code);
  digits.insert(0, 3 - digits.size(), '0');
  auto const file = models / "tariff" / (digits + ".json");
  std::error_code unknown;
  if (!own && !std::filesystem::exists(file, unknown)) {
    return meter.at("configuration")
        .items()[3]
        .refuse("OOO (digits 1 to 3) names tariff table " + digits + ", but there is no " + file.string() +
                "; allowed: 000 none, 001 module port, 002 register, a table of that folder, or a "
                "\"tariff_table\" in $.meter");
  }
  if (own) {
    auto const table = load_tariff_table(*own, code, models);
    if (!table) {
      return tl::unexpected{table.error()};
    }
    config.tariff_table = *table;
    return {};
  }
  auto const model = load_tariff_model(file);
  if (!model) {
    return tl::unexpected{model.error()};
  }
  config.tariff_table = model->table;
  return {};
}

}  // namespace

ScenarioResult<void> load_meter(Scenario& scenario, Node const& root, std::filesystem::path const& models) {
  auto const meter = root.at("meter");
  auto& twin = scenario.twin;
  if (auto loaded = load_order_codes(twin.meter, meter); !loaded) {
    return loaded;
  }
  scenario.warnings = sheet_warnings(twin.meter);
  if (auto loaded = load_tariffs(twin.meter, meter, models); !loaded) {
    return loaded;
  }
  if (auto loaded = load_module_port(twin.meter, meter); !loaded) {
    return loaded;
  }
  auto const type_number = std::string{twin.meter.type.text.begin(), twin.meter.type.text.end()};
  auto const model = find_meter_model(models, type_number, twin.meter.data_sheet);
  if (!model) {
    return missing_model(meter.at("type_number"), models / "meter", model.error());
  }
  if (model->front_end.internal_ct[0].hysteresis.present && twin.tier != Tier::waveform) {
    return meter.at("type_number")
        .refuse("the model " + model->name +
                " has hysteresis in its transformers, which only the waveform tier follows; allowed: "
                "\"tier\": \"waveform\"");
  }
  auto const ct =
      load_external_ct(scenario, root.at("external_ct"), models, model->front_end.terminal_burden);
  if (!ct) {
    return tl::unexpected{ct.error()};
  }
  scenario.warnings.insert(scenario.warnings.end(), model->warnings.begin(), model->warnings.end());
  apply_model(twin.meter, *model);
  twin.front_end = model->front_end;
  if (auto drawn = draw_from_lot(twin.front_end, meter, *model); !drawn) {
    return drawn;
  }
  twin.front_end.external_ct = ct->model;
  twin.ct_ratio = static_cast<double>(ct->primary_a) / ct->secondary_a;
  if (ct->primary_a != twin.meter.configuration.sss * ct->secondary_a) {
    // Real sites do it wrong: the meter counts with what it was told.
    scenario.warnings.push_back("the meter is configured for " +
                                std::to_string(twin.meter.configuration.sss * 5) +
                                "/5 A, the transformer is " + std::to_string(ct->primary_a) + "/" +
                                std::to_string(ct->secondary_a) + " A");
  }
  if (auto loaded = load_display(scenario, meter, models); !loaded) {
    return loaded;
  }
  load_plate(twin, meter);
  if (auto started = load_start_readings(twin.nameplate, meter.find("start_readings")); !started) {
    return started;
  }
  twin.sealed = meter.boolean_or("sealed", true);
  twin.calibrated = meter.boolean_or("calibrated", true);
  scenario.nv = meter.text_or("nv", "ram");
  if (scenario.nv != "ram") {
    scenario.nv = (scenario.file.parent_path() / scenario.nv).lexically_normal().string();
  }
  scenario.zone = zone_of(twin.meter.configuration);
  return {};
}

}  // namespace blondel
