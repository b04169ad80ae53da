#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Outcome;
using blondel::test::Program;
using blondel::test::run;
using blondel::test::wait_for_place;
using Catch::Contains;

namespace {

/// A quarter of an hour in each quadrant at 100 A, then no current. The energies are those of
/// scenarios/four_quadrants, from a Python calculation: A+ = A- = 29.89282 kWh, R+ = R- = 17.25863 kvarh at
/// the primary, a fortieth of it at the secondary; the meter truncates to two decimals.
Document four_quadrants(char const* energy_type) {
  Document document;
  document.tier = "interval";
  document.duration_s = 3'602;
  document.energy_type = energy_type;
  document.source = R"({"voltage_v": 230, "current_a": 100, "angle_deg": 30})";
  document.actions = R"({"at_s": 900, "set_load": {"current_a": 100, "angle_deg": 150}},
    {"at_s": 1800, "set_load": {"current_a": 100, "angle_deg": -150}},
    {"at_s": 2700, "set_load": {"current_a": 100, "angle_deg": -30}},
    {"at_s": 3600, "set_load": {"current_a": 0}})";
  return document;
}

/// The answer of the meter once the scenario's hour has passed.
Outcome read_after_the_hour(std::string const& place, std::string const& registers) {
  Outcome outcome;
  for (int n = 0; n < 100; ++n) {
    outcome = run("read --via kmp " + place + " hour_counter " + registers);
    if (outcome.out.starts_with("hour_counter = 1 h\n")) {
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  return outcome;
}

}  // namespace

TEST_CASE("energy types: a served meter has the primary and secondary totals of its type and no others",
          "[REG-01]") {
  // KMP 1 to 4: A+, A-, R+, R- primary; 7 to 10: the same, secondary. @source device.md K7
  auto const [energy_type, values, missing] = GENERATE(table<char const*, char const*, char const*>(
      {{"1", "1 = 29.89 kWh\n7 = 0.74 kWh\n", "the meter does not have 2, 3, 4, 8, 9, 10\n"},
       {"2", "1 = 29.89 kWh\n2 = 29.89 kWh\n7 = 0.74 kWh\n8 = 0.74 kWh\n",
        "the meter does not have 3, 4, 9, 10\n"},
       {"3", "1 = 29.89 kWh\n3 = 17.25 kvarh\n7 = 0.74 kWh\n9 = 0.43 kvarh\n",
        "the meter does not have 2, 4, 8, 10\n"},
       {"4",
        "1 = 29.89 kWh\n2 = 29.89 kWh\n3 = 17.25 kvarh\n4 = 17.25 kvarh\n"
        "7 = 0.74 kWh\n8 = 0.74 kWh\n9 = 0.43 kvarh\n10 = 0.43 kvarh\n",
        ""}}));
  CAPTURE(energy_type);
  Folder const folder;
  folder.write("scenario.json", four_quadrants(energy_type).text());
  Program const server{folder, "serve '" + folder.file("scenario.json") +
                                   "' --start scenario --pace free --optical tcp:127.0.0.1:0"};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  auto const read = read_after_the_hour(place, "1 2 3 4 7 8 9 10");
  CHECK(read.out == std::string{"hour_counter = 1 h\n"} + values);
  CHECK_THAT(read.err, Contains(missing));
  CHECK(read.exit_code == (*missing == '\0' ? 0 : 1));
}
