#include "cli/lab_verbs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include <nlohmann/json.hpp>

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

/// Writes the files and names them. @return the exit code so far
int write_all(Files const& files, bool quiet) {
  for (auto const& [path, text] : files) {
    if (auto const written = write_file(path, text); !written) {
      return complain(written.error());
    }
    if (!quiet) {
      say("  " + path.string());
    }
  }
  return to_int(ExitCode::ok);
}

/// The same, then what the work says for itself: `words`, or `json` when it was asked for.
int finish(Files const& files, LabArguments const& arguments, LabHead const& head, std::string const& words,
           std::string const& json, GoOn const& go_on) {
  auto const written = write_all(files, arguments.quiet);
  if (written != to_int(ExitCode::ok)) {
    return written;
  }
  put(arguments.json ? json : words);
  if (head.is_interrupted() && !arguments.json) {
    put(interruption_text(head) + '\n');
  }
  return go_on.code(to_int(head.inside_limits.value_or(true) ? ExitCode::ok : ExitCode::expectation));
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
  if (results.empty()) {
    return stopped_early(go_on, "anything was measured");
  }
  auto const head = type_test_head(lab->identity, plan, results);
  auto const table = type_test_table(results);
  auto const json = json_text(head, "lines", json_of(table));
  std::size_t failed = 0;
  std::size_t unjudged = 0;
  for (auto const& result : results) {
    if (result.verdict == TestVerdict::fail) {
      ++failed;
      say("outside the limits: " + result.point.standard + ", " + result.point.clause + ": " +
          text_of(result.point));
    }
    unjudged += result.verdict == TestVerdict::not_applicable ? 1U : 0U;
  }
  auto const words = plan.title + ": " + std::to_string(results.size()) + " of " +
                     std::to_string(plan.points.size()) + " lines measured, " + std::to_string(failed) +
                     " outside the limits, " + std::to_string(unjudged) + " whose limit does not apply\n";
  return finish({{*folder / "type_test.html", to_html(type_test_report(head, plan, results))},
                 {*folder / "type_test.csv", csv_text(head, table)},
                 {*folder / "type_test.json", json}},
                arguments, head, words, json, go_on);
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
  struct Drawn {
    char const* name;
    std::vector<Chart> charts;
  };
  std::vector<Drawn> drawn;
  constexpr std::array planned{
      std::pair{"load", CurveQuantity::current}, std::pair{"temperature", CurveQuantity::temperature},
      std::pair{"voltage", CurveQuantity::voltage}, std::pair{"frequency", CurveQuantity::frequency}};
  for (auto const& [name, quantity] : planned) {
    for (auto& meter : meters) {
      measure_curve(meter, quantity, arguments.jobs, go_on.asked());
    }
    if (go_on.is_stopped()) {
      break;
    }
    drawn.push_back({name, accuracy_charts(meters, quantity)});
  }
  if (drawn.empty()) {
    return stopped_early(go_on, "a chart was whole");
  }
  auto const head = curve_head(meters, drawn.size(), planned.size());
  Files files;
  nlohmann::ordered_json tables;
  for (auto const& [name, charts] : drawn) {
    auto const table = curve_table(charts);
    files.emplace_back(*folder / (std::string{name} + ".svg"), to_svg(charts));
    files.emplace_back(*folder / (std::string{name} + ".csv"), csv_text(head, table));
    tables[name] = json_of(table);
  }
  auto const json = json_text(head, "charts", tables);
  files.emplace_back(*folder / "curves.json", json);
  auto const words = std::to_string(drawn.size()) + " accuracy charts in " + folder->string() + '\n';
  return finish(files, arguments, head, words, json, go_on);
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
  if (meter->lot_fault) {
    return complain(*meter->lot_fault);
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
  auto const head = lot_head(meter->identity, *lot);
  auto const table = lot_table(*lot);
  auto const json = json_text(head, "points", json_of(table));
  Files files{{*folder / "lot.html", to_html(lot_report(*lot, head))},
              {*folder / "lot.csv", csv_text(head, table)},
              {*folder / "lot.json", json},
              {*folder / "lot_meters.csv", csv_text(head, lot_members_table(*lot))}};
  for (auto const& [name, drawing] : lot_histograms(*lot, head)) {
    files.emplace_back(*folder / (name + ".svg"), to_svg(drawing));
  }
  return finish(files, arguments, head, lot_text(*lot), json, go_on);
}

int lab_sensitivity(LabArguments const& arguments) {
  auto const& type_number = arguments.type_numbers.front();
  auto meter = meter_of(arguments, type_number);
  if (!meter) {
    return complain(meter.error());
  }
  meter->identity.ideal_bench = true;
  auto const folder = made_folder(arguments);
  if (!folder) {
    return complain(folder.error());
  }
  GoOn go_on;
  auto const lines = measure_sensitivity(meter->twin, arguments.jobs, go_on.asked());
  if (!lines) {
    return complain(not_started(type_number));
  }
  if (lines->empty()) {
    return stopped_early(go_on, "anything was measured");
  }
  auto const head = sensitivity_head(meter->identity, *lines);
  auto const table = sensitivity_table(*lines);
  auto const json = json_text(head, "lines", json_of(table));
  std::size_t apart = 0;
  std::size_t unjudged = 0;
  for (auto const& line : *lines) {
    if (is_apart(line)) {
      ++apart;
      say("measured and closed form differ: " + line.part + ", " + text_of(line.point));
    }
    unjudged += line.not_applicable.empty() ? 0U : 1U;
  }
  auto const words = std::to_string(lines->size()) + " sensitivities, " + std::to_string(apart) +
                     " apart from the closed form by more than 1 % and 0.00005 %, " +
                     std::to_string(unjudged) + " to which it does not apply\n";
  return finish({{*folder / "sensitivity.html", to_html(sensitivity_report(*lines, head))},
                 {*folder / "sensitivity.csv", csv_text(head, table)},
                 {*folder / "sensitivity.json", json}},
                arguments, head, words, json, go_on);
}

int lab_calibrate(LabArguments const& arguments) {
  auto const& type_number = arguments.type_numbers.front();
  auto meter = meter_of(arguments, type_number);
  if (!meter) {
    return complain(meter.error());
  }
  meter->identity.ideal_bench = !arguments.bench_uncertainty;
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
  auto const head = calibration_head(meter->identity, *found);
  auto const table = calibration_table(*found);
  auto const json = json_text(head, "rows", json_of(table));
  auto const report = calibration_report(*found, head, arguments.bench_uncertainty);
  return finish({{*folder / "calibration.html", to_html(report)},
                 {*folder / "calibration.csv", csv_text(head, table)},
                 {*folder / "calibration.json", json}},
                arguments, head, calibration_text(*found), json, go_on);
}

}  // namespace blondel
