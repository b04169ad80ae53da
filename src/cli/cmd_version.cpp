#include <memory>

#include "cli/command.hpp"

namespace blondel {

Subcommand add_version(CLI::App& program) {
  auto const json = std::make_shared<bool>(false);
  auto* app = add_subcommand(program, "version", "Print the program's version", "blondel version");
  app->add_flag("--json", *json, "As JSON");
  return {app, [json] {
            put(*json ? "{\"program\":\"blondel\",\"version\":\"" BLONDEL_VERSION "\"}\n"
                      : "blondel " BLONDEL_VERSION "\n");
            return to_int(ExitCode::ok);
          }};
}

}  // namespace blondel
