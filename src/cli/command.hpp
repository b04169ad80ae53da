#pragma once
/// The subcommands: each file adds its options to the App and gives back what to do.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/exit_code.hpp"

namespace blondel {

/// One verb of the user.
struct Subcommand {
  CLI::App* app{};
  /// Called once, after a successful parse. @return the exit code of the program
  std::function<int()> action;
};

[[nodiscard]] Subcommand add_run(CLI::App& program);
[[nodiscard]] Subcommand add_serve(CLI::App& program);
[[nodiscard]] Subcommand add_read(CLI::App& program);
[[nodiscard]] Subcommand add_write(CLI::App& program);
[[nodiscard]] Subcommand add_log(CLI::App& program);
[[nodiscard]] Subcommand add_replay(CLI::App& program);
[[nodiscard]] Subcommand add_check(CLI::App& program);
[[nodiscard]] Subcommand add_lab(CLI::App& program);
[[nodiscard]] Subcommand add_display(CLI::App& program);
[[nodiscard]] Subcommand add_registers(CLI::App& program);
[[nodiscard]] Subcommand add_snapshot(CLI::App& program);
[[nodiscard]] Subcommand add_schema(CLI::App& program);
[[nodiscard]] Subcommand add_version(CLI::App& program);
[[nodiscard]] Subcommand add_completion(CLI::App& program);

/// Adds a subcommand whose --help ends with an example.
[[nodiscard]] CLI::App* add_subcommand(CLI::App& program, std::string const& name,
                                       std::string const& description, std::string const& example);

/// Takes decimal whole numbers of a range only, and says the range when it is something else.
[[nodiscard]] CLI::Validator whole_number(std::uint64_t min, std::uint64_t max);

/// Takes one of some words, and says which when it is something else.
[[nodiscard]] CLI::Validator one_of(std::vector<std::string> words);

/// "unknown WHAT 'name', did you mean 'near'?; allowed: a, b, c"
[[nodiscard]] std::string unknown_text(std::string const& what, std::string const& name,
                                       std::vector<std::string> const& allowed);
/// Says what is wrong with a command line that could not be parsed. @return the exit code
int complain_of_command_line(CLI::App& program, CLI::ParseError const& error, int argc,
                             char const* const* argv);

/// One line to stderr: "blondel: ...". @return the code, for `return complain(...)`
int complain(ExitCode code, std::string_view message);
int complain(ScenarioError const& error);
/// A line for a person to stderr.
void say(std::string_view message);
/// "warning: ...", a line each.
void say_warnings(std::vector<std::string> const& warnings);
/// What of a run's results is on the disk, a line each. @param verb "kept", "saved"
void say_kept(ScenarioRun const& run, std::string_view verb);

/// Text to stdout at once, so that a script that waits for it sees it.
/// @return false when nobody reads or the disk is full; main says so at the end
bool put(std::string_view text);

}  // namespace blondel
