#include <blondel/ports/port_server.hpp>
#include <blondel/scenario/scenario.hpp>
#include <report/summary.hpp>

#include <array>
#include <cstdio>
#include <limits>
#include <memory>

#include "cli/command.hpp"
#include "cli/models_hash.hpp"
#include "cli/served_scenario.hpp"
#include "cli/trace_limit.hpp"
#include "ports/host_pacer.hpp"
#include "ports/log.hpp"
#include "ports/stop_signal.hpp"
#include "protocol/kmp/kmp_text.hpp"
#include "scenario/local_time.hpp"
#include "scenario/scenario_data.hpp"

namespace blondel {

namespace {

struct ServeArguments {
  std::string scenario;
  std::string optical{"tcp:127.0.0.1:7351"};
  std::string pace{"real"};
  std::string start{"now"};
  std::string history;
  std::string models{"models"};
  std::string out;
  std::string journal;
  std::optional<std::uint64_t> seed;
  bool trace{};
  bool json{};
  bool log_json{};
  bool quiet{};
};

/// What the texts of the command line mean.
struct ServePlan {
  EndpointSpec optical;
  Pacing pacing;
  std::optional<CivilSeconds> start;  ///< none: now, or the document's
  SimDuration history;
};

tl::expected<ServePlan, std::string> read_arguments(ServeArguments const& arguments) {
  ServePlan plan;
  auto const optical = parse_endpoint(arguments.optical, MeterPort::optical);
  if (!optical) {
    return tl::unexpected{"--optical " + optical.error().message};
  }
  plan.optical = *optical;
  auto const pacing = parse_pacing(arguments.pace);
  if (!pacing) {
    return tl::unexpected{"--pace '" + arguments.pace + "'; allowed: " + std::string{pacing_allowed}};
  }
  plan.pacing = *pacing;
  if (arguments.start != "now" && arguments.start != "scenario") {
    plan.start = parse_local_time(arguments.start);
    if (!plan.start) {
      return tl::unexpected{"--start '" + arguments.start +
                            "'; allowed: now, scenario or the meter's local time as 2026-01-05T00:00:00"};
    }
  }
  if (!arguments.history.empty()) {
    auto const history = parse_duration(arguments.history);
    if (!history || history->ns() < ns_per_s || *history > SimDuration::seconds(history_max_s)) {
      return tl::unexpected{"--history '" + arguments.history +
                            "'; allowed: a whole number with s, min, h or d, up to 20 years (7300d)"};
    }
    plan.history = *history;
  }
  return plan;
}

std::string_view name_of(LinkEvent::Kind kind) {
  switch (kind) {
    case LinkEvent::Kind::request:
      return "request";
    case LinkEvent::Kind::response:
      return "response";
    case LinkEvent::Kind::silence:
      return "silence";
    case LinkEvent::Kind::ignored:
      return "ignored";
  }
  return "unknown";
}

/// Long rubbish is cut: a trace is read by people.
std::string hex_text(ByteSpan bytes) {
  constexpr std::size_t shown_max = 256;
  std::string text;
  for (auto const octet : bytes.first(std::min(bytes.size(), shown_max))) {
    std::array<char, 4> buffer{};
    std::snprintf(buffer.data(), buffer.size(), text.empty() ? "%02X" : " %02X", octet);
    text += buffer.data();
  }
  return bytes.size() > shown_max ? text + " (" + std::to_string(bytes.size()) + " octets)" : text;
}

/// Writes the trace for as long as somebody takes it. Serving never depends on it.
class TraceWriter {
 public:
  explicit TraceWriter(bool json) : json_{json} {}

  void write(SimTime now, std::uint32_t session, LinkEvent const& event) {
    auto const host = host_now();
    tell_left_out(limit_.take_left_out(host));
    if (!is_broken_ && limit_.admit(host)) {
      put_or_stop(line(now, session, event));
    }
  }
  /// Says what was left out when no further line does so. Call now and then.
  void poll() { tell_left_out(limit_.take_left_out(host_now())); }
  void finish() { tell_left_out(limit_.take_left_out()); }

