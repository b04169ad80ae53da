/// The program: parse, one call, print.

#include <array>
#include <exception>

#include "cli/command.hpp"

namespace {

using namespace blondel;

/// CLI11 numbers its errors from 100 on; a shell is told 2 for every wrong command line.
int exit_of_parse(CLI::App const& program, CLI::ParseError const& error) {
  return program.exit(error) == 0 ? to_int(ExitCode::ok) : to_int(ExitCode::usage);
}

int run_program(int argc, char** argv) {
  CLI::App program{
      "blondel: a simulator and digital twin of a three-phase current-transformer electricity meter",
      "blondel"};
  program.require_subcommand(1);
  program.footer(
      "Exit codes: 0 ok, 1 run-time failure, 2 usage, 3 invalid model or scenario,\n"
      "4 an expectation failed, 5 permanent memory damaged, 130/143 signals.\n\n"
      "Example:\n  blondel run scenarios/first_kilowatt_hour");
  std::array<Subcommand, 9> const commands{
      add_run(program),    add_serve(program),      add_read(program),
      add_replay(program), add_check(program),      add_registers(program),
      add_schema(program), add_completion(program), add_version(program)};
  try {
    program.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return exit_of_parse(program, error);
  }
  for (auto const& command : commands) {
    if (command.app->parsed()) {
      return command.action();
    }
  }
  return to_int(ExitCode::usage);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run_program(argc, argv);
  } catch (std::exception const& error) {
    return complain(ExitCode::runtime, error.what());
  }
}
