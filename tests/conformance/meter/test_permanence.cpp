#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"
#include "conformance/meter/log_rows.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::rows_of;
using blondel::test::run_in;
using Catch::Contains;
using Catch::StartsWith;
using Rows = std::vector<std::string>;

namespace {

/// An hour of 100 A, with what is done in it.
Document hour(std::string const& actions) {
  Document document;
  document.tier = "interval";
  document.duration_s = 3'600;
  document.csv_interval_s = 86'400;
  document.source = R"({"voltage_v": 230, "current_a": 100})";
  document.results = R"("logs": ["status", "load_profile", "voltage_quality"],)";
  document.actions = actions;
  return document;
}

}  // namespace

TEST_CASE("memory: a damaged copy of the state shows in register 50, log, glass and warnings", "[LOG-01]") {
  // 69 kW at 1.0005: 36.435 kWh up to 1900 s, in both copies, as the failures of the voltages were logged
  // before the power-down; and 0.096 kWh in the 5 s since the restart.
  auto const pages_back = GENERATE(as<std::string>{}, "0", "1");
  CAPTURE(pages_back);
  Folder const folder;
  auto document =
      hour(R"({"at_s": 1900, "power_off": {}}, {"at_s": 1910, "memory_fault": {"kind": "bit_flip",)"
           R"( "where": "state", "octet": 100, "pages_back": )" +
           pages_back + R"(}}, {"at_s": 1920, "power_on": {}}, {"at_s": 1930, "read_display": {}})");
  document.expect =
      expected("97.97.0", "3", "0", "", "1925") + "," + expected("1.8.0", "36.531", "0.005", "kWh", "1925");
  auto const outcome = run_in(folder, document);
  check_passed(outcome);
  CHECK_THAT(outcome.err, Contains("permanent memory is damaged or refuses: status bit 1"));
  CHECK(rows_of(folder, "status") ==
        Rows{"1,2026-01-05T12:00:00,1", "2,2026-01-05T12:00:00,0", "3,2026-01-05T12:32:00,3"});
  CHECK_THAT(folder.read("results/transcript.txt"), Contains("read_display") && Contains(", error"));
}

TEST_CASE("memory: a copy that a power cut kept from being finished is no damage", "[LOG-01]") {
  Folder const folder;
  auto document =
      hour(R"({"at_s": 1890, "memory_fault": {"kind": "torn_write"}}, {"at_s": 1900, "power_off": {}},)"
           R"( {"at_s": 1920, "power_on": {}})");
  document.expect = expected("97.97.0", "1", "0", "", "1925");
  check_passed(run_in(folder, document));
}

TEST_CASE("memory: a worn-out one keeps no energy out of the registers, and shows", "[LOG-01]") {
  // 69 kWh at 1.0005.
  Folder const folder;
  auto document = hour(R"({"at_s": 600, "memory_fault": {"kind": "wear_out", "writes": 5}})");
  document.expect = expected("1.8.0", "69.035", "0.03", "kWh") + "," + expected("97.97.0", "2", "0", "");
  auto const outcome = run_in(folder, document);
  check_passed(outcome);
  CHECK_THAT(outcome.err, Contains("permanent memory is damaged or refuses: status bit 1"));
}

TEST_CASE("memory: a damaged page of a log costs its records, which are named", "[LOG-01]") {
  // The log ends at 12:45; its four records are in one page. That of 13:00 comes with the run's end.
  Folder const folder;
  auto document = hour(R"({"at_s": 3000, "memory_fault": {"kind": "bit_flip", "where": "load_profile"}})");
  check_passed(run_in(folder, document));
  auto const rows = rows_of(folder, "load_profile");
  REQUIRE(rows.size() == 4);
  CHECK_THAT(rows[0], StartsWith("1,") && !Contains("2026"));
  CHECK_THAT(rows[2], StartsWith("3,") && !Contains("2026"));
  CHECK_THAT(rows[3], StartsWith("4,2026-01-05T13:00:00,"));
}

