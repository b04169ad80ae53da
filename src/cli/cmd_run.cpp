#include <blondel/ports/port_server.hpp>
#include <blondel/scenario/scenario.hpp>
#include <report/summary.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "ports/stop_signal.hpp"

namespace blondel {

namespace {

/// Fixed, so that how a run is cut into steps never depends on the host. Short enough for Ctrl-C and the bar.
constexpr SimDuration step_length = SimDuration::seconds(60);

struct RunArguments {
  std::string scenario;
  std::string out;
  std::optional<std::uint64_t> seed;
  std::string models{"models"};
  std::string snapshot, until, resume;
  bool fork{};
  bool quiet{};
  bool verbose{};
  bool json{};
};

std::filesystem::path default_results(std::filesystem::path const& scenario) {
  auto const whole = scenario.lexically_normal();
  bool const is_document = whole.extension() == ".json";
  auto name = is_document && whole.filename() != "scenario.json" ? whole.stem()
              : is_document                                      ? whole.parent_path().filename()
              : whole.has_filename()                             ? whole.filename()
                                                                 : whole.parent_path().filename();
  return std::filesystem::path{"results"} / (name.empty() ? std::filesystem::path{"scenario"} : name);
}

struct RunEnd {
  RunSummary summary;
  std::optional<int> signal;
  double elapsed_s{};
  double speed{};
};

/// summary.json, and what only this run of the program knows.
nlohmann::ordered_json to_json(RunEnd const& end) {
  auto const& summary = end.summary;
  auto out = nlohmann::ordered_json::parse(summary.json);
  out["passed"] = summary.passed();
  out["files"] = nlohmann::ordered_json::array();
  for (auto const& file : summary.files) {
    out["files"].push_back(file.string());
  }
  out["last_line"] = summary.last_line;
  out["elapsed_s"] = end.elapsed_s;
  out["times_real_time"] = end.speed;
  return out;
}

void print(RunEnd const& end, RunArguments const& arguments) {
  auto const& summary = end.summary;
  if (arguments.json) {
    put(to_json(end).dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n');
    return;
  }
  for (auto const& outcome : summary.expectations) {
    if (!outcome.passed) {
      say("failed: " + outcome.what + ": expected " + outcome.expected + ", found " + outcome.found);
    }
  }
  if (!arguments.quiet) {
    auto const kept = summary.interrupted ? "interrupted after " : "";
    say(kept + clock_text(summary.simulated) + " simulated, " + speed_text(end.speed) +
        " x real time; results " + (summary.interrupted ? "kept" : "written") + ":");
    for (auto const& file : summary.files) {
      say("  " + file.string());
    }
  }
  put(summary.last_line + '\n');
}

/// Steps to the end, to an instant before it or to a signal. @return the signal, if one came
ScenarioResult<std::optional<int>> step_to_end(ScenarioRun& run, SimTime until, Progress& progress) {
  StopSignal stop;
  auto const end = std::min(run.end(), until);
  while (run.now() < end) {
    if (auto const signal = stop.poll()) {
      return signal;
    }
    if (auto stepped = run.step(std::min(run.now() + step_length, end)); !stepped) {
      return tl::unexpected{std::move(stepped.error())};
    }
    progress.update(run.now());
  }
  return std::optional<int>{};
}

/// What was measured before an error is kept: the files are finished as after an interruption.
int give_up(ScenarioRun& run, ScenarioError const& error) {
  auto const finished = run.finish(true);
  auto const code = complain(error);
  if (!finished && finished.error().message != error.message) {
    complain(finished.error());
  }
  say_kept(run, "kept");
  return code;
}

/// Writes the snapshot in the place of the results' end. @return the exit code
int save_run(ScenarioRun& run, RunArguments const& arguments, std::optional<int> signal) {
  if (auto const saved = run.save(arguments.snapshot); !saved) {
    return give_up(run, saved.error());
  }
  if (!arguments.quiet && !arguments.json) {
    say_kept(run, "kept");
    say("goes on with: blondel run " + arguments.scenario + " --resume " + arguments.snapshot);
  }
  if (arguments.json) {
    nlohmann::ordered_json out;
    out["snapshot"] = arguments.snapshot;
    out["simulated_s"] = static_cast<double>(run.now().ns()) / ns_per_s;
    put(out.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n');
  } else {
    put("saved " + arguments.snapshot + " at " + clock_text(run.now()) + '\n');
  }
  return signal ? exit_code_of_signal(*signal) : to_int(ExitCode::ok);
}

RunOptions options_of(RunArguments const& arguments) {
  RunOptions options;
  options.models = arguments.models;
  options.seed = arguments.seed;
  options.output =
      arguments.out.empty() ? default_results(arguments.scenario) : std::filesystem::path{arguments.out};
  if (arguments.verbose) {
    options.on_transcript = [](std::string const& line) { say(line); };
  }
  if (!arguments.resume.empty()) {
    options.resume = arguments.resume;
  }
  options.fork = arguments.fork;
  options.is_saved = !arguments.snapshot.empty();
  return options;
}

int run_scenario(RunArguments const& arguments) {
  auto until = SimTime::never();
  if (!arguments.until.empty()) {
    auto const span = parse_duration(arguments.until);
    if (!span) {
      return complain(ExitCode::usage, "run: --until: " + span.error().message);
    }
    until = SimTime{} + *span;
  }
  auto options = options_of(arguments);
  std::optional<Progress> progress;
  if (!arguments.quiet) {
    options.on_warning = [&progress](std::string const& warning) {
      progress->finish();  // a line of its own, beside the bar
      say_warnings({warning});
    };
  }
  auto const scenario = load_scenario(arguments.scenario, options);
  if (!scenario) {
    return complain(scenario.error());
  }
  auto const run = ScenarioRun::create(*scenario, options);
  if (!run) {
    return complain(run.error());
  }
  if (!arguments.quiet) {
    say_warnings((*run)->warnings());
  }
  progress.emplace((*run)->end(), arguments.quiet || arguments.json);
  auto const signal = step_to_end(**run, until, *progress);
  RunEnd end;
  end.elapsed_s = progress->elapsed_s();
  end.speed = progress->speed((*run)->now());
  progress->finish();
  if (!signal) {
    return give_up(**run, signal.error());
  }
  if (options.is_saved && (*run)->now() < (*run)->end()) {
    return save_run(**run, arguments, *signal);
  }
  auto summary = (*run)->finish(signal->has_value());
  if (!summary) {
    auto const code = complain(summary.error());
    say_kept(**run, "kept");
    return code;
  }
  end.summary = std::move(*summary);
  end.signal = *signal;
  print(end, arguments);
  if (end.signal) {
    return exit_code_of_signal(*end.signal);
  }
  return to_int(end.summary.passed() ? ExitCode::ok : ExitCode::expectation);
}

}  // namespace

Subcommand add_run(CLI::App& program) {
  auto const arguments = std::make_shared<RunArguments>();
  auto* app = add_subcommand(program, "run", "Run a scenario without ports and write its results",
                             "blondel run scenarios/first_kilowatt_hour --out results/first");
  app->add_option("SCENARIO", arguments->scenario, "Directory with scenario.json, or a file")->required();
  app->add_option("--out", arguments->out, "Where results go")->default_str("results/<name>");
  app->add_option("--seed", arguments->seed, "Instead of the document's seed")
      ->transform(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
  app->add_option("--models", arguments->models, "Folder of the model files")->capture_default_str();
  auto* const snapshot =
      app->add_option("--snapshot", arguments->snapshot,
                      "Save to FILE when stopped, at --until or by Ctrl-C, to go on later");
  app->add_option("--until", arguments->until, "Stop at this time of the scenario: 90s, 15min, 12h")
      ->needs(snapshot);
  auto* const resume = app->add_option("--resume", arguments->resume, "Go on from a saved FILE");
  app->add_flag("--fork", arguments->fork, "With --resume: the scenario may have changed since")
      ->needs(resume);
  app->add_flag("--quiet,-q", arguments->quiet, "No progress, only the last line of the transcript");
  app->add_flag("--verbose,-v", arguments->verbose, "Each line of the transcript on stderr as it comes");
  app->add_flag("--json", arguments->json, "summary.json on stdout, with files, last line and speed");
  return {app, [arguments] { return run_scenario(*arguments); }};
}

}  // namespace blondel
