#include <blondel/scenario/scenario.hpp>

#include <algorithm>
#include <memory>

#include "cli/command.hpp"
#include "ports/log.hpp"
#include "scenario/calendars.hpp"
#include "scenario/document.hpp"
#include "scenario/local_time.hpp"
#include "scenario/models.hpp"
#include "scenario/nameplates.hpp"
#include "scenario/run_lines.hpp"
#include "scenario/scenario_data.hpp"
#include "scenario/tariff_tables.hpp"

namespace blondel {

namespace {

struct CheckArguments {
  std::string file;
  std::string models{"models"};
  bool json{};
  bool nameplate{};
};

/// A file in one of the folders of models is a model of that kind; all else is a scenario.
DocumentKind kind_of(std::filesystem::path const& file) {
  auto const folder = std::filesystem::absolute(file).lexically_normal().parent_path().filename();
  if (folder == "meter") {
    return DocumentKind::meter_model;
  }
  if (folder == "display") {
    return DocumentKind::display_model;
  }
  if (folder == "tariff") {
    return DocumentKind::tariff_table;
  }
  if (folder == "calendar") {
    return DocumentKind::calendar;
  }
  if (folder == "nameplate") {
    return DocumentKind::nameplate;
  }
  return folder == "ct" ? DocumentKind::ct_model : DocumentKind::scenario;
}

/// A folder that holds models and no scenario: all its models are checked.
bool is_models_folder(std::filesystem::path const& path) {
  std::error_code unknown;
  return std::filesystem::is_directory(path, unknown) &&
         !std::filesystem::exists(path / "scenario.json", unknown) &&
         (std::filesystem::is_directory(path / "meter", unknown) ||
          std::filesystem::is_directory(path / "display", unknown) ||
          std::filesystem::is_directory(path / "ct", unknown));
}

/// What one file turned out to be.
struct Checked {
  std::string kind;
  std::string name;
  std::vector<std::string> warnings;
  std::vector<NameplateLine> nameplate;
};

template<class T>
ScenarioResult<Checked> as_checked(ScenarioResult<T> const& model, std::string kind) {
  if (!model) {
    return tl::unexpected{model.error()};
  }
  return Checked{std::move(kind), model->name, {}, {}};
}

/// What the meter was ordered as, then what its sheet states.
ScenarioResult<std::vector<NameplateLine>> nameplate_of(Scenario const& scenario, std::string const& models) {
  auto const& meter = scenario.twin.meter;
  std::string const type_number{meter.type.text.begin(), meter.type.text.end()};
  auto sheet = load_nameplate(models, type_number, meter.data_sheet);
  if (!sheet) {
    return sheet;
  }
  std::string const from = "the scenario";
  std::vector<NameplateLine> lines{
      {"type number", type_number, {}, from},
      {"serial number", std::to_string(scenario.twin.nameplate.serial_number), {}, from}};
  for (auto const& [what, value] : head_lines(scenario, {})) {
    if (what == "configuration") {
      lines.push_back({what, value, {}, from});
    }
  }
  lines.insert(lines.end(), sheet->begin(), sheet->end());
  return lines;
}

ScenarioResult<Checked> check_scenario(std::filesystem::path const& file, CheckArguments const& arguments) {
  RunOptions options;
  options.models = arguments.models;
  auto const scenario = load_scenario(file, options);
  if (!scenario) {
    return tl::unexpected{scenario.error()};
  }
  Checked checked{"scenario", (*scenario)->name, (*scenario)->warnings, {}};
  if (arguments.nameplate) {
    auto nameplate = nameplate_of(**scenario, arguments.models);
    if (!nameplate) {
      return tl::unexpected{nameplate.error()};
    }
    checked.nameplate = std::move(*nameplate);
  }
  if (auto const which = repeated_text((*scenario)->zone, (*scenario)->start_local)) {
    checked.warnings.push_back(*which);
  }
  return checked;
}

ScenarioResult<Checked> check_file(std::filesystem::path const& file, CheckArguments const& arguments) {
  switch (kind_of(file)) {
    case DocumentKind::meter_model:
      return as_checked(load_meter_model(file), "meter model");
    case DocumentKind::ct_model:
      // By name in a folder: models/ct/NAME.json belongs to the models folder two levels up.
      return as_checked(
          find_external_ct(std::filesystem::absolute(file).parent_path().parent_path(), file.stem().string()),
          "ct model");
    case DocumentKind::display_model:
      return as_checked(load_display_model(file), "display model");
    case DocumentKind::tariff_table:
      return as_checked(load_tariff_model(file), "tariff table");
    case DocumentKind::calendar:
      return as_checked(load_calendar(file), "calendar");
    case DocumentKind::nameplate:
      return as_checked(load_sheet_lines(file), "nameplate");
    case DocumentKind::scenario:
      break;
  }
  return check_scenario(file, arguments);
}

std::string nameplate_json(std::vector<NameplateLine> const& lines) {
  std::string text;
  for (auto const& line : lines) {
    text += (text.empty() ? "" : ",") + ("{\"what\":" + json_quoted(line.what)) +
            ",\"value\":" + json_quoted(line.value) + ",\"source\":" + json_quoted(line.source) + "}";
  }
  return ",\"nameplate\":[" + text + "]";
}

/// Checks one file and says what came of it. @return the exit code
int check_and_tell(std::filesystem::path const& file, CheckArguments const& arguments) {
  auto const checked = check_file(file, arguments);
  if (checked) {
    say_warnings(checked->warnings);
  }
  if (arguments.json) {
    put(checked ? "{\"valid\":true,\"kind\":" + json_quoted(checked->kind) +
                      ",\"name\":" + json_quoted(checked->name) +
                      (arguments.nameplate ? nameplate_json(checked->nameplate) : "") + "}\n"
                : "{\"valid\":false,\"message\":" + json_quoted(checked.error().message) + "}\n");
    return to_int(checked ? ExitCode::ok : exit_code_of(checked.error().kind));
  }
  if (!checked) {
    return complain(checked.error());
  }
  put(file.string() + ": valid " + checked->kind + " " + checked->name + '\n');
  for (auto const& line : checked->nameplate) {
    put(line.what + ": " + line.value + '\n');
  }
  return to_int(ExitCode::ok);
}

int check(CheckArguments const& arguments) {
  if (!is_models_folder(arguments.file)) {
    return check_and_tell(arguments.file, arguments);
  }
  auto const files = model_files(arguments.file);
  if (!files) {
    return complain(files.error());
  }
  int worst = to_int(ExitCode::ok);
  for (auto const& file : *files) {
    worst = std::max(worst, check_and_tell(file, arguments));
  }
  return worst;
}

}  // namespace

Subcommand add_check(CLI::App& program) {
  auto const arguments = std::make_shared<CheckArguments>();
  auto* app = add_subcommand(program, "check", "Validate a scenario or models without running anything",
                             "blondel check scenarios/first_kilowatt_hour");
  app->add_option("FILE", arguments->file, "A scenario, a file in a folder of models, or a folder of models")
      ->required();
  app->add_option("--models", arguments->models, "Folder of the model files")->capture_default_str();
  app->add_flag("--nameplate", arguments->nameplate,
                "What a scenario's meter was ordered as, and what its data sheet states");
  app->add_flag("--json", arguments->json, "The outcome as JSON, a line for each file");
  return {app, [arguments] { return check(*arguments); }};
}

}  // namespace blondel
