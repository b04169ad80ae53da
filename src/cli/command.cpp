#include "cli/command.hpp"

#include <charconv>
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

CLI::Validator whole_number(std::uint64_t min, std::uint64_t max) {
  auto const range = std::to_string(min) + " to " + std::to_string(max);
  auto const check = [min, max, range](std::string& text) -> std::string {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < min || value > max) {
      return "'" + text + "'; allowed: a whole number, " + range;
    }
    text = std::to_string(value);  // without leading zeros, which would be taken for an octal number
    return {};
  };
  return CLI::Validator{check, range};
}

void say(std::string_view message) {
  write_and_flush(stderr, std::string{message} + '\n');
}

void say_warnings(std::vector<std::string> const& warnings) {
  for (auto const& warning : warnings) {
    say("warning: " + warning);
  }
}

void say_kept(ScenarioRun const& run, std::string_view verb) {
  for (auto const& file : run.kept()) {
    say(std::string{verb} + ": " + file.path.string() + ", " + kept_text(file));
  }
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
