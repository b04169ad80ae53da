#include <catch2/catch.hpp>

#include "unit/cli/minute_scenario.hpp"
#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::minute_scenario;
using blondel::test::run;
using Catch::Contains;

namespace {

constexpr char const* skipped =
    "2026-03-29T02:30:00 does not exist: the clocks go forward over it; allowed: up to 2026-03-29T01:59:59 "
    "or "
    "from 2026-03-29T03:00:00 on";

std::string in_quotes(std::string const& path) {
  return "'" + path + "'";
}

}  // namespace

TEST_CASE("command line: serve does not start in the hour that spring leaves out") {
  Folder const folder;
  folder.write("minute.json", minute_scenario());
  auto const outcome = run("serve " + in_quotes(folder.file("minute.json")) + " --start 2026-03-29T02:30:00");
  CHECK(outcome.exit_code == 2);
  CHECK_THAT(outcome.err, Contains(std::string{"--start "} + skipped));
}

TEST_CASE("command line: a start in the double hour of autumn says which one is taken") {
  Folder const folder;
  folder.write("minute.json", minute_scenario("2026-01-05T00:00:00", "2026-10-25T02:30:00"));
  auto const which =
      "the start 2026-10-25T02:30:00 comes twice when the clocks go back; taken is the first, in summer time "
      "(+02:00)";
  CHECK_THAT(run("check " + in_quotes(folder.file("minute.json"))).err, Contains(which));
  auto const outcome =
      run("run " + in_quotes(folder.file("minute.json")) + " --out " + in_quotes(folder.file("out")));
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.err, Contains(which));
  CHECK_THAT(folder.read("out/transcript.txt"),
             Contains("2026-10-25T02:30:00.000+02:00 35100001 warning " + std::string{which}));
}

TEST_CASE("command line: a journal of a run that starts in a missing hour is refused") {
  Folder const folder;
  folder.write("minute.json", minute_scenario());
  folder.write(
      "visit",
      "blondel-journal 3\nprogram 0.1.0\nscenario " + folder.file("minute.json") +
          "\nscenario_hash 0000000000000000\nmodels models\nmodels_hash "
          "0000000000000000\nseed scenario\nstart_local 2026-03-29T02:30:00\nhistory_s 0\npacing real\n");
  auto const outcome = run("replay " + in_quotes(folder.file("visit")));
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains(folder.file("visit") + ": start_local " + skipped));
}
