#include <catch2/catch.hpp>

#include <blondel/meter/register_def.hpp>

#include <nlohmann/json.hpp>

#include <set>

#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::run;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("command line: no command, an unknown one or an unknown option is a usage error") {
  auto const arguments = GENERATE(
      as<std::string>{}, "", "walk", "run", "run --sed 1 a", "version --loud", "read 127.0.0.1:1 1.8.0",
      "read --via morse 127.0.0.1:1 1.8.0", "log --via kmp 127.0.0.1:1 diary",
      "log --via kmp 127.0.0.1:1 status --from yesterday", "completion tcsh", "registers --markdown --json");
  CAPTURE(arguments);
  auto const outcome = run(arguments);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.out.empty());
  CHECK_FALSE(outcome.err.empty());
}

TEST_CASE("command line: the help of each command ends with an example of it") {
  auto const command = GENERATE(as<std::string>{}, "run", "serve", "read", "log", "replay", "check", "lab",
                                "display", "registers", "schema", "completion", "version");
  auto const outcome = run(command + " --help");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Contains("Example:\n  blondel " + command));
}

TEST_CASE("command line: version is data on stdout") {
  CHECK_THAT(run("version").out, StartsWith("blondel 0."));
  CHECK_THAT(run("version --json").out, StartsWith("{\"program\":\"blondel\",\"version\":\"0."));
}

TEST_CASE("command line: wrong options of serve say what is allowed") {
  auto const [arguments, allowed] = GENERATE(
      table<char const*, char const*>({{"--optical udp:1", "allowed: tcp:ADDRESS:PORT"},
                                       {"--pace fast", "allowed: free, real, real:RATIO"},
                                       {"--start tomorrow", "allowed: now, scenario or"},
                                       {"--start 2026-02-29T00:00:00", "allowed: now, scenario or"}}));
  CAPTURE(arguments);
  auto const outcome = run(std::string{"serve anything "} + arguments);
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.err, Contains(allowed));
}

TEST_CASE("command line: a scenario that does not exist is named") {
  auto const outcome = run("run scenarios/no_such_thing");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err == "blondel: scenarios/no_such_thing: cannot be read (missing or no permission)\n");
}

TEST_CASE("command line: a scenario with a misspelt key is invalid") {
  Folder const folder;
  folder.write("scenario.json", "{\"scenarioo\": 1}");
  auto const outcome = run("check '" + folder.file("scenario.json") + "'");
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains("scenario.json"));
}

TEST_CASE("command line: registers are listed as text, Markdown and JSON") {
  CHECK_THAT(run("registers").out, StartsWith("active_energy_import "));
  CHECK_THAT(
      run("registers --markdown").out,
      Contains(
          "| active_energy_import | Active energy import A+ | 1-1:1.8.0*255 | 1.8.0 | 1 | kWh | digit A | "
          "primary | 1 2 3 4 |  | observed | device.md K7, 6.4 |\n"));
  auto const rows = nlohmann::json::parse(run("registers --json").out);
  REQUIRE(rows.is_array());
  CHECK(rows.size() == blondel::catalogue().size());
  CHECK(rows.at(0).at("name") == "active_energy_import");
  std::set<std::string> names;
  for (auto const& row : rows) {
    names.insert(row.at("name").get<std::string>());
    CHECK_FALSE(row.at("source").get<std::string>().empty());
  }
  CHECK(names.size() == rows.size());
}

TEST_CASE("command line: a register that nobody has is a usage error that says what is allowed") {
  auto const outcome = run("read --via kmp 127.0.0.1:1 9.9.9");
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.err, Contains("'9.9.9'") && Contains("1.8.0"));
}

