#include <blondel/ports/port_server.hpp>
#include <blondel/scenario/scenario.hpp>
#include <report/glass.hpp>

#include <algorithm>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/glass_terminal.hpp"
#include "ports/host_pacer.hpp"
#include "ports/key_input.hpp"
#include "ports/stop_signal.hpp"
#include "scenario/glass_text.hpp"
#include "scenario/output_file.hpp"
#include "twin/twin.hpp"

namespace blondel {

namespace {

struct DisplayArguments {
  std::string scenario;
  std::string at;
  std::string svg;
  std::string models{"models"};
  bool once{};
  bool json{};
};

GlassSegments segments_of(DisplayFrame const& frame) {
  return {.value = frame.value,
          .id = frame.id,
          .text = frame.text,
          .units = frame.unit,
          .quadrants = frame.quadrants,
          .tariffs = frame.tariffs,
          .voltages = frame.voltages,
          .imports = frame.imports,
          .exports = frame.exports,
          .error = frame.error};
}

/// The numbers of the marks that are on, from 1.
nlohmann::ordered_json numbers_of(unsigned marks) {
  auto numbers = nlohmann::ordered_json::array();
  for (unsigned place = 0; marks >> place != 0; ++place) {
    if ((marks >> place & 1U) != 0) {
      numbers.push_back(place + 1);
    }
  }
  return numbers;
}

std::string as_json(DisplayFrame const& frame, SimTime at) {
  auto const reading = read_glass(frame);
  nlohmann::ordered_json out;
  out["at_s"] = static_cast<double>(at.ns()) / ns_per_s;
  out["value"] = reading.value;
  out["unit"] = reading.unit;
  out["id"] = reading.id;
  out["text"] = reading.text;
  out["quadrants"] = numbers_of(frame.quadrants);
  out["error"] = frame.error;
  out["tariffs"] = numbers_of(frame.tariffs);
  out["voltages"] = numbers_of(frame.voltages);
  out["imports"] = numbers_of(frame.imports);
  out["exports"] = numbers_of(frame.exports);
  out["segments"] = {{"value", frame.value}, {"id", frame.id}, {"text", frame.text}, {"unit", frame.unit}};
  return out.dump(2) + '\n';
}

/// A single frame to where it is wanted. @return the exit code
int show_once(ScenarioRun& run, DisplayArguments const& arguments) {
  auto const frame = run.twin().display();
  if (!arguments.svg.empty()) {
    if (auto const written = write_file(arguments.svg, glass_svg(segments_of(frame), glass_text(frame)));
        !written) {
      return complain(written.error());
    }
  }
  if (arguments.json) {
    put(as_json(frame, run.now()));
  } else if (arguments.svg.empty() || arguments.once) {
    put(glass_drawing(frame));
  }
  return to_int(ExitCode::ok);
}

std::optional<PushLength> push_of(char key) {
  return key == ' '   ? std::optional{PushLength::brief}
         : key == 'l' ? std::optional{PushLength::prolonged}
         : key == 'x' ? std::optional{PushLength::extra}
                      : std::nullopt;
}

/// The glass in place on the terminal, in real time, until somebody quits.
int show_live(ScenarioRun& run) {
  constexpr int step_ms = 100;
  constexpr std::string_view keys = "space short push, l long, x extra long, q quit\n";
  constexpr std::string_view to_top = "\x1b[9F";  // nine lines up
  StopSignal stop;
  KeyInput input;
  auto const first = run.now();
  auto const started = host_now();
  auto shown = run.twin().display();
  put(glass_drawing(shown) + std::string{keys});
  while (true) {
    auto const key = input.wait(step_ms);
    auto const now = first + SimDuration{(host_now() - started).count()};
    if (auto stepped = run.step(std::max(now, run.now())); !stepped) {
      return complain(stepped.error());
    }
    if (auto const length = push_of(key.value_or('\0'))) {
      run.twin().push_button(*length);
    }
    if (auto const frame = run.twin().display(); frame != shown) {
      shown = frame;
      put(std::string{to_top} + glass_drawing(shown) + std::string{keys});
    }
    if (auto const signal = stop.poll()) {
      return exit_code_of_signal(*signal);
    }
    if (key == 'q') {
      return to_int(ExitCode::ok);
    }
  }
}

int show_display(DisplayArguments const& arguments) {
  RunOptions options;
  options.models = arguments.models;
  auto const scenario = load_scenario(arguments.scenario, options);
  if (!scenario) {
    return complain(scenario.error());
  }
  auto const run = ScenarioRun::create(*scenario, options);
  if (!run) {
    return complain(run.error());
  }
  say_warnings((*run)->warnings());
  bool const is_live = !arguments.once && !arguments.json && arguments.svg.empty() && has_terminal();
  auto at = is_live ? SimTime{} : (*run)->end();
  if (!arguments.at.empty()) {
    auto const span = parse_duration(arguments.at);
    if (!span) {
      return complain(ExitCode::usage, "--at: " + span.error().message);
    }
    at = SimTime{} + *span;
  }
  if (auto stepped = (*run)->step(at); !stepped) {
    return complain(stepped.error());
  }
  return is_live ? show_live(**run) : show_once(**run, arguments);
}

}  // namespace

Subcommand add_display(CLI::App& program) {
  auto const arguments = std::make_shared<DisplayArguments>();
  auto* app = add_subcommand(program, "display", "Show the meter's glass, live on a terminal or once",
                             "blondel display scenarios/first_kilowatt_hour --at 90s --svg glass.svg");
  app->add_option("SCENARIO", arguments->scenario, "Directory with scenario.json, or a file")->required();
  app->add_option("--at", arguments->at,
                  "When, since the start: 500ms, 90s, 5min, 2h; default the start when live, else the end");
  app->add_flag("--once", arguments->once, "One frame with characters");
  app->add_option("--svg", arguments->svg, "One frame as a drawing in millimetres, to this file");
  app->add_flag("--json", arguments->json, "One frame with its segments, as JSON");
  app->add_option("--models", arguments->models, "Folder of the model files")->capture_default_str();
  return {app, [arguments] { return show_display(*arguments); }};
}

}  // namespace blondel
