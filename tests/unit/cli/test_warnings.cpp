#include <catch2/catch.hpp>

#include "unit/cli/minute_scenario.hpp"
#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::minute_scenario;
using blondel::test::run;
using Catch::Contains;

TEST_CASE("command line: what leaves the operating limits in mid-run is told on standard error, once") {
  Folder const folder;
  folder.write(
      "minute.json",
      minute_scenario("\"results\"",
                      "\"actions\": [{\"at_s\": 5, \"set_voltage\": {\"phase\": \"L2\", \"voltage_v\": "
                      "170}}, {\"at_s\": 6, \"set_voltage\": {\"phase\": \"L2\", \"voltage_v\": 175}}],\n"
                      "  \"results\""));
  auto const line = "run '" + folder.file("minute.json") + "' --out '" + folder.file("out") + "'";
  auto const outcome = run(line);
  CHECK(outcome.exit_code == 0);
  std::string const warning =
      "warning: at 5 s: outside the operating limits: L2 voltage 170 V, allowed 184 to 264.5 V (Un 230 V, "
      "-20..+15 %); goes on\n";
  CHECK_THAT(outcome.err, Contains(warning));
  CHECK(outcome.err.find("outside") == outcome.err.rfind("outside"));
  CHECK(run(line + " --quiet").err.empty());
}