TEST_CASE("memory: what the tests of RAM and ROM find stays until it is cleared", "[LOG-07]") {
  Folder const folder;
  auto document = hour(
      R"({"at_s": 100, "memory_fault": {"kind": "rom"}}, {"at_s": 200, "power_off": {}}, {"at_s": 210, "power_on": {}},)"
      R"( {"at_s": 300, "memory_fault": {"kind": "ram"}}, {"at_s": 310, "power_off": {}}, {"at_s": 320, "power_on": {}},)"
      R"( {"at_s": 400, "memory_fault": {"kind": "none"}}, {"at_s": 410, "power_off": {}}, {"at_s": 420, "power_on": {}},)"
      R"( {"at_s": 500, "clear_events": {}})");
  document.expect =
      expected("97.97.0", "0", "0", "", "150") + "," + expected("97.97.0", "17", "0", "", "215") + "," +
      expected("97.97.0", "25", "0", "", "330") + "," + expected("97.97.0", "25", "0", "", "430") + "," +
      expected("97.97.0", "0", "0", "", "510");
  check_passed(run_in(folder, document));
}

TEST_CASE("memory: faults that make no sense are refused with their place", "[LOG-01]") {
  auto const [fault, why] = GENERATE(table<std::string, std::string>(
      {{R"({"kind": "bit_flip"})", "$.actions[0].memory_fault: "},
       {R"({"kind": "rom", "octet": 3})", "$.actions[0].memory_fault.octet: "},
       {R"({"kind": "wear_out"})", "\"writes\""},
       {R"({"kind": "bit_flip", "where": "state", "pages_back": 2})", "allowed for the state: 0 and 1"},
       {R"({"kind": "stuck_bit", "where": "rtc", "octet": 512})", "allowed in a page of a log: 0 to 511"}}));
  CAPTURE(fault);
  Folder const folder;
  auto const outcome = run_in(folder, hour(R"({"at_s": 1, "memory_fault": )" + fault + "}"));
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains(why));
}

TEST_CASE("memory: with both copies damaged the meter does not start, and the program says what to do",
          "[LOG-01]") {
  Folder const folder;
  auto document = hour("");
  document.duration_s = 10;
  document.memory = "meter.nv";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto image = folder.read("meter.nv");
  REQUIRE(image.size() == 4'194'304);
  for (std::size_t const place : {100U, 4'196U}) {
    image[place] = static_cast<char>(image[place] ^ 1);
  }
  folder.write("meter.nv", image);
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 5);
  CHECK_THAT(outcome.err, Contains("meter.nv: the meter does not start: permanent memory damaged") &&
                              Contains("put a copy of the image in its place, or remove it"));
  CHECK(folder.read("meter.nv") == image);
}

TEST_CASE("memory: eleven years in a drawer, and every reading and record is there", "[LOG-01][SIM-05]") {
  // 69 kW at 1.0005 for an hour: 69.0345 kWh. The battery reached for ten years: the clock goes on from where
  // the memory knows it, 13:00.
  Folder const folder;
  auto document = hour("");
  document.memory = "meter.nv";
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const profile = rows_of(folder, "load_profile");
  REQUIRE(profile.size() == 4);
  CHECK_THAT(profile[3], StartsWith("4,2026-01-05T13:00:00,"));
  document.source = R"({"voltage_v": 230, "current_a": 0})";
  document.duration_s = 60;
  auto const [start, date, clock] = GENERATE(table<std::string, std::string, std::string>(
      {{"2037-01-05T18:00:00", "260105", "130030"}, {"2035-01-05T18:00:00", "350105", "180030"}}));
  document.start = start;
  document.expect = expected("1.8.0", "69.03", "0.011", "kWh") + "," +
                    expected("96.8.0", "1.0167", "0.0005", "h") + "," +
                    expected("date", date, "0", "", "30") + "," + expected("clock", clock, "0", "", "30") +
                    "," + expected("serial_number", "35100001", "0", "");
  check_passed(run_in(folder, document));
  CHECK(rows_of(folder, "load_profile") == profile);
}

