/// The program: parse, one call, print.

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/command.hpp"

namespace {

using namespace blondel;

int run_program(int argc, char** argv) {
  CLI::App program{
      "blondel: a simulator and digital twin of a three-phase current-transformer electricity meter",
      "blondel"};
  program.require_subcommand(1);
  program.footer(
      "Exit codes: 0 ok, 1 run-time failure, 2 usage, 3 invalid model or scenario,\n"
      "4 an expectation failed, 5 permanent memory damaged, 130/143 signals.\n\n"
      "Example:\n  blondel run scenarios/first_kilowatt_hour");
  std::array<Subcommand, 14> const commands{
      add_run(program),        add_serve(program),   add_read(program),      add_write(program),
      add_log(program),        add_replay(program),  add_snapshot(program),  add_check(program),
      add_lab(program),        add_display(program), add_registers(program), add_schema(program),
      add_completion(program), add_version(program)};
  try {
    program.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return complain_of_command_line(program, error, argc, argv);
  }
  for (auto const& command : commands) {
    if (command.app->parsed()) {
      return command.action();
    }
  }
  return to_int(ExitCode::usage);
}

/// Whatever was printed, by whichever command: what did not come out whole is a failure.
int check_output(int code) {
  bool const is_whole = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  return is_whole ? code : complain(ExitCode::runtime, "standard output: cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error of the write, not an end
  std::signal(SIGXFSZ, SIG_IGN);  // likewise a file that may not grow any more
  try {
    return check_output(run_program(argc, argv));
  } catch (std::exception const& error) {
    return complain(ExitCode::runtime, error.what());
  }
}
