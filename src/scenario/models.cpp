#include <scenario/models.hpp>

#include <scenario/lot_nodes.hpp>
#include <scenario/model_nodes.hpp>
#include <scenario/nameplates.hpp>
#include <scenario/schema.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace blondel {
namespace {

tl::unexpected<ScenarioError> refused(ScenarioError::Kind kind, std::string message) {
  return tl::unexpected{ScenarioError{kind, std::move(message)}};
}

/// The JSON files of a folder by name, so that no order of a file system shows.
ScenarioResult<std::vector<std::filesystem::path>> json_files(std::filesystem::path const& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") {
      files.push_back(it->path());
    }
  }
  if (error) {
    return refused(ScenarioError::Kind::invalid,
                   folder.string() + ": " + error.message() + "; --models names the folder of the models");
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::optional<ScenarioError> wrong_name(Document const& document) {
  auto const name = document.root().at("name");
  auto const stem = document.file().stem().string();
  if (name.text() == stem) {
    return std::nullopt;
  }
  return name.refuse("differs from the file's name; allowed: \"" + stem + "\"").value();
}

namespace {

AdcModel adc_of(Node const& adc, std::size_t element) {
  AdcModel model;
  model.sample_rate_hz = parameter(adc, "sample_rate_hz");
  model.clock_error = parameter(adc, "clock_error_ppm") * 1e-6;
  model.u_full_scale_v = parameter(adc, "u_full_scale_v");
  model.i_full_scale_a = parameter(adc, "i_full_scale_a");
  model.u_filter_tau_s = parameter_per_phase(adc, "u_filter_tau_us")[element] * 1e-6;
  model.i_filter_tau_s = parameter_per_phase(adc, "i_filter_tau_us")[element] * 1e-6;
  model.u_noise_v = parameter(adc, "u_noise_mv") * 1e-3;
  model.i_noise_a = parameter(adc, "i_noise_ua") * 1e-6;
  model.u_offset_v = parameter_per_phase(adc, "u_offset_mv")[element] * 1e-3;
  model.i_offset_a = parameter_per_phase(adc, "i_offset_ua")[element] * 1e-6;
  model.reference_per_k = parameter(adc, "reference_ppm_per_k") * 1e-6;
  model.reference_per_k2 = parameter(adc, "reference_ppm_per_k2") * 1e-6;
  model.clock_per_k2 = adc.has("clock_ppb_per_k2") ? parameter(adc, "clock_ppb_per_k2") * 1e-9 : 0.0;
  model.sinc3 = adc.has("sinc3") && adc.at("sinc3").at("value").boolean();
  return model;
}

DividerModel divider_of(Node const& divider, std::size_t element) {
  DividerModel model;
  model.ratio = parameter(divider, "ratio");
  model.ratio_error = parameter_per_phase(divider, "ratio_error_percent")[element] * 1e-2;
  model.per_k = parameter_per_phase(divider, "ppm_per_k")[element] * 1e-6;
  model.per_v = parameter_per_phase(divider, "ppm_per_v")[element] * 1e-6;
  return model;
}

CrosstalkModel crosstalk_of(Node const& crosstalk) {
  CrosstalkModel model{};
  constexpr std::array<std::string_view, element_count> keys{"own_ppm", "next_ppm", "after_ppm"};
  for (std::size_t turned = 0; turned < element_count; ++turned) {
    auto const share = parameter_per_phase(crosstalk, keys[turned]);
    for (std::size_t into = 0; into < element_count; ++into) {
      model[into][(into + turned) % element_count] = share[into] * 1e-6;
    }
  }
  return model;
}

VoltageTransformerModel voltage_transformer_of(Node const& node) {
  return {.present = true,
          .primary = Ohms{parameter(node, "primary_ohm")},
          .primary_per_k = parameter(node, "primary_percent_per_k") * 1e-2,
          .inductance_h = parameter(node, "inductance_h"),
          .low_field_rise = parameter(node, "low_field_rise"),
          .low_field_wb = parameter(node, "low_field_wb"),
          .saturation_wb = parameter(node, "saturation_wb"),
          .saturation_exponent = static_cast<int>(parameter(node, "saturation_exponent")),
          .loss = Ohms{parameter(node, "loss_ohm")}};
}

/// Noise and offset against the full scale: limits that no schema can say.
std::optional<ScenarioError> implausible(Node const& adc) {
  struct Limit {
    std::string_view key;
    std::string_view full_scale_key;
    double unit;
    double percent;
  };
  constexpr std::array limits{
      Limit{"u_noise_mv", "u_full_scale_v", 1e-3, 1.0}, Limit{"i_noise_ua", "i_full_scale_a", 1e-6, 1.0},
      Limit{"u_offset_mv", "u_full_scale_v", 1e-3, 10.0}, Limit{"i_offset_ua", "i_full_scale_a", 1e-6, 10.0}};
  for (auto const& limit : limits) {
    double const most = parameter(adc, limit.full_scale_key) * limit.percent * 1e-2 / limit.unit;
    for (double const value : parameter_per_phase(adc, limit.key)) {
      if (std::abs(value) > most) {
        return adc.at(limit.key)
            .at("value")
            .refuse("allowed: up to " + plain_number(most) + ", " + plain_number(limit.percent) +
                    " % of full scale")
            .value();
      }
    }
  }
  return std::nullopt;
}

PhaseSum phase_sum_of(std::string const& text) {
  return text == "per_phase"   ? PhaseSum::per_phase
         : text == "algebraic" ? PhaseSum::algebraic
                               : PhaseSum::absolute;
}

/// @source metrology.md 2.4: arithmetic unless the model says otherwise
ApparentSum apparent_sum_of(Node const& metering) {
  auto const sum = metering.find("apparent_sum");
  auto const text = sum ? sum->at("value").text() : "arithmetic";
  return text == "vector"      ? ApparentSum::vector
         : text == "effective" ? ApparentSum::effective
                               : ApparentSum::arithmetic;
}

DataSheet data_sheet_of(Node const& root) {
  return root.at("data_sheet").text() == "en" ? DataSheet::english : DataSheet::russian;
}

std::string sheet_key(DataSheet data_sheet) {
  return data_sheet == DataSheet::english ? "en" : "ru";
}

/// The editions differ in the voltage path: a model has that of its own.
/// @source features.md TYP-06
std::optional<ScenarioError> contradictory_sheet(Node const& root) {
  bool const has_transformer = root.at("front_end").has("voltage_transformer");
  auto const sheet = data_sheet_of(root);
  if (has_transformer == (sheet == DataSheet::russian)) {
    return std::nullopt;
  }
  return root.at("data_sheet")
      .refuse(has_transformer
                  ? "contradicts $.front_end.voltage_transformer: the English sheet has voltage dividers; "
                    "allowed: \"ru\", or no voltage_transformer"
                  : "lacks $.front_end.voltage_transformer: the Russian sheet has voltage transformers; "
                    "allowed: \"en\", or a voltage_transformer")
      .value();
}

/// The sum that needs a neutral current, in a model that covers meters without neutral.
std::optional<ScenarioError> impossible_sum(Node const& root) {
  constexpr std::size_t x1 = 3;  // among the 13 characters
  auto const metering = root.at("metering");
  if (apparent_sum_of(metering) != ApparentSum::effective) {
    return std::nullopt;
  }
  for (auto const& pattern : root.at("type_numbers").items()) {
    if (pattern.text()[x1] == '2' || pattern.text()[x1] == '.') {
      return metering.at("apparent_sum")
          .at("value")
          .refuse("a three-wire (Aron) meter, " + pattern.text() +
                  ", has no neutral current; allowed: \"arithmetic\", \"vector\"")
          .value();
    }
  }
  return std::nullopt;
}

MeterModel meter_model_of(Node const& root) {
  MeterModel model;
  model.name = root.at("name").text();
  model.data_sheet = data_sheet_of(root);
  auto const front_end = root.at("front_end");
  auto const internal_ct = front_end.at("internal_ct");
  for (std::size_t element = 0; element < element_count; ++element) {
    model.front_end.internal_ct[element] = core_and_winding(internal_ct, element);
    model.front_end.internal_ct[element].turns = parameter(internal_ct, "turns");
    model.front_end.divider[element] = divider_of(front_end.at("divider"), element);
    model.front_end.adc[element] = adc_of(front_end.at("adc"), element);
  }
  if (auto const crosstalk = front_end.find("crosstalk")) {
    model.front_end.crosstalk = crosstalk_of(*crosstalk);
  }
  if (auto const transformer = front_end.find("voltage_transformer")) {
    model.front_end.voltage_transformer.fill(voltage_transformer_of(*transformer));
  }
  auto const clock = root.at("clock");
  model.front_end.rtc_crystal = {.error_at_23c = parameter(clock, "crystal_ppm_at_23_c") * 1e-6,
                                 .turnover_c = parameter(clock, "crystal_turnover_c"),
                                 .per_k2 = parameter(clock, "crystal_ppb_per_k2") * 1e-9};
  model.front_end.terminal_burden = Ohms{parameter(front_end, "terminal_burden_mohm") * 1e-3};
  auto const metering = root.at("metering");
  model.no_load_threshold_mw = static_cast<std::uint32_t>(parameter(metering, "no_load_threshold_mw"));
  model.phase_sum = phase_sum_of(metering.at("phase_sum").at("value").text());
  model.apparent_sum = apparent_sum_of(metering);
  model.software = metering.at("software").at("value").text();
  if (auto const lot = root.find("lot")) {
    model.lot = lot_of(*lot);
    model.lot_fault = contradictory_filter(root);
  }
  return model;
}

std::string listed(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text.empty() ? "none" : text;
}

}  // namespace

ScenarioResult<MeterModel> load_meter_model(std::filesystem::path const& file) {
  auto const document = Document::load(file, DocumentKind::meter_model);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  if (auto fault = wrong_name(*document)) {
    return tl::unexpected{*fault};
  }
  if (auto fault = contradictory_sheet(document->root())) {
    return tl::unexpected{*fault};
  }
  if (auto fault = implausible(document->root().at("front_end").at("adc"))) {
    return tl::unexpected{*fault};
  }
  if (auto fault = unstable_hysteresis(document->root().at("front_end").at("internal_ct"))) {
    return tl::unexpected{*fault};
  }
  if (auto fault = impossible_sum(document->root())) {
    return tl::unexpected{*fault};
  }
  return meter_model_of(document->root());
}

ScenarioResult<MeterModel> find_meter_model(std::filesystem::path const& models,
                                            std::string const& type_number, DataSheet data_sheet) {
  auto const folder = models / "meter";
  auto const files = json_files(folder);
  if (!files) {
    return tl::unexpected{files.error()};
  }
  std::vector<std::string> existing;
  std::vector<std::string> unusable;
  std::vector<std::filesystem::path> matching;
  for (auto const& file : *files) {
    auto const document = Document::load(file, DocumentKind::meter_model);
    if (!document) {
      unusable.push_back(document.error().message);
      continue;
    }
    if (auto const fault = contradictory_sheet(document->root())) {
      unusable.push_back(fault->message);
      continue;
    }
    bool matched = false;
    std::string patterns;
    for (auto const& pattern : document->root().at("type_numbers").items()) {
      matched = matched || fits_type_number(pattern.text(), type_number);
      patterns += (patterns.empty() ? "" : " ") + pattern.text();
    }
    auto const sheet = data_sheet_of(document->root());
    existing.push_back(file.stem().string() + " (" + sheet_key(sheet) + ": " + patterns + ")");
    if (matched && sheet == data_sheet) {
      matching.push_back(file);
    }
  }
  if (matching.size() != 1) {
    return refused(ScenarioError::Kind::invalid,
                   folder.string() + ": " + (matching.empty() ? "no model" : "more than one model") +
                       " for the type number " + type_number + " and the data sheet " +
                       sheet_key(data_sheet) + "; there are: " + listed(existing) +
                       (unusable.empty() ? "" : "; not usable: " + listed(unusable)));
  }
  auto model = load_meter_model(matching.front());
  if (model) {
    for (auto const& fault : unusable) {
      model->warnings.push_back("left out: " + fault);
    }
  }
  return model;
}

ScenarioResult<std::vector<std::filesystem::path>> model_files(std::filesystem::path const& models) {
  auto meters = json_files(models / "meter");
  auto const transformers = json_files(models / "ct");
  auto const displays = json_files(models / "display");
  auto const tables = json_files(models / "tariff");
  auto const calendars = json_files(models / "calendar");
  auto const nameplates = json_files(models / "nameplate");
  if (!meters && !transformers && !displays) {
    return meters;
  }
  std::vector<std::filesystem::path> files;
  for (auto const* found :
       {&std::as_const(meters), &transformers, &displays, &tables, &calendars, &nameplates}) {
    if (*found) {
      files.insert(files.end(), (*found)->begin(), (*found)->end());
    }
  }
  return files;
}

ScenarioResult<ExternalCt> find_external_ct(std::filesystem::path const& models, std::string const& name) {
  auto const folder = models / "ct";
  auto const files = json_files(folder);
  if (!files) {
    return tl::unexpected{files.error()};
  }
  std::vector<std::string> existing;
  for (auto const& file : *files) {
    existing.push_back(file.stem().string());
  }
  if (std::find(existing.begin(), existing.end(), name) == existing.end()) {
    auto const near = nearest_name(name, existing);
    return refused(ScenarioError::Kind::invalid,
                   folder.string() + ": no model \"" + name + "\"" +
                       (near.empty() ? "" : ", did you mean \"" + near + "\"?") +
                       "; there are: " + listed(existing));
  }
  auto const document = Document::load(folder / (name + ".json"), DocumentKind::ct_model);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  if (auto fault = wrong_name(*document)) {
    return tl::unexpected{*fault};
  }
  return external_ct_of(document->root());
}

}  // namespace blondel
