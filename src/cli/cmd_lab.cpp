#include <memory>

#include "cli/command.hpp"
#include "cli/lab_verbs.hpp"

namespace blondel {

namespace {

enum class BenchChoice : std::uint8_t { measuring, calibrating, none };

void add_options(CLI::App& app, LabArguments& arguments, BenchChoice bench) {
  app.add_option("--models", arguments.models, "Folder of the model files")->capture_default_str();
  app.add_option("--data-sheet", arguments.data_sheet,
                 "Edition whose model is measured: en has voltage dividers, ru voltage transformers")
      ->check(one_of({"en", "ru"}))
      ->capture_default_str();
  app.add_option("--out", arguments.output, "Folder of the results")->default_str("results/lab_<type>");
  app.add_option("--seed", arguments.seed, "Seed of noise, bench and lot")
      ->check(whole_number(0, UINT64_MAX))
      ->capture_default_str();
  if (bench != BenchChoice::none) {
    app.add_option("--bench", arguments.bench,
                   bench == BenchChoice::measuring
                       ? "accredited: 0.08 / 0.13 %, k = 2; ideal: no uncertainty"
                       : "accredited: calibration leaves 0.02 % and 0.1 mrad (1 sigma); ideal: nothing")
        ->check(one_of({"accredited", "ideal"}))
        ->capture_default_str();
  }
  app.add_flag("--quiet", arguments.quiet, "Say nothing of the files written");
}

void add_type(CLI::App& app, LabArguments& arguments, bool several) {
  auto* type = app.add_option("TYPE", arguments.type_numbers,
                              several ? "Type numbers of the meters; several share each chart"
                                      : "Type number of the meter, for example 685-35-CC4-53-010");
  type->required()->expected(1, several ? 4 : 1);
}

void add_jobs(CLI::App& app, LabArguments& arguments) {
  app.add_option("--jobs", arguments.jobs,
                 "Threads; the results are the same for any number; 0: all of the machine")
      ->check(whole_number(0, 256))
      ->capture_default_str();
}

void add_json(CLI::App& app, LabArguments& arguments) {
  app.add_flag("--json", arguments.json, "The lines as JSON on standard output");
}

}  // namespace

Subcommand add_lab(CLI::App& program) {
  auto const arguments = std::make_shared<LabArguments>();
  auto* app = add_subcommand(program, "lab", "Measure meters on the virtual test bench",
                             "blondel lab type-test 685-35-CC4-53-010");
  app->require_subcommand(1);
  auto* test = add_subcommand(*app, "type-test", "Every line of the standards' tables that can be simulated",
                              "blondel lab type-test 685-35-CC4-53-010 --bench ideal");
  add_type(*test, *arguments, false);
  add_options(*test, *arguments, BenchChoice::measuring);
  add_jobs(*test, *arguments);
  add_json(*test, *arguments);
  auto* curve = add_subcommand(*app, "curve", "The accuracy charts of the data sheet, as SVG and CSV",
                               "blondel lab curve 685-35-CC4-53-010 685-35-BC4-53-010");
  add_type(*curve, *arguments, true);
  add_options(*curve, *arguments, BenchChoice::measuring);
  add_jobs(*curve, *arguments);
  add_json(*curve, *arguments);
  auto* lot = add_subcommand(*app, "lot", "The spread of a production: drawn, calibrated and measured meters",
                             "blondel lab lot 685-35-CC4-53-010 -n 40 --seed 2");
  add_type(*lot, *arguments, false);
  lot->add_option("-n,--meters", arguments->meters, "Meters of the lot")
      ->check(whole_number(2, 100'000))
      ->capture_default_str();
  add_options(*lot, *arguments, BenchChoice::calibrating);
  add_jobs(*lot, *arguments);
  add_json(*lot, *arguments);
  auto* sensitivity =
      add_subcommand(*app, "sensitivity", "The error's answer to each part, measured and in closed form",
                     "blondel lab sensitivity 685-35-CC4-53-010");
  add_type(*sensitivity, *arguments, false);
  add_options(*sensitivity, *arguments, BenchChoice::none);
  add_jobs(*sensitivity, *arguments);
  add_json(*sensitivity, *arguments);
  auto* calibrate =
      add_subcommand(*app, "calibrate", "A meter with nominal constants calibrated by its pulses",
                     "blondel lab calibrate 685-35-CC4-53-010 --bench-uncertainty");
  add_type(*calibrate, *arguments, false);
  calibrate->add_flag("--bench-uncertainty", arguments->bench_uncertainty,
                      "The bench errs: 0.02 % of gain, 0.1 mrad of phase (1 sigma, each phase)");
  add_options(*calibrate, *arguments, BenchChoice::none);
  add_json(*calibrate, *arguments);
  return {app, [arguments, test, curve, lot, sensitivity] {
            return test->parsed()          ? lab_type_test(*arguments)
                   : curve->parsed()       ? lab_curve(*arguments)
                   : lot->parsed()         ? lab_lot(*arguments)
                   : sensitivity->parsed() ? lab_sensitivity(*arguments)
                                           : lab_calibrate(*arguments);
          }};
}

}  // namespace blondel
