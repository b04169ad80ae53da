#include <scenario/run_lines.hpp>
#include <scenario/scenario_data.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

#include "scratch.hpp"

using namespace blondel;

namespace {

/// A document whose source is a profile with this text in p.csv and these words in its one series.
std::string profile_document(std::string const& series, std::string const& more = "") {
  return small_document("\"constant\": {\"voltage_v\": 230, \"current_a\": 100}",
                        "\"load_profile\": {\"voltage_v\": 230, \"interval_s\": 20" + more +
                            ", \"series\": [{" + series + "}]}");
}

ScenarioResult<std::shared_ptr<Scenario const>> load(std::string const& csv, std::string const& series,
                                                     std::string const& more = "") {
  Scratch const scratch{"profile"};
  scratch.write("p.csv", csv);
  scratch.write("scenario.json", profile_document("\"file\": \"p.csv\", " + series, more));
  RunOptions options;
  options.models = models_folder();
  return load_scenario(scratch.path(), options);
}

std::string fault(std::string const& csv, std::string const& series, std::string const& more = "") {
  auto const loaded = load(csv, series, more);
  if (loaded) {
    return "accepted";
  }
  auto const& message = loaded.error().message;
  auto const name = message.rfind("p.csv");
  return name == std::string::npos ? message : message.substr(name);
}

}  // namespace

TEST_CASE("load profile: kilowatts are scaled and a total is spread over the phases") {
  auto const loaded = load("0.3\n0.6\n-0.9\n", "\"phase\": \"total\", \"unit\": \"kW\", \"scale\": 0.1");
  REQUIRE(loaded);
  auto const& profile = *(*loaded)->source.profile;
  REQUIRE(profile.rows() == 3);
  CHECK(profile.active_w[0][0] == Approx(10.0).margin(1e-12));
  CHECK(profile.active_w[2][2] == Approx(-30.0).margin(1e-12));
  CHECK(profile.reactive_var[1][0] == 0.0);
}

TEST_CASE("load profile: where series add up the transcript names the phase and the files") {
  auto const loaded = load("1\n2\n3\n",
                           "\"phase\": \"L1\", \"unit\": \"kW\"}, "
                           "{\"file\": \"./p.csv\", \"phase\": \"total\", \"unit\": \"W\"}, "
                           "{\"file\": \"p.csv\", \"phase\": \"L2\", \"unit\": \"var\"");
  REQUIRE(loaded);
  auto const& profile = *(*loaded)->source.profile;
  CHECK(profile.active_w[0][1] == Approx(2000.0 + 2.0 / 3).margin(1e-9));
  REQUIRE(profile.sums == std::vector<std::string>{"L1 active: p.csv + ./p.csv"});
  auto const lines = head_lines(**loaded, {});
  CHECK(std::count(lines.begin(), lines.end(), std::pair{std::string{"load_profile"}, profile.sums[0]}) == 1);
}

TEST_CASE("load profile: reactive power follows from the power factor and keeps its kind when exporting") {
  auto const loaded = load("4\n-4\n4\n", "\"phase\": \"L2\", \"unit\": \"kW\"",
                           ", \"power_factor\": 0.8, \"power_factor_kind\": \"capacitive\"");
  REQUIRE(loaded);
  auto const& profile = *(*loaded)->source.profile;
  CHECK(profile.active_w[0][0] == 0.0);
  CHECK(profile.active_w[1][0] == Approx(4000.0).margin(1e-9));
  // 4 kW at 0.8 is 5 kVA, so 3 kvar by Pythagoras
  CHECK(profile.reactive_var[1][0] == Approx(-3000.0).margin(1e-9));
  CHECK(profile.reactive_var[1][1] == Approx(-3000.0).margin(1e-9));
}

TEST_CASE("load profile: a column is found by its name in the header") {
  auto const loaded = load("time;\"P kW\";Q\r\n00:00;1.5;0\r\n00:01;2.5;0\r\n00:02;3;0\r\n",
                           "\"phase\": \"L1\", \"unit\": \"W\", \"column\": \"P kW\"");
  REQUIRE(loaded);
  CHECK((*loaded)->source.profile->active_w[0] == std::vector<double>{1.5, 2.5, 3.0});
}

TEST_CASE("load profile: blanks part columns where there is nothing else") {
  auto const loaded =
      load(" 1  10 \n 2  20\n 3  30\n\n", "\"phase\": \"L3\", \"unit\": \"W\", \"column\": 2");
  REQUIRE(loaded);
  CHECK((*loaded)->source.profile->active_w[2] == std::vector<double>{10.0, 20.0, 30.0});
}

TEST_CASE("load profile: a truncated row is named with file, line and text") {
  CHECK(fault("1,10\n2,20\n3", "\"phase\": \"L1\", \"unit\": \"W\", \"column\": 2") ==
        "p.csv:3: \"3\": has 1 cells, column 2 is wanted (truncated?)");
}

TEST_CASE("load profile: a file cut off inside its last number is refused") {
  std::string const rows = "\"phase\": \"L1\", \"unit\": \"kW\"";
  CHECK(fault("5.125\n5.250\n5.3", rows) ==
        "p.csv:3: \"5.3\": the file ends inside this line: no line end, and fewer decimals than every row "
        "before "
        "(truncated? if it is whole, end the line)");
  CHECK(fault("5.125\n5.250\n5.3\n", rows) == "accepted");
  CHECK(fault("5.125\n5.250\n5.375", rows) == "accepted");
  CHECK(fault("5\n5.250\n6", rows) == "accepted");
}

