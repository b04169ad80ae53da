#include "cli/command.hpp"

#include <cstdio>

namespace blondel {

namespace {

bool write_and_flush(std::FILE* stream, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
}

}  // namespace

CLI::App* add_subcommand(CLI::App& program, std::string const& name, std::string const& description,
                         std::string const& example) {
  auto* app = program.add_subcommand(name, description);
  app->footer("Example:\n  " + example);
  return app;
}

void say(std::string_view message) {
  write_and_flush(stderr, std::string{message} + '\n');
}

int complain(ExitCode code, std::string_view message) {
  say("blondel: " + std::string{message});
  return to_int(code);
}

int complain(ScenarioError const& error) {
  return complain(exit_code_of(error.kind), error.message);
}

bool put(std::string_view text) {
  return write_and_flush(stdout, text);
}

}  // namespace blondel