 private:
  [[nodiscard]] std::string line(SimTime now, std::uint32_t session, LinkEvent const& event) const {
    std::string const kind{name_of(event.kind)};
    std::string const protocol{event.protocol};
    if (json_) {
      return "{\"sim_s\":" + seconds_text(now) + ",\"session\":" + std::to_string(session) +
             ",\"event\":" + json_quoted(kind) + ",\"protocol\":" + json_quoted(protocol) +
             ",\"text\":" + json_quoted(kmp_text(event)) +
             ",\"frame\":" + json_quoted(hex_text(event.frame)) + "}\n";
    }
    return seconds_text(now) + " session " + std::to_string(session) + ' ' + protocol + ' ' + kind + ": " +
           kmp_text(event) + "  [" + hex_text(event.frame) + "]\n";
  }
  void tell_left_out(std::uint64_t count) {
    if (count > 0 && !is_broken_) {
      put_or_stop(json_ ? "{\"event\":\"left_out\",\"lines\":" + std::to_string(count) + "}\n"
                        : "trace: " + std::to_string(count) + " lines left out, more than " +
                              std::to_string(TraceLimit::lines_per_second) + " in a second\n");
    }
  }
  void put_or_stop(std::string const& text) {
    is_broken_ = !put(text);
    if (is_broken_) {
      say("blondel: standard output: cannot be written; the trace ends here, serving goes on");
    }
  }

