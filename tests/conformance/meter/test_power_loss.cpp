#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Program;
using blondel::test::run;
using blondel::test::run_in;
using blondel::test::wait_for_place;

namespace {

/// What a served meter says its 1.8.0 is. @units kWh; -1 without an answer
double told_kwh(std::string const& place) {
  auto const read = run("read --via kmp " + place + " 1.8.0");
  std::string const start = "1.8.0 = ";
  return read.exit_code == 0 && read.out.starts_with(start) ? std::stod(read.out.substr(start.size())) : -1.0;
}

std::string serve_line(Folder const& folder, std::string const& pace) {
  return "serve '" + folder.file("scenario.json") + "' --optical tcp:127.0.0.1:0 --pace " + pace;
}

}  // namespace

TEST_CASE("power loss: eleven years without voltage change no register") {
  // 3 x 230 V x 100 A x 100 s = 1.91667 kWh before and again after; the transformer adds 0.05 %: 1.91763 and
  // 3.83525 kWh. 0.001 kWh for the meter itself.
  Folder const folder;
  Document document;
  document.tier = "interval";
  document.source = R"({"voltage_v": 230, "current_a": 100})";
  document.duration_s = 347'000'200;
  document.actions = R"({"at_s": 100, "power_off": {}}, {"at_s": 347000100, "power_on": {}})";
  document.expect = R"(
    {"register": "1.8.0", "at_s": 100, "value": 1.91763, "tolerance": 0.001, "unit": "kWh"},
    {"register": "1.8.0", "at_s": 347000101, "value": 1.93680, "tolerance": 0.001, "unit": "kWh"},
    {"register": "1.8.0", "at_s": "end", "value": 3.83525, "tolerance": 0.001, "unit": "kWh"},
    {"register": "serial_number", "at_s": "end", "value": 35100001, "tolerance": 0, "unit": ""})";
  document.csv_interval_s = 31'000'000;
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  CHECK(outcome.exit_code == 0);
}

TEST_CASE("power loss: what a client was told is still there when the program was killed at that instant") {
  auto const tier = GENERATE(as<std::string>{}, "waveform", "interval");
  CAPTURE(tier);
  Folder const folder;
  Document running;
  running.tier = tier;
  running.duration_s = 1'000'000;
  running.memory = "meter.nv";
  auto idle = running;
  idle.source = R"({"voltage_v": 230, "current_a": 0})";
  double before = 0.0;
  for (int n = 0; n < 3; ++n) {
    folder.write("scenario.json", running.text());
    double told = -1.0;
    {
      Program const meter{folder, serve_line(folder, "real:60")};
      auto const place = wait_for_place(folder);
      REQUIRE_FALSE(place.empty());
      std::this_thread::sleep_for(std::chrono::milliseconds{200 + 70 * n});
      told = told_kwh(place);
    }  // killed here
    REQUIRE(told > before);
    folder.write("scenario.json", idle.text());
    folder.write("out", "");
    Program const meter{folder, serve_line(folder, "real")};
    auto const found = told_kwh(wait_for_place(folder));
    CHECK(found >= told);
    before = found;
    folder.write("out", "");
  }
}
