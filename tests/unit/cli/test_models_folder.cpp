#include <catch2/catch.hpp>

#include "unit/cli/minute_scenario.hpp"
#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::minute_scenario;
using blondel::test::run;
using Catch::Contains;

namespace {

/// The project's models and one file that is no JSON.
void make_models_with_a_broken_one(Folder const& folder) {
  std::filesystem::copy(BLONDEL_SOURCE_DIR "/models", folder.file("models"),
                        std::filesystem::copy_options::recursive);
  folder.write("models/meter/broken.json", "{\"name\" 1}");
}

std::string in_quotes(std::string const& path) {
  return "'" + path + "'";
}

}  // namespace

TEST_CASE("command line: a broken model that a scenario does not need is a warning, told once") {
  Folder const folder;
  make_models_with_a_broken_one(folder);
  folder.write("minute.json", minute_scenario());
  auto const outcome = run("run " + in_quotes(folder.file("minute.json")) + " --models " +
                           in_quotes(folder.file("models")) + " --out " + in_quotes(folder.file("out")));
  CHECK(outcome.exit_code == 0);
  auto const warning =
      "warning: left out: " + folder.file("models/meter/broken.json") + ": line 1, column 9: ";
  CHECK_THAT(outcome.err, Contains(warning));
  CHECK(outcome.err.find("broken.json") == outcome.err.rfind("broken.json"));
  CHECK_THAT(folder.read("out/summary.json"), Contains("broken.json"));
}

TEST_CASE("command line: check of a models folder tells of each file and fails for the broken one") {
  Folder const folder;
  make_models_with_a_broken_one(folder);
  auto const outcome = run("check " + in_quotes(folder.file("models")));
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains(folder.file("models/meter/broken.json") + ": line 1, column 9: no JSON"));
  CHECK_THAT(outcome.out,
             Contains("k351c_four_wire_class_c.json: valid meter model k351c_four_wire_class_c\n") &&
                 Contains("nanocrystalline_200_5.json: valid ct model nanocrystalline_200_5\n") &&
                 Contains("fff_423.json: valid display model fff_423\n"));
  CHECK(run("check models").exit_code == 0);
}

TEST_CASE("command line: a scenario whose only model is broken names the broken file") {
  Folder const folder;
  make_models_with_a_broken_one(folder);
  std::filesystem::remove(folder.file("models/meter/k351c_four_wire_class_c.json"));
  folder.write("minute.json", minute_scenario());
  auto const outcome =
      run("check " + in_quotes(folder.file("minute.json")) + " --models " + in_quotes(folder.file("models")));
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains("no model for the type number 68535CC423010") &&
                              Contains("not usable: " + folder.file("models/meter/broken.json")));
}
