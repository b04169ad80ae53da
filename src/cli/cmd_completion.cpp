#include <memory>
#include <vector>

#include "cli/command.hpp"

namespace blondel {

namespace {

/// What a shell needs to know about one subcommand, taken from the App itself.
struct Verb {
  std::string name;
  std::string description;
  std::vector<std::pair<std::string, std::string>> options;  // "--out", "Where results go"
};

std::vector<Verb> walk(CLI::App& program) {
  std::vector<Verb> verbs;
  for (auto const* app : program.get_subcommands({})) {
    Verb verb{app->get_name(), app->get_description(), {}};
    for (auto const* option : app->get_options()) {
      for (auto const& name : option->get_lnames()) {
        verb.options.emplace_back("--" + name, option->get_description());
      }
    }
    verbs.push_back(std::move(verb));
  }
  return verbs;
}

std::string joined_names(std::vector<Verb> const& verbs) {
  std::string text;
  for (auto const& verb : verbs) {
    text += (text.empty() ? "" : " ") + verb.name;
  }
  return text;
}

std::string joined_options(Verb const& verb) {
  std::string text;
  for (auto const& [name, description] : verb.options) {
    text += (text.empty() ? "" : " ") + name;
  }
  return text;
}

std::string for_bash(std::vector<Verb> const& verbs) {
  std::string text =
      "_blondel() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"" +
      joined_names(verbs) +
      " --help\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case ${COMP_WORDS[1]} in\n";
  for (auto const& verb : verbs) {
    text += "    " + verb.name + ") words=\"" + joined_options(verb) + "\" ;;\n";
  }
  return text +
         "  esac\n"
         "  case $word in\n"
         "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _blondel blondel\n";
}

/// Inside single quotes of zsh and fish; the descriptions are ours, so a plain replacement will do.
std::string quotable(std::string text) {
  for (auto& c : text) {
    c = c == '\'' || c == '[' || c == ']' || c == ':' ? ' ' : c;
  }
  return text;
}

std::string for_zsh(std::vector<Verb> const& verbs) {
  std::string text = "#compdef blondel\n_blondel() {\n  local -a verbs\n  verbs=(\n";
  for (auto const& verb : verbs) {
    text += "    '" + verb.name + ":" + quotable(verb.description) + "'\n";
  }
  text +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe 'command' verbs\n"
      "    return\n"
      "  fi\n"
      "  case $words[2] in\n";
  for (auto const& verb : verbs) {
    text += "    " + verb.name + ") _arguments";
    for (auto const& [name, description] : verb.options) {
      text += " '" + name + "[" + quotable(description) + "]'";
    }
    text += " '*:file:_files' ;;\n";
  }
  return text + "  esac\n}\ncompdef _blondel blondel\n";
}

std::string for_fish(std::vector<Verb> const& verbs) {
  std::string text;
  for (auto const& verb : verbs) {
    text += "complete -c blondel -n __fish_use_subcommand -f -a " + verb.name + " -d '" +
            quotable(verb.description) + "'\n";
    for (auto const& [name, description] : verb.options) {
      text += "complete -c blondel -n '__fish_seen_subcommand_from " + verb.name + "' -l " + name.substr(2) +
              " -d '" + quotable(description) + "'\n";
    }
  }
  return text;
}

}  // namespace

Subcommand add_completion(CLI::App& program) {
  auto const shell = std::make_shared<std::string>();
  auto* app = add_subcommand(program, "completion", "Print a completion script for a shell",
                             "blondel completion bash > /etc/bash_completion.d/blondel");
  app->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(one_of({"bash", "zsh", "fish"}));
  return {app, [shell, &program] {
            auto const verbs = walk(program);
            put(*shell == "bash" ? for_bash(verbs) : *shell == "zsh" ? for_zsh(verbs) : for_fish(verbs));
            return to_int(ExitCode::ok);
          }};
}

}  // namespace blondel
