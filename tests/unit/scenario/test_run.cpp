#include <blondel/scenario/scenario.hpp>
#include <twin/twin.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

#include "scratch.hpp"

using namespace blondel;

namespace {

std::string content(std::filesystem::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::unique_ptr<ScenarioRun> made(Scratch const& scratch, RunOptions& options, std::string const& document) {
  scratch.write("scenario.json", document);
  options.models = models_folder();
  auto const scenario = load_scenario(scratch.path(), options);
  REQUIRE(scenario);
  auto run = ScenarioRun::create(*scenario, options);
  REQUIRE(run);
  return std::move(*run);
}

RunSummary finished(ScenarioRun& run) {
  REQUIRE(run.step(run.end()));
  auto const summary = run.finish(false);
  REQUIRE(summary);
  return *summary;
}

}  // namespace

// The small document: 3 x 230 V, 100 A for 30 s, 50 A for 30 s at power factor 1: 69 kW * 30 s + 34.5 kW * 30
// s = 3.105 MJ = 0.8625 kWh; the transformer adds 0.05 %: 0.86293 kWh (by hand).

TEST_CASE("run: transcript, CSV and summary tell the same story") {
  Scratch const scratch{"run_story"};
  RunOptions options;
  options.output = scratch.path() / "out";
  std::vector<std::string> lines;
  options.on_transcript = [&lines](std::string const& line) { lines.push_back(line); };
  auto const run = made(scratch, options, small_document());
  auto const summary = finished(*run);
  CHECK(summary.passed());
  REQUIRE(summary.expectations.size() == 1);
  CHECK(summary.expectations[0].what == "1.8.0 at end");
  CHECK(summary.expectations[0].expected == "0.8629 kWh +- 0.001 kWh");
  CHECK(summary.last_line == "2026-01-05T00:01:00.000+01:00 35100001 1.8.0 0.86 kWh");
  CHECK(lines.front().starts_with("# blondel "));
  CHECK(lines[1] == "2026-01-05T00:00:00.000+01:00 35100001 type 68535CC423010");
  CHECK(lines[2] ==
        "2026-01-05T00:00:00.000+01:00 35100001 configuration 31000162 42301011 00001000 00000101 00004011");
  CHECK(lines[5] == "2026-01-05T00:00:20.000+01:00 35100001 1.8.0 0.38 kWh");
  CHECK(lines[6] ==
        "2026-01-05T00:00:30.000+01:00 35100001 set_load all 50 A lag 0 deg 50 A lag 0 deg 50 A lag 0 deg");

  auto const csv = content(*options.output / "registers.csv");
  CHECK(csv.starts_with(
      "time_utc,local_offset,meter,1.8.0 [kWh],run\r\n2026-01-04T23:00:00.000Z,+01:00,35100001,"
      "0.000000,"));
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 8);
  CHECK(content(*options.output / "summary.json").find("\"difference_uj\": 0") != std::string::npos);
  std::string transcript;
  for (auto const& line : lines) {
    transcript += line + "\n";
  }
  CHECK(content(*options.output / "transcript.txt") == transcript);
}

TEST_CASE("run: the size of the steps changes nothing") {
  Scratch const scratch{"run_steps"};
  std::vector<std::string> whole;
  std::vector<std::string> pieces;
  RunOptions options;
  options.on_transcript = [&whole](std::string const& line) { whole.push_back(line); };
  auto const one = made(scratch, options, small_document());
  auto const hash = finished(*one).state_hash;
  options.on_transcript = [&pieces](std::string const& line) { pieces.push_back(line); };
  auto const other = made(scratch, options, small_document());
  for (SimTime t; t < other->end(); t = t + SimDuration::milliseconds(730)) {
    REQUIRE(other->step(t));
  }
  CHECK(finished(*other).state_hash == hash);
  CHECK(pieces == whole);
}

