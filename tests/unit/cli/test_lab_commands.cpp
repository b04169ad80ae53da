#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::run;
using Catch::Contains;

namespace {

std::string text_of(std::string const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

TEST_CASE("command line: the help of each laboratory command ends with an example of it") {
  auto const command = GENERATE(as<std::string>{}, "type-test", "curve", "lot", "sensitivity", "calibrate");
  auto const outcome = run("lab " + command + " --help");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Contains("Example:\n  blondel lab " + command + " 685-35-CC4-53-010"));
}

TEST_CASE("command line: what is wrong with a laboratory command is said in one line with what is allowed") {
  auto const [arguments, message] = GENERATE(table<char const*, char const*>(
      {{"lab", "lab: no command; allowed: type-test, curve, lot, sensitivity, calibrate"},
       {"lab curv 1",
        "unknown command of lab 'curv', did you mean 'curve'?; allowed: type-test, curve, lot, sensitivity, "
        "calibrate"},
       {"lab lot 685-35-CC4-53-010 --sed 1",
        "unknown option of lab lot '--sed', did you mean '--seed'?; allowed: --help, -h, --meters, -n, "
        "--models, --data-sheet, "
        "--out, --seed, --bench, --quiet, --jobs, --json"},
       {"lab lot 685-35-CC4-53-010 -n 1",
        "lab lot: --meters: '1'; allowed: a whole number, 2 to 100000; see blondel lab lot --help"},
       {"lab type-test", "lab type-test: TYPE is required; see blondel lab type-test --help"},
       {"lab type-test 685-35-CC4-53-010 --bench perfect",
        "lab type-test: --bench: unknown name 'perfect'; allowed: accredited, ideal; see blondel lab "
        "type-test "
        "--help"}}));
  CAPTURE(arguments);
  auto const outcome = run(arguments);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err == std::string{"blondel: "} + message + "\n");
}

TEST_CASE("command line: a type number that nobody sells is refused with the digit and what is allowed") {
  auto const outcome = run("lab calibrate 685-35-XC4-53-010");
  CHECK(outcome.exit_code == 3);
  CHECK(outcome.err == "blondel: 685-35-XC4-53-010: X3 is not allowed; allowed: 1,5,B,C\n");
}

TEST_CASE("command line: a class that the data sheet does not have is refused with what there is") {
  auto const outcome = run("lab type-test 685-35-CC4-53-010 --data-sheet ru");
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains("68535CC453010") && Contains("k351c_ru_four_wire_class_05"));
}

TEST_CASE("command line: a calibration writes its report three times and is told with its duration") {
  Folder const folder;
  auto const out = folder.file("calibration");
  auto const outcome = run("lab calibrate 685-35-CC4-53-010 --bench-uncertainty --quiet --out '" + out + "'");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Contains("constant: gain") && Contains("meter time of the procedure: "));
  CHECK_THAT(text_of(out + "/calibration.html"),
             Contains("gain 0.02 %, phase 0.1 mrad (1 sigma, each phase)"));
  CHECK_THAT(text_of(out + "/calibration.csv"), Contains("what,element,unit,before,after,bench,run\r\n"));
  auto const json = nlohmann::json::parse(text_of(out + "/calibration.json"));
  CHECK(json.at("type_number") == "68535CC453010");
  CHECK(json.at("model") == "k351c_four_wire_class_c");
  CHECK(json.at("seed") == 1);
  CHECK(json.at("interrupted") == false);
  CHECK(json.at("rows").size() == 42);  // 6 constants and 6 readings for each of three elements, 6 errors
}

TEST_CASE("command line: the load curves of two classes share a chart that begins at each starting current") {
  Folder const folder;
  auto const out = folder.file("curves");
  auto const outcome =
      run("lab curve 685-35-CC4-53-010 685-35-BC4-53-010 --bench ideal --quiet --out '" + out + "'");
  CHECK(outcome.exit_code == 0);
  std::string const run_cell =
      ",\"68535CC453010, model k351c_four_wire_class_c; 68535BC453010, model k351c_four_wire_class_b; "
      "English "
      "data sheet, blondel " BLONDEL_VERSION ", seed 1, ideal bench\"\r\n";
  auto const load = text_of(out + "/load.csv");
  // EN 50470-3: Ist 0.001 In for class C, 0.002 In for class B; at cos 0.5 twice the current for the same
  // power
  CHECK_THAT(load, Contains("series,\"class C, cos 1\",0.005,") &&
                       Contains("series,\"class C, cos 0.5 ind\",0.01,") &&
                       Contains("series,\"class B, cos 1\",0.01,") &&
                       Contains("series,\"class B, cos 0.5 ind\",0.02,"));
  CHECK_THAT(load, Contains("limit,\"limit cos 1, C\",0.05,0.25,1" + run_cell) &&
                       Contains("limit,\"limit cos 1, C\",0.25,6,0.5" + run_cell) &&
                       Contains("limit,\"limit cos 1, B\",0.05,0.25,1.5" + run_cell));
}

TEST_CASE("command line: curves of several classes show both currents, and as JSON all four charts") {
  Folder const folder;
  auto const out = folder.file("curves");
  auto const outcome =
      run("lab curve 685-35-CC4-53-010 685-35-BC4-53-010 --json --quiet --out '" + out + "'");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out == text_of(out + "/curves.json"));
  auto const json = nlohmann::json::parse(outcome.out);
  CHECK(json.at("meters").at(1).at("type_number") == "68535BC453010");
  CHECK(json.at("charts").at("load").size() > 40);
  for (auto const& [name, points] : {std::pair{"temperature", 12U}, {"voltage", 8U}, {"frequency", 9U}}) {
    CAPTURE(name);
    for (auto const* series : {"class C, cos 1, Itr", "class C, cos 0.5 ind, 20 Itr",
                               "class B, cos 1, 20 Itr", "class B, cos 0.5 ind, 20 Itr"}) {
      auto const& rows = json.at("charts").at(name);
      CHECK(static_cast<unsigned>(std::count_if(rows.begin(), rows.end(), [&](auto const& row) {
              return row.at("kind") == "series" && row.at("name") == series;
            })) == points);
    }
    CHECK_THAT(text_of(out + '/' + name + ".svg"),
               Contains(" at Itr</text>") && Contains(" at 20 Itr</text>"));
  }
}

TEST_CASE("command line: a folder that cannot be made is told before anything is measured") {
  auto const outcome = run("lab type-test 685-35-CC4-53-010 --out /proc/nowhere");
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.err == "blondel: /proc/nowhere: No such file or directory\n");
}
