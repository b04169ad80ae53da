#include <blondel/scenario/scenario.hpp>

#include <memory>

#include "cli/command.hpp"
#include "scenario/schema_text.hpp"

namespace blondel {

namespace {

int print_schema(std::string const& of) {
  auto text = of == "scenario"       ? scenario_schema()
              : of == "meter_model"  ? std::string{meter_model_schema_text()}
              : of == "ct_model"     ? std::string{ct_model_schema_text()}
              : of == "tariff_table" ? std::string{tariff_table_schema_text()}
              : of == "calendar"     ? std::string{calendar_schema_text()}
              : of == "nameplate"    ? std::string{nameplate_schema_text()}
                                     : std::string{display_model_schema_text()};
  if (!text.ends_with('\n')) {
    text += '\n';
  }
  put(text);
  return to_int(ExitCode::ok);
}

}  // namespace

Subcommand add_schema(CLI::App& program) {
  auto const of = std::make_shared<std::string>("scenario");
  auto* app = add_subcommand(program, "schema", "Print the JSON Schema of a document",
                             "blondel schema > scenario.schema.json");
  app->add_option("DOCUMENT", *of, "Which document")
      ->capture_default_str()
      ->check(one_of(
          {"scenario", "meter_model", "ct_model", "display_model", "tariff_table", "calendar", "nameplate"}));
  return {app, [of] { return print_schema(*of); }};
}

}  // namespace blondel