TEST_CASE("command line: completion offers every command and each command's own options") {
  auto const [shell, commands, options] = GENERATE(table<char const*, char const*, char const*>(
      {{"bash",
        "compgen -W \"run serve read write log replay snapshot check lab display registers schema completion "
        "version "
        "--help\"",
        "    read) words=\"--help --via --timeout-ms --retries --json\" ;;\n"},
       {"zsh", "    'replay:Run a recorded",
        "    check) _arguments '--help[Print this help message and exit]' '--models[Folder of the model "
        "files]' '--nameplate[What a scenario s meter was ordered as, and what its data sheet states]' "
        "'--json[The outcome as JSON, a line for each file]' '*:file:_files' ;;\n"},
       {"fish", "complete -c blondel -n __fish_use_subcommand -f -a registers -d 'List",
        "complete -c blondel -n '__fish_seen_subcommand_from serve' -l optical -d '"}}));
  CAPTURE(shell);
  auto const outcome = run(std::string{"completion "} + shell);
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Contains(commands) && Contains(options));
}

TEST_CASE("command line: a file that is no journal is refused with line and column") {
  Folder const folder;
  folder.write("visit", "blondel-journal 3\nprogram 0.1.0\nscenery a\n");
  auto const outcome = run("replay '" + folder.file("visit") + "'");
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains("visit:3:1: not a journal; expected the key scenario"));
}

TEST_CASE("command line: output that cannot be written is a failure of every command") {
  auto const arguments =
      GENERATE(as<std::string>{}, "version", "registers", "schema scenario", "completion bash", "--help",
               "run --help", "check --json scenarios/first_kilowatt_hour");
  CAPTURE(arguments);
  auto const outcome = run(arguments, "/dev/full");
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.err, Contains("standard output: cannot be written"));
}

TEST_CASE("command line: an unknown command is named and the known ones are listed") {
  auto const outcome = run("runn scenarios/first_kilowatt_hour");
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.err, Contains("'runn'") &&
                              Contains("allowed: run, serve, read, write, log, replay, snapshot, check"));
}

TEST_CASE("command line: a number out of range is a usage error that names the option and the range") {
  auto const [arguments, option, range] = GENERATE(table<char const*, char const*, char const*>(
      {{"run a --seed -1", "--seed", "0 to 18446744073709551615"},
       {"run a --seed=-1", "--seed", "0 to 18446744073709551615"},
       {"serve a --seed 18446744073709551616", "--seed", "0 to 18446744073709551615"},
       {"serve a --seed 0x10", "--seed", "0 to 18446744073709551615"},
       {"read --via kmp 127.0.0.1:1 1 --retries -1", "--retries", "0 to 100"},
       {"read --via kmp 127.0.0.1:1 1 --timeout-ms 99999999999", "--timeout-ms", "1 to 3600000"}}));
  CAPTURE(arguments);
  auto const outcome = run(arguments);
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.err, Contains(option) && Contains(range));
}

TEST_CASE("command line: what is wrong with it is said in one line with what is allowed") {
  auto const [arguments, message] = GENERATE(table<char const*, char const*>(
      {{"",
        "no command; allowed: run, serve, read, write, log, replay, snapshot, check, lab, display, "
        "registers, schema, "
        "completion, "
        "version"},
       {"runn --help",
        "unknown command 'runn', did you mean 'run'?; allowed: run, serve, read, write, log, replay, "
        "snapshot, check, "
        "lab, "
        "display, "
        "registers, schema, completion, version"},
       {"schema ct",
        "schema: DOCUMENT: unknown name 'ct', did you mean 'ct_model'?; allowed: scenario, meter_model, "
        "ct_model, display_model, tariff_table, calendar, nameplate; see blondel schema --help"},
       {"check a --jsn=1",
        "unknown option of check '--jsn', did you mean '--json'?; allowed: --help, -h, --models, "
        "--nameplate, --json"},
       {"--loud", "unknown option '--loud'; allowed: --help, -h"},
       {"run", "run: SCENARIO is required; see blondel run --help"}}));
  CAPTURE(arguments);
  auto const outcome = run(arguments);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err == std::string{"blondel: "} + message + "\n");
}