TEST_CASE("load profile: decimal commas are not read as two columns") {
  std::string const rows = "\"phase\": \"L1\", \"unit\": \"kW\"";
  CHECK(fault("5,125\n5,250\n5,300\n", rows) ==
        "p.csv:1: \"5,125\": has 2 cells, and no \"column\" says which; decimals take a point, not a comma");
  CHECK(fault("5,1\n5,2\n5,3\n", rows + ", \"column\": 2") == "accepted");
}

TEST_CASE("load profile: a cell that is no number is named with file, line and text") {
  CHECK(fault("1\n2x\n3\n", "\"phase\": \"L1\", \"unit\": \"W\"") ==
        "p.csv:2: \"2x\": column 1 is no number");
  CHECK(fault("1\nnan\n3\n", "\"phase\": \"L1\", \"unit\": \"W\"") ==
        "p.csv:2: \"nan\": column 1 is no number");
  CHECK(fault("1\n\x1b[2J\n3\n", "\"phase\": \"L1\", \"unit\": \"W\"") ==
        "p.csv:2: \"\\x1b[2J\": column 1 is no number");
}

TEST_CASE("load profile: an empty line inside the data is an error, at the end it is not") {
  CHECK(fault("1\n\n3\n", "\"phase\": \"L1\", \"unit\": \"W\"") ==
        "p.csv:2: \"\": an empty line inside the data");
  CHECK(fault("1\n2\n3\n\n\n", "\"phase\": \"L1\", \"unit\": \"W\"") == "accepted");
}

TEST_CASE("load profile: an empty file, a missing file and a missing column are errors") {
  CHECK(fault("", "\"phase\": \"L1\", \"unit\": \"W\"") ==
        "p.csv:0: \"\": the file ends before the first row of data");
  CHECK(fault("a,b\n1,2\n", "\"phase\": \"L1\", \"unit\": \"W\", \"column\": \"c\"") ==
        "p.csv:1: \"a,b\": has no column \"c\"");
  auto const missing = load("1\n",
                            "\"phase\": \"L1\", \"unit\": \"W\"}, {\"file\": \"q.csv\", \"phase\": \"L1\", "
                            "\"unit\": \"W\"");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ScenarioError::Kind::invalid);
  CHECK(missing.error().message.find("q.csv: cannot be read") != std::string::npos);
}

TEST_CASE("load profile: a file with fewer rows than announced is refused") {
  CHECK(fault("1\n2\n", "\"phase\": \"L1\", \"unit\": \"W\"", ", \"rows\": 3, \"after_end\": \"zero\"") ==
        "p.csv has 2 rows, the scenario says 3");
}

TEST_CASE("load profile: a profile shorter than the scenario needs to say what comes after") {
  auto const message = fault("1\n2\n", "\"phase\": \"L1\", \"unit\": \"W\"");
  CHECK(message.find("\"after_end\" must say hold or zero") != std::string::npos);
  CHECK(fault("1\n2\n", "\"phase\": \"L1\", \"unit\": \"W\"", ", \"after_end\": \"hold\"") == "accepted");
}

TEST_CASE("load profile: a row beyond the converters is named with file, row and value") {
  // 230 kW at 230 V are 1000 A, 25 A behind 200/5 (by hand)
  auto const message = fault("1\n230\n1\n", "\"phase\": \"L3\", \"unit\": \"kW\"");
  CHECK(message ==
        "p.csv: row 2: L3 1000 A is 25 A behind the transformer; allowed in the interval tier: up to 20 A");
}

TEST_CASE("load profile: what never ends is refused before it is read") {
  auto const loaded = load("1\n",
                           "\"phase\": \"L1\", \"unit\": \"W\"}, {\"file\": \"/dev/zero\", \"phase\": "
                           "\"L1\", \"unit\": \"W\"");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message == "/dev/zero: is a pipe, a device or a socket; allowed: a regular file");
}

TEST_CASE("load profile: a line without end is refused with its number and the limit") {
  CHECK(fault("1\n" + std::string(65'536, '2') + "\n3\n", "\"phase\": \"L1\", \"unit\": \"W\"")
            .ends_with(": column 1 is no number"));
  CHECK(fault("1\n" + std::string(65'537, '2') + "\n3\n", "\"phase\": \"L1\", \"unit\": \"W\"") ==
        "p.csv:2: \"" + std::string(80, '2') + "...\": the line is too long; allowed: up to 65536 octets");
}

TEST_CASE("load profile: a row beyond 6 A is a warning that names the first one") {
  // 60 kW at 230 V are 260.87 A, 6.522 A behind 200/5 (by hand)
  auto const loaded = load("1\n60\n70\n", "\"phase\": \"L2\", \"unit\": \"kW\"");
  REQUIRE(loaded);
  CHECK((*loaded)->warnings ==
        std::vector<std::string>{
            "load profile, row 2: outside the operating limits: L2 current 6.522 A, allowed "
            "0 to 6 A (behind the transformer); goes on"});
}
