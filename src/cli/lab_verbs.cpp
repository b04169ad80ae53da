#include "cli/lab_verbs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "cli/command.hpp"
#include "ports/stop_signal.hpp"
#include "scenario/lab_bench_reports.hpp"
#include "scenario/lab_curves.hpp"
#include "scenario/lab_lot_report.hpp"
#include "scenario/lab_report.hpp"
#include "scenario/output_file.hpp"

namespace blondel {

namespace {

using Files = std::vector<std::pair<std::filesystem::path, std::string>>;

/// Asks between two measurements whether to go on, and remembers the signal.
class GoOn {
 public:
  [[nodiscard]] std::function<bool()> asked() {
    return [this] {
      signal_ = signal_ == 0 ? stop_.poll().value_or(0) : signal_;
      return signal_ == 0;
    };
  }
  /// The exit code of work that came to its end with `code`.
  [[nodiscard]] int code(int code) const { return signal_ == 0 ? code : exit_code_of_signal(signal_); }
  [[nodiscard]] bool is_stopped() const { return signal_ != 0; }

 private:
  StopSignal stop_;
  int signal_{};
};

ScenarioResult<LabMeter> meter_of(LabArguments const& arguments, std::string const& type_number) {
  auto const sheet = arguments.data_sheet == "ru" ? DataSheet::russian : DataSheet::english;
  auto meter = lab_meter(arguments.models, type_number, sheet, arguments.seed);
  if (meter) {
    meter->identity.version = BLONDEL_VERSION;
    meter->identity.ideal_bench = arguments.bench == "ideal";
  }
  return meter;
}

ScenarioError not_started(std::string const& type_number) {
  return {ScenarioError::Kind::runtime, type_number + ": the meter does not start on the bench"};
}

ScenarioResult<CurveMeter> mounted(LabArguments const& arguments, std::string const& type_number) {
  auto const meter = meter_of(arguments, type_number);
  if (!meter) {
    return tl::unexpected{meter.error()};
  }
  auto bench = Bench::mount(meter->twin, {.ideal = meter->identity.ideal_bench, .seed = arguments.seed});
  if (!bench) {
    return tl::unexpected{not_started(type_number)};
  }
  return CurveMeter{std::move(*bench), meter->twin.meter.type, meter->identity};
}

/// Where the results go, made before the work: a place that cannot be written is told at once.
ScenarioResult<std::filesystem::path> made_folder(LabArguments const& arguments) {
  std::filesystem::path folder{arguments.output};
  if (folder.empty()) {
    std::string name = "lab_";
    for (char const c : arguments.type_numbers.front()) {
      name += c == '-' || c == ' ' ? "" : std::string{c};
    }
    folder = std::filesystem::path{"results"} / (name + (arguments.data_sheet == "ru" ? "_ru" : ""));
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return tl::unexpected{
        ScenarioError{ScenarioError::Kind::runtime, folder.string() + ": " + error.message()}};
  }
  return folder;
}

ScenarioResult<void> write_text(std::filesystem::path const& path, std::string const& text) {
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
int write_all(Files const& files, bool quiet) {
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

/// The same, then what the work says for itself.
int finish(Files const& files, LabArguments const& arguments, std::string const& words, GoOn const& go_on,
           ExitCode verdict) {
  auto const written = write_all(files, arguments.quiet);
  if (written != to_int(ExitCode::ok)) {
    return written;
  }
  put(words);
  return go_on.code(to_int(verdict));
}

int stopped_early(GoOn const& go_on, char const* event) {
  say(std::string{"blondel: stopped before "} + event);
  return go_on.code(to_int(ExitCode::runtime));
}

}  // namespace

int lab_type_test(LabArguments const& arguments) {
  auto lab = mounted(arguments, arguments.type_numbers.front());
  if (!lab) {
    return complain(lab.error());
  }
  auto const plan = type_test_plan(lab->type);
  auto const folder = made_folder(arguments);
  if (!folder) {
    return complain(folder.error());
  }
  GoOn go_on;
  auto const results = run_type_test(lab->bench, plan, arguments.jobs, go_on.asked());
  auto const table = type_test_table(results);
  std::size_t failed = 0;
  for (auto const& result : results) {
    if (result.verdict == TestVerdict::fail) {
      ++failed;
      say("outside the limits: " + result.point.standard + ", " + result.point.clause + ": " +
          text_of(result.point));
    }
  }
  auto const words = plan.title + ": " + std::to_string(results.size()) + " of " +
                     std::to_string(plan.points.size()) + " lines measured, " + std::to_string(failed) +
                     " outside the limits\n";
  return finish({{*folder / "type_test.html", to_html(type_test_report(lab->identity, plan, results))},
                 {*folder / "type_test.csv", csv_text(table)},
                 {*folder / "type_test.json", json_text(table)}},
                arguments, arguments.json ? json_text(table) + '\n' : words, go_on,
                failed == 0 ? ExitCode::ok : ExitCode::expectation);
}

int lab_curve(LabArguments const& arguments) {
  std::vector<CurveMeter> meters;
  for (auto const& type_number : arguments.type_numbers) {
    auto meter = mounted(arguments, type_number);
    if (!meter) {
      return complain(meter.error());
    }
    meters.push_back(std::move(*meter));
  }
  auto const folder = made_folder(arguments);
  if (!folder) {
    return complain(folder.error());
  }
  GoOn go_on;
  Files files;
  constexpr std::array charts{
      std::pair{"load", CurveQuantity::current}, std::pair{"temperature", CurveQuantity::temperature},
      std::pair{"voltage", CurveQuantity::voltage}, std::pair{"frequency", CurveQuantity::frequency}};
  for (auto const& [name, quantity] : charts) {
    for (auto& meter : meters) {
      measure_curve(meter, quantity, arguments.jobs, go_on.asked());
    }
    if (go_on.is_stopped()) {
      break;
    }
    auto const chart = accuracy_chart(meters, quantity);
    files.emplace_back(*folder / (std::string{name} + ".svg"), to_svg(chart));
    files.emplace_back(*folder / (std::string{name} + ".csv"), csv_text(table_of(chart)));
  }
  auto const words = std::to_string(files.size() / 2) + " accuracy charts in " + folder->string() + '\n';
  return finish(files, arguments, words, go_on, ExitCode::ok);
}

int lab_lot(LabArguments const& arguments) {
  auto const& type_number = arguments.type_numbers.front();
  auto const meter = meter_of(arguments, type_number);
  if (!meter) {
    return complain(meter.error());
  }
  if (!meter->lot) {
    return complain(ScenarioError{ScenarioError::Kind::invalid,
                                  "the model " + meter->identity.model +
                                      " has no lot; allowed: a model that says how its meters differ"});
  }
  auto const folder = made_folder(arguments);
  if (!folder) {
    return complain(folder.error());
  }
  GoOn go_on;
  auto const lot = run_lot(meter->twin, *meter->lot,
                           {.meters = arguments.meters,
                            .seed = arguments.seed,
                            .ideal_calibration = meter->identity.ideal_bench,
                            .jobs = arguments.jobs},
                           go_on.asked());
  if (!lot) {
    return complain(not_started(type_number));
  }
  if (lot->members.empty()) {
    return stopped_early(go_on, "anything was measured");
  }
  auto const table = lot_table(*lot);
  Files files{{*folder / "lot.html", to_html(lot_report(*lot, meter->identity))},
              {*folder / "lot.csv", csv_text(table)},
              {*folder / "lot.json", json_text(table)},
              {*folder / "lot_meters.csv", csv_text(lot_members_table(*lot))}};
  for (auto const& [name, drawing] : lot_histograms(*lot, meter->identity)) {
    files.emplace_back(*folder / (name + ".svg"), to_svg(drawing));
  }
  bool const accepted = std::all_of(lot->members.begin(), lot->members.end(),
                                    [](auto const& member) { return !member.released || member.accepted; });
  return finish(files, arguments, arguments.json ? json_text(table) + '\n' : lot_text(*lot), go_on,
                accepted ? ExitCode::ok : ExitCode::expectation);
}

int lab_sensitivity(LabArguments const& arguments) {
  auto const& type_number = arguments.type_numbers.front();
  auto const meter = meter_of(arguments, type_number);
  if (!meter) {
    return complain(meter.error());
  }
  auto const folder = made_folder(arguments);
  if (!folder) {
    return complain(folder.error());
  }
  GoOn go_on;
  auto const lines = measure_sensitivity(meter->twin, arguments.jobs, go_on.asked());
  if (!lines) {
    return complain(not_started(type_number));
  }
  auto const table = sensitivity_table(*lines);
  std::size_t apart = 0;
  for (auto const& line : *lines) {
    if (!line.agrees) {
      ++apart;
      say("measured and closed form differ: " + line.part + ", " + text_of(line.point));
    }
  }
  auto const words = (go_on.is_stopped() ? "stopped: " : "") + std::to_string(lines->size()) +
                     " sensitivities, " + std::to_string(apart) +
                     " apart from the closed form by more than 1 % and 0.00005 %\n";
  return finish({{*folder / "sensitivity.html", to_html(sensitivity_report(*lines, meter->identity))},
                 {*folder / "sensitivity.csv", csv_text(table)},
                 {*folder / "sensitivity.json", json_text(table)}},
                arguments, arguments.json ? json_text(table) + '\n' : words, go_on,
                apart == 0 ? ExitCode::ok : ExitCode::expectation);
}

int lab_calibrate(LabArguments const& arguments) {
  auto const& type_number = arguments.type_numbers.front();
  auto const meter = meter_of(arguments, type_number);
  if (!meter) {
    return complain(meter.error());
  }
  auto const folder = made_folder(arguments);
  if (!folder) {
    return complain(folder.error());
  }
  GoOn go_on;
  auto const stoppable = calibrate_on_bench(
      meter->twin, {.uncertain = arguments.bench_uncertainty, .seed = arguments.seed}, go_on.asked());
  if (!stoppable) {
    return complain(not_started(type_number));
  }
  auto const& found = *stoppable;
  if (!found) {
    return stopped_early(go_on, "the meter was calibrated");
  }
  auto const table = calibration_table(*found);
  auto const report = calibration_report(*found, meter->identity, arguments.bench_uncertainty);
  return finish({{*folder / "calibration.html", to_html(report)},
                 {*folder / "calibration.csv", csv_text(table)},
                 {*folder / "calibration.json", json_text(table)}},
                arguments, arguments.json ? json_text(table) + '\n' : calibration_text(*found), go_on,
                ExitCode::ok);
}

}  // namespace blondel
