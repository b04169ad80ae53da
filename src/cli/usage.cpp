#include <algorithm>
#include <cctype>

#include "cli/command.hpp"
#include "scenario/schema.hpp"

namespace blondel {

namespace {

/// A word of which `name` is the only beginning is nearer than any with few other letters.
std::string nearest(std::string const& name, std::vector<std::string> const& words) {
  auto const begins = [&name](std::string const& word) { return !name.empty() && word.starts_with(name); };
  if (std::ranges::count_if(words, begins) == 1) {
    return *std::ranges::find_if(words, begins);
  }
  return nearest_name(name, words);
}

std::vector<std::string> verbs_of(CLI::App& program) {
  std::vector<std::string> verbs;
  for (auto const* verb : program.get_subcommands({})) {
    verbs.push_back(verb->get_name());
  }
  return verbs;
}

std::string listed(std::vector<std::string> const& words) {
  std::string list;
  for (auto const& word : words) {
    list += (list.empty() ? "" : ", ") + word;
  }
  return list;
}

/// "--seed" and "-q", not "-1": a number may be a value.
bool looks_like_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-' && std::isdigit(static_cast<unsigned char>(word[1])) == 0;
}

/// All names of an App's options, without the dashes of its positional arguments.
std::vector<std::string> options_of(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* option : app.get_options()) {
    for (auto const& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
    for (auto const& name : option->get_snames()) {
      names.push_back("-" + name);
    }
  }
  return names;
}

/// The first word after the verb that is an option and none of the verb's.
std::string unknown_option(std::vector<std::string> const& words, std::vector<std::string> const& known) {
  for (auto const& word : words) {
    if (word == "--") {
      break;
    }
    auto const name = word.substr(0, word.find('='));
    if (looks_like_option(name) && std::ranges::find(known, name) == known.end()) {
      return name;
    }
  }
  return {};
}

}  // namespace

std::string unknown_text(std::string const& what, std::string const& name,
                         std::vector<std::string> const& allowed) {
  auto const near = nearest(name, allowed);
  return "unknown " + what + " '" + name + "'" + (near.empty() ? "" : ", did you mean '" + near + "'?") +
         "; allowed: " + listed(allowed);
}

CLI::Validator one_of(std::vector<std::string> words) {
  auto const check = [words](std::string& text) -> std::string {
    return std::ranges::find(words, text) == words.end() ? unknown_text("name", text, words) : std::string{};
  };
  return CLI::Validator{check, listed(words)};
}

int complain_of_command_line(CLI::App& program, CLI::ParseError const& error, int argc,
                             char const* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  // Down to the innermost verb; words[0] is then what follows it.
  auto* app = &program;
  std::string name;
  while (!words.empty()) {
    auto const verbs = verbs_of(*app);
    if (std::ranges::find(verbs, words.front()) == verbs.end()) {
      if (!verbs.empty() && !looks_like_option(words.front())) {
        return complain(ExitCode::usage, unknown_text("command" + (name.empty() ? name : " of " + name),
                                                      words.front(), verbs));
      }
      break;
    }
    app = app->get_subcommand(words.front());
    name += (name.empty() ? "" : " ") + words.front();
    words.erase(words.begin());
  }
  if (error.get_exit_code() == 0) {
    program.exit(error);  // --help
    return to_int(ExitCode::ok);
  }
  if (auto const option = unknown_option(words, options_of(*app)); !option.empty()) {
    return complain(ExitCode::usage,
                    unknown_text("option" + (name.empty() ? name : " of " + name), option, options_of(*app)));
  }
  if (auto const verbs = verbs_of(*app); !verbs.empty()) {
    return complain(ExitCode::usage,
                    (name.empty() ? "" : name + ": ") + "no command; allowed: " + listed(verbs));
  }
  return complain(ExitCode::usage, name + ": " + error.what() + "; see blondel " + name + " --help");
}

}  // namespace blondel