TEST_CASE("brown-out: a ramp to 100 V is a power cut that loses nothing", "[SIM-05]") {
  // From 230 V in 10 s to 100 V: 160 V is passed after 5.385 s, the meter goes a second later, at 26.385 s.
  // Back in 10 s it comes at 160 V, 4.615 s after 35 s. What flows meanwhile is (u dt) of 4600 V s before,
  // 1203.5 on the way down, 1050.0 on the way up, 3450 after: 10303.5 V s x 300 A = 0.8586 kWh, at 1.0005
  // 0.8590 kWh, and 0.02147 kWh secondary.
  auto const tier = GENERATE(as<std::string>{}, "waveform", "phasor", "interval");
  CAPTURE(tier);
  Folder const folder;
  auto document =
      hour(R"({"at_s": 20, "brown_out": {"level_v": 100, "down_s": 10, "hold_s": 5, "up_s": 10}})");
  document.tier = tier;
  document.duration_s = 60;
  document.expect = expected("97.97.0", "1", "0", "") + "," +
                    expected("active_energy_import_verification", "0.02147", "0.0001", "kWh");
  check_passed(run_in(folder, document));
  auto const status = rows_of(folder, "status");
  CHECK(status == Rows{"1,2026-01-05T12:00:00,1", "2,2026-01-05T12:00:00,0", "3,2026-01-05T12:00:39,1"});
  CHECK_THAT(folder.read("results/summary.json"), Contains("\"difference_uj\": 0"));
}

TEST_CASE("brown-out: one at a time, the second is refused and the first goes on") {
  // L1 is at 170 V from 20 s to 320 s; what was asked for L2 at 200 s does not happen.
  Folder const folder;
  auto document = hour(
      R"({"at_s": 10, "brown_out": {"phase": "L1", "level_v": 170, "down_s": 10, "hold_s": 300, "up_s": 10}},)"
      R"( {"at_s": 200, "brown_out": {"phase": "L2", "level_v": 100, "down_s": 1, "hold_s": 9, "up_s": 1}})");
  document.duration_s = 250;
  document.expect = expected("32.7.0", "170", "1", "V") + "," + expected("52.7.0", "230", "1", "V");
  check_passed(run_in(folder, document));
  CHECK_THAT(folder.read("results/transcript.txt"), Contains("refused in use already"));
}

TEST_CASE("brown-out: a ramp to 180 V is an undervoltage and no cut", "[SIM-05]") {
  auto const tier = GENERATE(as<std::string>{}, "waveform", "phasor", "interval");
  CAPTURE(tier);
  Folder const folder;
  auto document = hour(
      R"({"at_s": 0.001, "set_voltage_limits": {"low_v": 207, "high_v": 253, "duration_s": 10}},)"
      R"( {"at_s": 10, "brown_out": {"phase": "L2", "level_v": 180, "down_s": 5, "hold_s": 20, "up_s": 5}})");
  document.tier = tier;
  document.duration_s = 60;
  document.expect = expected("97.97.0", "0", "0", "");
  check_passed(run_in(folder, document));
  auto const rows = rows_of(folder, "voltage_quality");
  REQUIRE(rows.size() == 2);
  CHECK_THAT(rows[0], Contains(",66,2,1"));  // 64 under, 2 for L2
  CHECK_THAT(rows[1], Contains(",34,2,1"));  // 32 within
  CHECK(rows_of(folder, "status").size() == 2);
}

TEST_CASE("brown-out: slow ramps round 160 V cut the meter once each, and lose nothing", "[SIM-05]") {
  // Twenty ramps from 230 V to 159 V and back in 20 s each; the last second of each way and a hold of 3 s are
  // below.
  std::string actions;
  for (int n = 0; n < 20; ++n) {
    actions += (n == 0 ? "" : ", ") + std::string{R"({"at_s": )"} + std::to_string(60 + 60 * n) +
               R"(, "brown_out": {"level_v": 159, "down_s": 20, "hold_s": 3, "up_s": 20}})";
  }
  Folder const folder;
  auto document = hour(actions);
  document.expect = expected("97.97.0", "1", "0", "");
  check_passed(run_in(folder, document));
  CHECK(rows_of(folder, "status").size() == 2 + 20);
  CHECK(rows_of(folder, "load_profile").size() == 4);
  CHECK_THAT(folder.read("results/summary.json"), Contains("\"difference_uj\": 0"));
}
