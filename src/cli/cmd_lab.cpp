#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/command.hpp"
#include "ports/stop_signal.hpp"
#include "scenario/lab_meter.hpp"
#include "scenario/output_file.hpp"

namespace blondel {

namespace {

struct LabArguments {
  std::string type_number;
  std::string models{"models"};
  std::string output{"results"};
  std::string bench{"accredited"};
  std::uint64_t seed{1};
  bool json{};
  bool quiet{};
};

struct LabBench {
  LabIdentity identity;
  TypeNumber type;
  std::optional<Bench> bench;
};

ScenarioResult<LabBench> mounted(LabArguments const& arguments) {
  LabBench lab;
  auto const config = lab_meter(arguments.models, arguments.type_number, arguments.seed, lab.identity);
  if (!config) {
    return tl::unexpected{config.error()};
  }
  lab.identity.version = BLONDEL_VERSION;
  lab.identity.ideal_bench = arguments.bench == "ideal";
  lab.type = config->meter.type;
  auto bench = Bench::mount(*config, {.ideal = lab.identity.ideal_bench, .seed = arguments.seed});
  if (!bench) {
    return tl::unexpected{
        ScenarioError{ScenarioError::Kind::runtime, "the meter does not start on the bench"}};
  }
  lab.bench = std::move(*bench);
  return lab;
}

ScenarioResult<void> write_text(std::filesystem::path const& path, std::string const& text) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  auto file = OutputFile::create(path);
  if (!file) {
    return tl::unexpected{file.error()};
  }
  if (auto written = file->write(text); !written) {
    return written;
  }
  return file->close();
}

/// Writes the files and names them. @return the exit code so far
int write_all(std::vector<std::pair<std::filesystem::path, std::string>> const& files, bool quiet) {
  for (auto const& [path, text] : files) {
    if (auto const written = write_text(path, text); !written) {
      return complain(written.error());
    }
    if (!quiet) {
      say("  " + path.string());
    }
  }
  return to_int(ExitCode::ok);
}

int type_test(LabArguments const& arguments) {
  auto lab = mounted(arguments);
  if (!lab) {
    return complain(lab.error());
  }
  auto const plan = type_test_plan(lab->type);
  StopSignal stop;
  auto const results = run_type_test(*lab->bench, plan, [&](std::size_t) { return !stop.poll(); });
  auto const table = type_test_table(results);
  std::filesystem::path const folder{arguments.output};
  auto const written =
      write_all({{folder / "type_test.html", to_html(type_test_report(lab->identity, plan, results))},
                 {folder / "type_test.csv", csv_text(table)},
                 {folder / "type_test.json", json_text(table)}},
                arguments.quiet);
  if (written != to_int(ExitCode::ok)) {
    return written;
  }
  std::size_t failed = 0;
  for (auto const& result : results) {
    if (result.verdict == TestVerdict::fail) {
      ++failed;
      say("outside the limits: " + result.point.standard + ", " + result.point.clause + ": " +
          text_of(result.point));
    }
  }
  put(arguments.json
          ? json_text(table) + '\n'
          : plan.title + ": " + std::to_string(results.size()) + " of " + std::to_string(plan.points.size()) +
                " lines measured, " + std::to_string(failed) + " outside the limits\n");
  bool const is_whole = results.size() == plan.points.size();
  return !is_whole ? 130 : to_int(failed == 0 ? ExitCode::ok : ExitCode::expectation);
}

int curve(LabArguments const& arguments) {
  auto lab = mounted(arguments);
  if (!lab) {
    return complain(lab.error());
  }
  std::filesystem::path const folder{arguments.output};
  std::vector<std::pair<std::filesystem::path, std::string>> files;
  auto const add = [&](std::string const& name, Chart const& chart) {
    files.emplace_back(folder / (name + ".svg"), to_svg(chart));
    files.emplace_back(folder / (name + ".csv"), csv_text(table_of(chart)));
  };
  add("load", load_curve(*lab->bench, lab->type, lab->identity));
  add("temperature", influence_curve(*lab->bench, lab->type, CurveQuantity::temperature, lab->identity));
  add("voltage", influence_curve(*lab->bench, lab->type, CurveQuantity::voltage, lab->identity));
  add("frequency", influence_curve(*lab->bench, lab->type, CurveQuantity::frequency, lab->identity));
  auto const written = write_all(files, arguments.quiet);
  if (written == to_int(ExitCode::ok)) {
    put(std::to_string(files.size() / 2) + " accuracy charts of " + lab->identity.type_number + " in " +
        folder.string() + '\n');
  }
  return written;
}

void add_options(CLI::App& app, LabArguments& arguments) {
  app.add_option("TYPE", arguments.type_number, "Type number of the meter, for example 685-35-CC4-53-010")
      ->required();
  app.add_option("--models", arguments.models, "Folder of the model files")->capture_default_str();
  app.add_option("--out", arguments.output, "Folder of the results")->capture_default_str();
  app.add_option("--seed", arguments.seed, "Seed of the meter's noise and of the bench")
      ->capture_default_str();
  app.add_option("--bench", arguments.bench, "accredited: 0.08 / 0.13 %, k = 2; ideal: no uncertainty")
      ->check(CLI::IsMember({"accredited", "ideal"}))
      ->capture_default_str();
  app.add_flag("--quiet", arguments.quiet, "Say nothing of the files written");
}

}  // namespace

Subcommand add_lab(CLI::App& program) {
  auto const arguments = std::make_shared<LabArguments>();
  auto* app = add_subcommand(program, "lab", "Measure a meter on the virtual test bench",
                             "blondel lab type-test 685-35-CC4-53-010");
  app->require_subcommand(1);
  auto* test = app->add_subcommand("type-test", "Every line of the standards' tables that can be simulated");
  add_options(*test, *arguments);
  test->add_flag("--json", arguments->json, "The lines as JSON on standard output");
  auto* curves = app->add_subcommand("curve", "The accuracy charts of the data sheet, as SVG and CSV");
  add_options(*curves, *arguments);
  return {app, [arguments, test] { return test->parsed() ? type_test(*arguments) : curve(*arguments); }};
}

}  // namespace blondel
