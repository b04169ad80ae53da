#include <blondel/scenario/scenario.hpp>

#include <memory>

#include "cli/command.hpp"
#include "ports/log.hpp"
#include "scenario/document.hpp"
#include "scenario/local_time.hpp"
#include "scenario/models.hpp"
#include "scenario/scenario_data.hpp"

namespace blondel {

namespace {

struct CheckArguments {
  std::string file;
  std::string models{"models"};
  bool json{};
};

/// A file in models/meter or models/ct is a model of that kind; everything else is a scenario.
enum class CheckKind : std::uint8_t { scenario, meter_model, ct_model };

CheckKind kind_of(std::filesystem::path const& file) {
  auto const folder = std::filesystem::absolute(file).lexically_normal().parent_path().filename();
  if (folder == "meter") {
    return CheckKind::meter_model;
  }
  return folder == "ct" ? CheckKind::ct_model : CheckKind::scenario;
}

struct Checked {
  std::string kind;
  std::string name;
};

template<class T>
ScenarioResult<Checked> as_checked(ScenarioResult<T> const& model, std::string kind) {
  if (!model) {
    return tl::unexpected{model.error()};
  }
  return Checked{std::move(kind), model->name};
}

ScenarioResult<Checked> check_file(CheckArguments const& arguments) {
  std::filesystem::path const file{arguments.file};
  switch (kind_of(file)) {
    case CheckKind::meter_model:
      return as_checked(load_meter_model(file), "meter model");
    case CheckKind::ct_model:
      // By name in a folder: models/ct/NAME.json belongs to the models folder two levels up.
      return as_checked(
          find_external_ct(std::filesystem::absolute(file).parent_path().parent_path(), file.stem().string()),
          "ct model");
    case CheckKind::scenario:
      break;
  }
  RunOptions options;
  options.models = arguments.models;
  auto const scenario = load_scenario(file, options);
  if (!scenario) {
    return tl::unexpected{scenario.error()};
  }
  say_warnings((*scenario)->warnings);
  if (auto const which = repeated_text((*scenario)->zone, (*scenario)->start_local)) {
    say_warnings({*which});
  }
  return Checked{"scenario", (*scenario)->name};
}

int check(CheckArguments const& arguments) {
  auto const checked = check_file(arguments);
  if (arguments.json) {
    put(checked ? "{\"valid\":true,\"kind\":" + json_quoted(checked->kind) +
                      ",\"name\":" + json_quoted(checked->name) + "}\n"
                : "{\"valid\":false,\"message\":" + json_quoted(checked.error().message) + "}\n");
    return to_int(checked ? ExitCode::ok : exit_code_of(checked.error().kind));
  }
  if (!checked) {
    return complain(checked.error());
  }
  put(arguments.file + ": valid " + checked->kind + " " + checked->name + '\n');
  return to_int(ExitCode::ok);
}

}  // namespace

Subcommand add_check(CLI::App& program) {
  auto const arguments = std::make_shared<CheckArguments>();
  auto* app = add_subcommand(program, "check", "Validate a scenario or a model file without running anything",
                             "blondel check scenarios/first_kilowatt_hour");
  app->add_option("FILE", arguments->file, "A scenario, or a file in models/meter or models/ct")->required();
  app->add_option("--models", arguments->models, "Folder of the model files")->capture_default_str();
  app->add_flag("--json", arguments->json, "The outcome as JSON");
  return {app, [arguments] { return check(*arguments); }};
}

}  // namespace blondel
