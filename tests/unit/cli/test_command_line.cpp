#include <catch2/catch.hpp>

#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::run;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("command line: no command, an unknown one or an unknown option is a usage error") {
  auto const arguments = GENERATE(as<std::string>{}, "", "walk", "run", "run --sed 1 a", "version --loud",
                                  "read 127.0.0.1:1 1.8.0", "read --via morse 127.0.0.1:1 1.8.0",
                                  "completion tcsh", "registers --markdown --json");
  CAPTURE(arguments);
  auto const outcome = run(arguments);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.out.empty());
  CHECK_FALSE(outcome.err.empty());
}

TEST_CASE("command line: the help of each command ends with an example of it") {
  auto const command = GENERATE(as<std::string>{}, "run", "serve", "read", "replay", "check", "registers",
                                "schema", "completion", "version");
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
  CHECK((outcome.exit_code == 1 || outcome.exit_code == 3));
  CHECK_THAT(outcome.err, Contains("no_such_thing"));
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
          "primary | 1 2 3 4 | observed | device.md K7, 6.4 |\n"));
  CHECK_THAT(run("registers --json").out, StartsWith("[\n  {\n    \"name\": \"active_energy_import\","));
}

TEST_CASE("command line: a register that nobody has is a usage error that says what is allowed") {
  auto const outcome = run("read --via kmp 127.0.0.1:1 9.9.9");
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.err, Contains("'9.9.9'") && Contains("1.8.0"));
}

TEST_CASE("command line: completion knows every command and its options") {
  auto const shell = GENERATE(as<std::string>{}, "bash", "zsh", "fish");
  CAPTURE(shell);
  auto const outcome = run("completion " + shell);
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Contains("replay") && Contains("optical") && Contains("retries"));
}

TEST_CASE("command line: a file that is no journal is refused with line and column") {
  Folder const folder;
  folder.write("visit", "blondel-journal 2\nprogram 0.1.0\nscenery a\n");
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
  CHECK_THAT(outcome.err, Contains("'runn'") && Contains("allowed: run, serve, read, replay, check"));
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