  bool json_;
  bool is_broken_{};
  TraceLimit limit_;
};

/// @return false when nobody can be told where the ports are
bool announce(PortServer const& server, bool json) {
  bool is_told = true;
  for (auto const& port : server.open_ports()) {
    auto const name = std::string{name_of(port.port)};
    auto const line = json ? "{\"port\":" + json_quoted(name) +
                                 ",\"address\":" + json_quoted(port.place.address) +
                                 ",\"tcp_port\":" + std::to_string(port.place.port) + "}\n"
                           : name + " port open at " + to_text(port.place) + '\n';
    is_told = put(line) && is_told;
  }
  return is_told;
}

/// Says what is kept and gives the exit code.
int report(ServeResult const& result, ServeArguments const& arguments, ServedScenario& served) {
  auto summary = served.run().finish(served.run().now() < served.run().end());
  if (!arguments.quiet) {
    std::array<char, 160> speed{};
    std::snprintf(speed.data(), speed.size(), "%.3f s simulated, %llu clients, %s x real time%s",
                  static_cast<double>(result.simulated.ns()) / 1e9,
                  static_cast<unsigned long long>(result.sessions), speed_text(result.achieved_speed).c_str(),
                  result.requested_speed > 0
                      ? (" (requested " + to_text(parse_pacing(arguments.pace).value()) + ")").c_str()
                      : "");
    say(std::string{"served "} + speed.data());
    if (!arguments.journal.empty()) {
      say("saved: journal " + arguments.journal + ", " + std::to_string(result.journal_entries) + " entries");
    }
  }
  if (!arguments.quiet || !summary || result.end == ServeResult::End::meter_stopped) {
    say_kept(served.run(), "saved");
  }
  switch (result.end) {
    case ServeResult::End::signal:
    case ServeResult::End::quit:
      break;
    case ServeResult::End::meter_stopped:
      return complain(
          served.error().value_or(ScenarioError{ScenarioError::Kind::runtime, "the meter stopped"}));
    case ServeResult::End::journal_failed:
      return complain(ExitCode::runtime, result.message);
  }
  if (!summary) {
    return complain(summary.error());
  }
  return result.end == ServeResult::End::signal ? exit_code_of_signal(result.signal) : to_int(ExitCode::ok);
}

RunOptions run_options_of(ServeArguments const& arguments) {
  RunOptions options;
  options.models = arguments.models;
  options.seed = arguments.seed;
  if (!arguments.out.empty()) {
    options.output = arguments.out;
  }
  return options;
}

/// What the journal needs to say so that `replay` can build the same run.
void fill_header(JournalHeader& header, ServeArguments const& arguments, ServePlan const& plan,
                 std::uint64_t document_fnv1a) {
  header.program = BLONDEL_VERSION;
  header.scenario = arguments.scenario;
  header.scenario_hash = document_fnv1a;
  header.models = arguments.models;
  header.models_hash = hash_of_models(arguments.models);
  header.seed = arguments.seed;
  header.pacing = plan.pacing;
  header.history_s = plan.history.ns() / ns_per_s;
  if (plan.start) {
    header.start_local = to_civil(*plan.start);
  }
}

ServeOptions serve_options_of(ServeArguments const& arguments, ServePlan const& plan,
                              std::uint64_t document_fnv1a) {
  ServeOptions options;
  options.endpoints = {plan.optical};
  options.pacing = plan.pacing;
  if (!arguments.journal.empty()) {
    options.journal = arguments.journal;
  }
  fill_header(options.journal_header, arguments, plan, document_fnv1a);
  return options;
}

/// A scenario under way, and what the journal has to say of its document.
struct StartedRun {
  std::unique_ptr<ScenarioRun> run;
  std::uint64_t document_fnv1a{};
};

/// @param plan its start becomes that of the run @return the exit code when there is no run
tl::expected<StartedRun, int> start_run(ServeArguments const& arguments, ServePlan& plan) {
  auto run_options = run_options_of(arguments);
  if (!arguments.quiet) {
    run_options.on_warning = [](std::string const& warning) { say_warnings({warning}); };
  }
  auto const scenario = load_scenario(arguments.scenario, run_options);
  if (!scenario) {
    return tl::unexpected{complain(scenario.error())};
  }
  if (arguments.start == "now") {
    auto const utc = host_utc();
    plan.start = utc + (*scenario)->zone.offset_s(utc);
  }
  if (auto const why = plan.start ? skipped_text((*scenario)->zone, *plan.start) : std::nullopt) {
    return tl::unexpected{complain(ExitCode::usage, "--start " + arguments.start + " " + *why)};
  }
  run_options.start_local = plan.start;
  run_options.history = plan.history;

  auto run = ScenarioRun::create(*scenario, run_options);
  if (!run) {
    return tl::unexpected{complain(run.error())};
  }
  if (!arguments.quiet) {
    say_warnings((*run)->warnings());
  }
  if (!arguments.quiet && !arguments.history.empty()) {
    say("history: " + arguments.history + " run through in the interval tier");
  }
  return StartedRun{std::move(*run), (*scenario)->document_fnv1a};
}

int serve(ServeArguments const& arguments) {
  auto plan = read_arguments(arguments);
  if (!plan) {
    return complain(ExitCode::usage, plan.error());
  }
  auto started = start_run(arguments, *plan);
  if (!started) {
    return started.error();
  }
  TraceWriter trace{arguments.json};
  ServedScenario::OnLinkEvent on_event;
  if (arguments.trace) {
    on_event = [&trace](SimTime now, std::uint32_t session, LinkEvent const& event) {
      trace.write(now, session, event);
    };
  }
  ServedScenario served{std::move(started->run), plan->pacing, std::move(on_event)};

  auto meter = served.meter();
  meter.step = [&trace, step = std::move(meter.step)](SimTime until) {
    trace.poll();
    return step(until);
  };

  auto options = serve_options_of(arguments, *plan, started->document_fnv1a);
  options.free_until = served.run().end();
  Log log{arguments.log_json ? Log::Form::json_lines : Log::Form::text,
          arguments.quiet ? Log::Level::warning : Log::Level::info};
  auto server = PortServer::open(std::move(meter), std::move(options), log);
  if (!server) {
    return complain(ExitCode::runtime, server.error().message);
  }
  if (!announce(*server, arguments.json)) {
    return to_int(ExitCode::runtime);
  }
  auto const result = server->run();
  trace.finish();
  return report(result, arguments, served);
}

}  // namespace

Subcommand add_serve(CLI::App& program) {
  auto const arguments = std::make_shared<ServeArguments>();
  auto* app =
      add_subcommand(program, "serve", "Put the meter of a scenario on TCP",
                     "blondel serve scenarios/first_kilowatt_hour --optical tcp:127.0.0.1:7351 --trace");
  app->add_option("SCENARIO", arguments->scenario, "Directory with scenario.json, or a file")->required();
  app->add_option("--optical", arguments->optical, "Where the optical port is; port 0 takes any that is free")
      ->capture_default_str();
  app->add_option("--pace", arguments->pace,
                  "real, real:RATIO, free, or stepped by lines on standard input (15min, quit); a client is "
                  "answered when the next line comes")
      ->capture_default_str();
  app->add_option("--start", arguments->start,
                  "Local time of the meter: now, scenario or 2026-01-05T00:00:00")
      ->capture_default_str();
  app->add_option("--history", arguments->history,
                  "Run the meter through so much time first (90d), so that its logs are full; in the "
                  "interval tier");
  app->add_option("--journal", arguments->journal, "Record everything that crosses the ports, for replay");
  app->add_option("--out", arguments->out, "Write results there too");
  app->add_option("--seed", arguments->seed, "Instead of the document's seed")
      ->transform(whole_number(0, std::numeric_limits<std::uint64_t>::max()));
  app->add_option("--models", arguments->models, "Folder of the model files")->capture_default_str();
  app->add_flag("--trace", arguments->trace, "Each frame decoded on stdout, and why the meter stays silent");
  app->add_flag("--json", arguments->json, "Open ports and trace as JSON lines");
  app->add_flag("--log-json", arguments->log_json, "Log lines on stderr as JSON");
  app->add_flag("--quiet,-q", arguments->quiet, "Only warnings and errors on stderr");
  return {app, [arguments] { return serve(*arguments); }};
}

}  // namespace blondel