TEST_CASE("run: a failed expectation is reported and does not stop the run") {
  Scratch const scratch{"run_fail"};
  RunOptions options;
  auto const run = made(scratch, options, small_document("\"value\": 0.8629", "\"value\": 0.9"));
  auto const summary = finished(*run);
  CHECK_FALSE(summary.passed());
  CHECK(summary.simulated.ns() == 60'000'000'000);
}

TEST_CASE("run: an interrupted run keeps its results and does not judge what never came") {
  Scratch const scratch{"run_interrupted"};
  RunOptions options;
  options.output = scratch.path() / "out";
  auto const run = made(scratch, options, small_document());
  REQUIRE(run->step(SimTime{25'000'000'000}));
  auto const summary = run->finish(true);
  REQUIRE(summary);
  CHECK(summary->interrupted);
  CHECK(summary->expectations.empty());
  CHECK(content(*options.output / "transcript.txt").find(" interrupted\n") != std::string::npos);
  auto const csv = content(*options.output / "registers.csv");
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 4);  // head, 0 s, 10 s, 20 s
}

TEST_CASE("run: a full disk is an error that names the file, and what was written stays") {
  Scratch const scratch{"run_full"};
  std::filesystem::create_directories(scratch.path() / "out");
  std::filesystem::create_symlink("/dev/full", scratch.path() / "out" / "registers.csv");
  RunOptions options;
  options.models = models_folder();
  options.output = scratch.path() / "out";
  scratch.write("scenario.json", small_document());
  auto const scenario = load_scenario(scratch.path(), options);
  REQUIRE(scenario);
  auto const run = ScenarioRun::create(*scenario, options);
  REQUIRE_FALSE(run);
  CHECK(run.error().kind == ScenarioError::Kind::runtime);
  CHECK(run.error().message == (scratch.path() / "out" / "registers.csv").string() +
                                   ": cannot be written: No space left on device; kept: nothing");
}

TEST_CASE("run: a meter without supply counts nothing and its readings are missing, not zero") {
  Scratch const scratch{"run_off"};
  RunOptions options;
  options.output = scratch.path() / "out";
  auto const run = made(scratch, options,
                        small_document("{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}",
                                       "{\"at_s\": 30, \"power_off\": {}}"));
  REQUIRE(run->step(run->end()));
  auto const summary = run->finish(false);
  REQUIRE(summary);
  REQUIRE(summary->expectations.size() == 1);
  CHECK(summary->expectations[0].found == "meter without supply");
  CHECK_FALSE(summary->passed());
  CHECK(content(*options.output / "registers.csv").find("2026-01-04T23:00:40.000Z,+01:00,35100001,,") !=
        std::string::npos);
}

TEST_CASE("run: an image file remembers the meter from one run to the next") {
  Scratch const scratch{"run_image"};
  RunOptions options;
  auto const document = small_document("\"serial_number\"", "\"nv\": \"meter.image\", \"serial_number\"");
  finished(*made(scratch, options, document));
  auto const again = made(scratch, options, document);
  auto const summary = finished(*again);
  REQUIRE(summary.expectations.size() == 1);
  CHECK(summary.expectations[0].found.starts_with("1.72"));  // twice 0.8629 kWh
}

TEST_CASE("run: seed and start of the command line win over the document's") {
  Scratch const scratch{"run_options"};
  RunOptions options;
  options.seed = 99;
  options.start_local = 0;
  std::vector<std::string> lines;
  options.on_transcript = [&lines](std::string const& line) { lines.push_back(line); };
  auto const run = made(scratch, options, small_document());
  REQUIRE(lines.size() > 1);
  CHECK(lines[0].find(", seed 99, ") != std::string::npos);
  CHECK(lines[1].starts_with("2000-01-01T00:00:00.000+01:00 "));
}

TEST_CASE("run: the summary holds what nobody has read before the end") {
  Scratch const scratch{"run_unread"};
  RunOptions options;
  options.output = scratch.path() / "out";
  auto text = small_document();
  text.erase(text.find("\"expect\""));
  text += "\"results\": {\"transcript\": {\"registers\": [\"1.8.0\"]}}}";
  finished(*made(scratch, options, text));
  auto const json = content(*options.output / "summary.json");
  // 0.8629 kWh at ratio 40 is 0.021573 kWh = 77.66 kJ of secondary energy (by hand)
  CHECK(json.find("\"increments_uj\": 776") != std::string::npos);
  CHECK(json.find("\"led_pulses\": 0,") == std::string::npos);
}

TEST_CASE("run: a load beyond the converters is an error with time and element, and the summary is kept") {
  Scratch const scratch{"run_beyond"};
  RunOptions options;
  options.output = scratch.path() / "out";
  auto const run = made(scratch, options, small_document());
  run->twin().set_current(1, Amps{20'000.0}, Radians{0.0});  // 500 A secondary, 115 kW: more than 50 kW
  auto const stepped = run->step(run->end());
  REQUIRE_FALSE(stepped);
  CHECK(stepped.error().kind == ScenarioError::Kind::runtime);
  CHECK(stepped.error().message ==
        (scratch.path() / "scenario.json").string() +
            ": L2: the load is beyond what the converters can give, the meter refused the increment at 10 s "
            "of simulated time; results so far are kept");
  REQUIRE(run->finish(true));
  CHECK(content(*options.output / "summary.txt").find("warning ") != std::string::npos);
}

TEST_CASE("run: a load beyond the converters that only the end sees is an error of finish") {
  Scratch const scratch{"run_beyond_end"};
  RunOptions options;
  options.output = scratch.path() / "out";
  auto const run = made(scratch, options, small_document());
  run->twin().set_current(1, Amps{20'000.0}, Radians{0.0});
  REQUIRE(run->step(SimTime{5'000'000'000}));
  auto const summary = run->finish(true);
  REQUIRE_FALSE(summary);
  CHECK(summary.error().message.find(" at 5 s of simulated time") != std::string::npos);
  CHECK(std::filesystem::exists(*options.output / "summary.json"));
}

TEST_CASE("run: a memory that is no image is refused with file, path, value and what is allowed") {
  auto const fault = [](std::string const& nv) {
    Scratch const scratch{"run_memory"};
    scratch.write("short.img", "x");
    scratch.write("scenario.json",
                  small_document("\"serial_number\"", "\"nv\": \"" + nv + "\", \"serial_number\""));
    RunOptions options;
    options.models = models_folder();
    auto const scenario = load_scenario(scratch.path(), options);
    REQUIRE(scenario);
    auto const run = ScenarioRun::create(*scenario, options);
    REQUIRE_FALSE(run);
    auto const& message = run.error().message;
    auto const from = message.find("$.meter.nv: ");
    REQUIRE(from != message.npos);
    CHECK(message.substr(0, from).ends_with("scenario.json: "));
    return message.substr(from);
  };
  CHECK(fault("/dev/full") ==
        "$.meter.nv: /dev/full: is a pipe, a device or a socket; allowed: a regular file, \"ram\", or a file "
        "that is not there yet");
  CHECK(fault("short.img")
            .ends_with("short.img: permanent memory damaged: the image has 1 octets; allowed: 4194304, or a "
                       "file that is not there yet"));
}

TEST_CASE("run: an image of another meter is refused with its file and that meter's number") {
  Scratch const scratch{"run_other_meter"};
  RunOptions options;
  auto document = small_document("\"serial_number\"", "\"nv\": \"meter.image\", \"serial_number\"");
  finished(*made(scratch, options, document));
  document.replace(document.find("35100001"), 8, "35100002");
  scratch.write("scenario.json", document);
  auto const scenario = load_scenario(scratch.path(), options);
  REQUIRE(scenario);
  auto const run = ScenarioRun::create(*scenario, options);
  REQUIRE_FALSE(run);
  CHECK(run.error().message == (scratch.path() / "scenario.json").string() +
                                   ": $.meter.nv: " + (scratch.path() / "meter.image").string() +
                                   ": the meter does not start: the image belongs to another meter, serial "
                                   "number 35100001");
}

TEST_CASE("run: a CSV without interval holds one row, of the end") {
  Scratch const scratch{"run_csv_end"};
  RunOptions options;
  options.output = scratch.path() / "out";
  finished(*made(scratch, options, small_document("\"csv\": {\"interval_s\": 10, ", "\"csv\": {")));
  auto const csv = content(*options.output / "registers.csv");
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 2);
  CHECK(csv.find("\n2026-01-04T23:01:00.000Z,+01:00,35100001,0.862") != std::string::npos);
}

TEST_CASE("run: an action that changes nothing says so") {
  Scratch const scratch{"run_no_change"};
  RunOptions options;
  std::vector<std::string> lines;
  options.on_transcript = [&lines](std::string const& line) { lines.push_back(line.substr(30)); };
  auto const run = made(scratch, options,
                        small_document("{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}",
                                       "{\"at_s\": 1, \"power_on\": {}}, {\"at_s\": 2, \"power_off\": {}}, "
                                       "{\"at_s\": 3, \"power_off\": {}}, {\"at_s\": 4, \"power_on\": {}}, "
                                       "{\"at_s\": 5, \"restore_phase\": {\"phase\": \"L2\"}}, "
                                       "{\"at_s\": 6, \"lose_phase\": {\"phase\": \"L2\"}}, "
                                       "{\"at_s\": 7, \"restore_phase\": {\"phase\": \"all\"}}"));
  REQUIRE(run->step(SimTime{8'000'000'000}));
  REQUIRE(lines.size() == 12);
  CHECK(std::vector<std::string>(lines.begin() + 5, lines.end()) ==
        std::vector<std::string>{"35100001 power_on no change", "35100001 power_off",
                                 "35100001 power_off no change", "35100001 power_on",
                                 "35100001 restore_phase L2 no change", "35100001 lose_phase L2",
                                 "35100001 restore_phase all"});
}

TEST_CASE("run: an action that leaves the operating limits warns once and goes on") {
  Scratch const scratch{"run_limits"};
  RunOptions options;
  options.output = scratch.path() / "out";
  std::vector<std::string> warnings;
  options.on_warning = [&warnings](std::string const& line) { warnings.push_back(line); };
  std::vector<std::string> lines;
  options.on_transcript = [&lines](std::string const& line) { lines.push_back(line); };
  auto const run =
      made(scratch, options,
           small_document("{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}",
                          "{\"at_s\": 30, \"set_frequency\": {\"frequency_hz\": 52}}, {\"at_s\": 31, "
                          "\"set_frequency\": {\"frequency_hz\": 53}}, {\"at_s\": 32, \"set_temperature\": "
                          "{\"temperature_c\": 23}}"));
  REQUIRE(run->step(run->end()));
  std::string const text =
      "outside the operating limits: frequency 52 Hz, allowed 49 to 51 Hz (50 Hz +-2 %); goes on";
  CHECK(warnings == std::vector<std::string>{"at 30 s: " + text});
  CHECK(std::count(lines.begin(), lines.end(), "2026-01-05T00:00:30.000+01:00 35100001 warning " + text) ==
        1);
  REQUIRE(run->finish(false));
  CHECK(content(*options.output / "summary.json").find("\"at 30 s: " + text) != std::string::npos);
}

TEST_CASE("run: shape and direct current of an action hold until another says otherwise") {
  // Half of the cycle carries half of the power: 69 kW / 2 * 20 s = 0.19167 kWh; a direct current gives none.
  Scratch const scratch{"run_shape"};
  RunOptions options;
  std::vector<std::string> lines;
  options.on_transcript = [&lines](std::string const& line) { lines.push_back(line); };
  auto const document = small_document(
      "{\"at_s\": 30, \"set_load\": {\"current_a\": 50}}",
      "{\"at_s\": 0, \"set_load\": {\"current_a\": 100, \"shape\": \"half_wave\", \"direct_current_a\": "
      "[0, 2, 0]}}, {\"at_s\": 20, \"set_load\": {\"phase\": \"L1\", \"current_a\": 0}}, {\"at_s\": 40, "
      "\"set_load\": {\"current_a\": 100, \"shape\": \"sine\"}}");
  auto const run = made(scratch, options, document);
  REQUIRE(run->step(run->end()));
  CHECK(
      lines[5].ends_with("set_load all 100 A lag 0 deg direct 0 A 100 A lag 0 deg direct 2 A 100 A lag 0 deg "
                         "direct 0 A half_wave"));
  auto const summary = run->finish(false);
  REQUIRE(summary);
  // 34.5 kW * 20 s + 23 kW * 20 s + 69 kW * 20 s = 0.70278 kWh, and 0.05 % of the transformer
  CHECK(summary->expectations[0].found.starts_with("0.703"));
}
