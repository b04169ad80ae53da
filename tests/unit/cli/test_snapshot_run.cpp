#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "unit/cli/minute_scenario.hpp"
#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::minute_scenario;
using blondel::test::run;
using Catch::Contains;

namespace {

/// A minute in which much is under way at its middle.
std::string busy_minute(std::string const& tier) {
  auto text = minute_scenario("\"results\"", R"("actions": [
    {"at_s": 5, "set_voltage": {"phase": "L2", "voltage_v": 170}},
    {"at_s": 12, "push_button": {"press": "short"}},
    {"at_s": 20, "power_off": {}},
    {"at_s": 24, "power_on": {}},
    {"at_s": 28, "input_pulses": {"input": 1, "count": 20, "period_s": 1, "length_s": 0.3}},
    {"at_s": 40, "set_load": {"phase": "all", "current_a": 20, "power_factor": 0.8}},
    {"at_s": 50, "set_voltage": {"phase": "L2", "voltage_v": 230}}],
  "expect": [{"register": "1.8.0", "at_s": 15, "value": 0.28, "unit": "kWh", "tolerance": 0.02},
             {"register": "1.8.0", "at_s": "end", "value": 0.68, "unit": "kWh", "tolerance": 0.1}],
  "results")");
  text.replace(text.find("\"interval\""), 10, tier);
  text.replace(text.find("\"csv\""), 5, "\"pulses\": {}, \"csv\"");
  return text;
}

std::string quoted(std::string const& path) {
  return " '" + path + "'";
}

/// The lines behind the first, which every file has anew.
std::string behind_head(std::string const& text) {
  return text.substr(text.find('\n') + 1);
}

}  // namespace

TEST_CASE("snapshot: a run in two halves writes what the whole run writes, octet for octet") {
  auto const tier =
      GENERATE("\"waveform\"", "\"phasor\"", "\"interval\"", "\"interval\", \"hybrid\": {\"window_s\": 3}");
  auto const until = GENERATE("13s", "21s", "29500ms", "59999ms");
  CAPTURE(tier, until);
  Folder const folder;
  folder.write("minute.json", busy_minute(tier));
  auto const line = "run" + quoted(folder.file("minute.json"));
  auto const whole = run(line + " --out" + quoted(folder.file("whole")));
  INFO(whole.err);
  REQUIRE((whole.exit_code == 0 || whole.exit_code == 4));
  auto const first = run(line + " --until " + until + " --snapshot" + quoted(folder.file("half")) + " --out" +
                         quoted(folder.file("first")));
  INFO(first.err);
  REQUIRE(first.exit_code == 0);
  auto const second =
      run(line + " --resume" + quoted(folder.file("half")) + " --out" + quoted(folder.file("second")));
  INFO(second.err);
  CHECK(second.exit_code == whole.exit_code);
  CHECK(second.out == whole.out);
  for (std::string const name : {"transcript.txt", "registers.csv", "pulses.csv"}) {
    CAPTURE(name);
    CHECK(folder.read("first/" + name) + behind_head(folder.read("second/" + name)) ==
          folder.read("whole/" + name));
  }
  CHECK(folder.read("second/summary.json") == folder.read("whole/summary.json"));
  CHECK(folder.read("second/summary.txt") == folder.read("whole/summary.txt"));
  CHECK(folder.read("first/summary.json").empty());
}

TEST_CASE("snapshot: what does not fit or is damaged is refused with place and reason") {
  Folder const folder;
  folder.write("minute.json", minute_scenario());
  folder.write("other.json", minute_scenario("\"current_a\": 100", "\"current_a\": 0"));
  folder.write("meter.json", minute_scenario("35100001", "35100002"));
  auto const snapshot = quoted(folder.file("half"));
  auto const out = " --out" + quoted(folder.file("out"));
  REQUIRE(run("run" + quoted(folder.file("minute.json")) + " --until 30s --snapshot" + snapshot + out)
              .exit_code == 0);
  auto const other = run("run" + quoted(folder.file("other.json")) + " --resume" + snapshot + out);
  CHECK(other.exit_code == 3);
  CHECK_THAT(other.err, Contains("saved from another document") && Contains("--fork"));
  auto const meter = run("run" + quoted(folder.file("meter.json")) + " --fork --resume" + snapshot + out);
  CHECK(meter.exit_code == 3);
  CHECK_THAT(meter.err, Contains("saved from another meter (serial number 35100001)"));
  // The changed load holds from 30 s on: half of 3 * 230 V * 100 A * 60 s = 4.14 MJ = 1.15 kWh.
  auto const fork = run("run" + quoted(folder.file("other.json")) + " --fork --resume" + snapshot + out);
  CHECK(fork.exit_code == 0);
  CHECK_THAT(folder.read("out/transcript.txt"), Contains("1.8.0 0.57"));
  folder.write("faulty.json", minute_scenario("\"results\"", R"("actions": [
    {"at_s": 40, "memory_fault": {"kind": "lost_writes", "writes": 1}}], "results")"));
  auto const faulty = run("run" + quoted(folder.file("faulty.json")) + " --until 30s --snapshot" +
                          quoted(folder.file("never")) + out);
  CHECK(faulty.exit_code == 3);
  CHECK_THAT(faulty.err, Contains("$.actions[0].memory_fault") && Contains("cannot go on after a snapshot"));
  auto const info = run("snapshot info" + snapshot);
  CHECK(info.exit_code == 0);
  CHECK_THAT(info.out, Contains("scenario minute, seed 1, ") && Contains("meter 35100001, tier interval") &&
                           Contains("after 30 s") && Contains("whole"));
  auto octets = folder.read("half");
  folder.write("short", octets.substr(0, octets.size() / 2));
  CHECK_THAT(run("snapshot info" + quoted(folder.file("short"))).err, Contains("it ends here"));
  octets[octets.size() / 2] = static_cast<char>(octets[octets.size() / 2] ^ 1);
  folder.write("flipped", octets);
  auto const flipped = run("snapshot info --json" + quoted(folder.file("flipped")));
  CHECK(flipped.exit_code == 3);
  CHECK_THAT(flipped.err, Contains("octet ") && Contains("the checksum does not match"));
  folder.write("none", "hello");
  CHECK_THAT(run("snapshot info" + quoted(folder.file("none"))).err, Contains("no snapshot"));
}
