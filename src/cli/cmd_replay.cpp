#include <blondel/scenario/scenario.hpp>
#include <blondel/sim/replay.hpp>

#include <fstream>
#include <memory>
#include <sstream>

#include "cli/command.hpp"
#include "cli/models_hash.hpp"
#include "cli/progress.hpp"
#include "cli/served_scenario.hpp"
#include "ports/log.hpp"
#include "ports/stop_signal.hpp"
#include "scenario/local_time.hpp"
#include "scenario/scenario_data.hpp"
#include "twin/twin.hpp"

namespace blondel {

namespace {

struct ReplayArguments {
  std::string journal;
  std::string scenario;
  std::string models;
  bool quiet{};
  bool json{};
};

tl::expected<Journal, ScenarioError> load_journal(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::runtime, path + ": cannot be read"}};
  }
  auto journal = decode_journal(text.str());
  if (!journal) {
    auto const& fault = journal.error();
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                        path + ":" + std::to_string(fault.line) + ":" +
                                            std::to_string(fault.column) + ": not a journal; expected " +
                                            std::string{fault.expectation}}};
  }
  return std::move(*journal);
}

/// Refuses another document and a meter whose memory at the start is not known. What else makes a run come
/// out otherwise (other models, another program) is found by the comparison; origin_hint() names it then.
ScenarioResult<void> check_origin(Scenario const& scenario, Journal const& journal) {
  if (scenario.document_fnv1a != journal.header.scenario_hash) {
    return tl::unexpected{ScenarioError{
        ScenarioError::Kind::invalid,
        scenario.file.string() + ": has changed since the recording; give the old one with --scenario"}};
  }
  if (scenario.nv != "ram") {
    return tl::unexpected{ScenarioError{
        ScenarioError::Kind::invalid,
        scenario.file.string() + ": nv is a file (" + scenario.nv +
            "); a replay needs the memory as it was when recording began, so it works with \"ram\" only"}};
  }
  return {};
}

ScenarioResult<std::unique_ptr<ScenarioRun>> rebuild(ReplayArguments const& arguments,
                                                     Journal const& journal) {
  RunOptions options;
  options.models = arguments.models.empty() ? journal.header.models : arguments.models;
  options.seed = journal.header.seed;
  options.history = SimDuration::seconds(journal.header.history_s);
  if (journal.header.start_local) {
    options.start_local = to_seconds(*journal.header.start_local);
  }
  auto const scenario =
      load_scenario(arguments.scenario.empty() ? journal.header.scenario : arguments.scenario, options);
  if (!scenario) {
    return tl::unexpected{scenario.error()};
  }
  if (auto const why =
          options.start_local ? skipped_text((*scenario)->zone, *options.start_local) : std::nullopt) {
    return tl::unexpected{ScenarioError{
        ScenarioError::Kind::invalid,
        arguments.journal + ": start_local " + iso_civil(*journal.header.start_local) + " " + *why}};
  }
  if (auto origin = check_origin(**scenario, journal); !origin) {
    return tl::unexpected{std::move(origin.error())};
  }
  return ScenarioRun::create(*scenario, options);
}

std::string entry_text(std::optional<JournalEntry> const& entry) {
  if (!entry) {
    return "nothing";
  }
  auto text = encode(*entry);
  text.pop_back();  // the newline
  return text;
}

/// What is not as it was at the recording and may explain a difference; empty when nothing is known.
std::string origin_hint(ReplayArguments const& arguments, JournalHeader const& header) {
  auto const& models = arguments.models.empty() ? header.models : arguments.models;
  std::string hint;
  if (hash_of_models(models) != header.models_hash) {
    hint = models + ": the model files have changed since the recording";
  }
  if (header.program != BLONDEL_VERSION) {
    hint += (hint.empty() ? "" : "; ") + std::string{"recorded by blondel "} + header.program +
            ", this is " BLONDEL_VERSION;
  }
  return hint;
}

/// Where an entry stands in its file, from 1.
std::size_t line_of(ReplayCheck::Difference const& difference) {
  return journal_header_lines + difference.index + 1;
}

int report(ReplayResult const& result, std::uint64_t hash, std::string const& hint, bool json) {
  bool const is_same_state = !result.recorded_hash || *result.recorded_hash == hash;
  bool const is_identical = !result.difference && is_same_state;
  if (json) {
    put("{\"identical\":" + std::string{is_identical ? "true" : "false"} + ",\"entries\":" +
        std::to_string(result.matched) + ",\"simulated_s\":" + seconds_text(result.simulated) +
        (result.difference ? ",\"line\":" + std::to_string(line_of(*result.difference)) +
                                 ",\"expected\":" + json_quoted(entry_text(result.difference->expected)) +
                                 ",\"found\":" + json_quoted(entry_text(result.difference->found))
                           : "") +
        (!is_identical && !hint.empty() ? ",\"hint\":" + json_quoted(hint) : "") + "}\n");
  } else if (result.difference) {
    auto const& difference = *result.difference;
    put("differs at line " + std::to_string(line_of(difference)) + ", octet " +
        std::to_string(difference.offset) + "\n  recorded: " + entry_text(difference.expected) +
        "\n  now:      " + entry_text(difference.found) + '\n');
  } else if (!is_same_state) {
    put("differs: every octet is the same, but the meter's state at the end is not\n");
  } else {
    put("identical: " + std::to_string(result.matched) + " entries, " + seconds_text(result.simulated) +
        " s simulated" + (result.recorded_hash ? ", same state at the end" : "") + '\n');
  }
  if (!is_identical && !hint.empty() && !json) {
    put("  " + hint + '\n');
  }
  return to_int(is_identical ? ExitCode::ok : ExitCode::expectation);
}

int replay_journal(ReplayArguments const& arguments) {
  auto const journal = load_journal(arguments.journal);
  if (!journal) {
    return complain(journal.error());
  }
  if (journal->cut_short) {
    say("blondel: " + arguments.journal + ": the last line is cut short and left out");
  }
  auto run = rebuild(arguments, *journal);
  if (!run) {
    return complain(run.error());
  }
  ServedScenario served{std::move(*run), journal->header.pacing, {}};
  auto meter = served.meter();
  Progress progress{journal->entries.empty() ? SimTime{} : journal->entries.back().instant,
                    arguments.quiet || arguments.json};
  StopSignal stop;
  auto const result = replay(meter, *journal, [&](SimTime now) {
    progress.update(now);
    return !stop.poll().has_value();
  });
  progress.finish();
  if (auto const signal = stop.poll()) {
    say("interrupted; identical up to " + seconds_text(result.simulated) + " s");
    return exit_code_of_signal(*signal);
  }
  if (result.plant_stopped) {
    return complain(
        served.error().value_or(ScenarioError{ScenarioError::Kind::runtime, "the meter stopped"}));
  }
  return report(result, meter.state_hash(), origin_hint(arguments, journal->header), arguments.json);
}

}  // namespace

Subcommand add_replay(CLI::App& program) {
  auto const arguments = std::make_shared<ReplayArguments>();
  auto* app = add_subcommand(program, "replay", "Run a recorded visit again and compare what the meter sends",
                             "blondel replay visit.journal");
  app->add_option("JOURNAL", arguments->journal, "File written by serve --journal")->required();
  app->add_option("--scenario", arguments->scenario, "Instead of the path in the journal");
  app->add_option("--models", arguments->models, "Instead of the path in the journal");
  app->add_flag("--quiet,-q", arguments->quiet, "No progress");
  app->add_flag("--json", arguments->json, "The outcome as JSON");
  return {app, [arguments] { return replay_journal(*arguments); }};
}

}  // namespace blondel
