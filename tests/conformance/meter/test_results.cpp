#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run;
using blondel::test::run_in;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

TEST_CASE("results: the program runs a scenario of the tree and writes files that other tools read",
          "[SIM-01]") {
  // 3 x 230 V x 100 A x 1 h = 69 kWh; the transformer adds 0.05 % (scenarios/first_kilowatt_hour/README.md).
  Folder const folder;
  auto const outcome = run("run scenarios/first_kilowatt_hour --out '" + folder.file("results") + "'");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out == "2026-01-05T01:00:00.000+01:00 35100001 1.8.0 69.03 kWh\n");
  CHECK_THAT(folder.read("results/transcript.txt"),
             StartsWith("# blondel ") && EndsWith("T01:00:00.000+01:00 35100001 1.8.0 69.03 kWh\n"));
  // RFC 4180: the first row of the quarter hours, world time and local offset; lines end with CR LF.
  CHECK_THAT(folder.read("results/registers.csv"),
             StartsWith("time_utc,local_offset,meter,1.8.0 [kWh],") &&
                 Contains("\r\n2026-01-05T00:00:00.000Z,+01:00,35100001,69.03"));
  CHECK_THAT(folder.read("results/summary.json"),
             StartsWith("{\n") && Contains("\"led_pulses\": 17258,") && Contains("\"s0_pulses\": 8629,"));
  CHECK_THAT(folder.read("results/summary.txt"), Contains("first_kilowatt_hour"));
}

TEST_CASE("results: an expectation that fails is named and ends the program with 4", "[SIM-01]") {
  Folder const folder;
  Document document;
  document.expect = R"({"register": "32.7.0", "at_s": "end", "value": 231, "tolerance": 0.5, "unit": "V"})";
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 4);
  CHECK_THAT(outcome.err, Contains("failed: 32.7.0 at end: expected 231 V +- 0.5 V, found 2"));
  CHECK_THAT(folder.read("results/transcript.txt"), Contains(" fail 32.7.0 at end: expected 231 V +- 0.5 V"));
}

TEST_CASE("results: --json gives what summary.json says, with files, last line and speed beside it",
          "[SIM-01]") {
  Folder const folder;
  Document document;
  auto const outcome = run_in(folder, document, "--json");
  CHECK(outcome.exit_code == 0);
  auto file = folder.read("results/summary.json");
  REQUIRE(file.ends_with("\n}\n"));
  file.resize(file.size() - 3);  // all of it but the closing brace
  CHECK_THAT(outcome.out,
             StartsWith(file + ",\n  \"passed\": true,\n  \"files\": [") &&
                 Contains("\"last_line\": \"2026-01-05T12:00:02.000+01:00 35100001 1.8.0 0.07 kWh\"") &&
                 Contains("\"times_real_time\": "));
}
