#include <catch2/catch.hpp>

#include <span>
#include <string>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

struct Row {
  char const* reg;
  char const* value;
  char const* tolerance;
  char const* unit;
};

void expect_all(Document& document, std::span<Row const> rows, std::string const& at_s = "\"end\"") {
  for (auto const& row : rows) {
    document.expect +=
        (document.expect.empty() ? "" : ",") + expected(row.reg, row.value, row.tolerance, row.unit, at_s);
  }
}

}  // namespace

TEST_CASE("phase values: powers, power factors, voltages, currents and marks of each phase and of all",
          "[FE-07]") {
  // L1 100 A 30 deg lag: 23 kVA, 19.919 kW, 11.5 kvar. L2 80 A exported: 18.4 kW. L3 60 A 60 deg lead: 13.8
  // kVA, 6.9 kW, -11.951 kvar. Totals by direction; the power factor is (19.919 - 18.4 + 6.9) / 55.2. The
  // transformer adds 0.05 % and leads by 3 minutes, 0.02 kvar of L1 and of L2. The net 8.4 kW and -0.45 kvar
  // are the fourth quadrant. Single cycles of 160 samples know the frequency to a millihertz or two.
  Document document;
  document.duration_s = 5;
  document.source =
      R"({"voltage_v": [230, 230, 230], "current_a": [100, 80, 60], "angle_deg": [30, 180, -60]})";
  constexpr Row rows[] = {{"21.7.0", "19.919", "0.03", "kW"}, {"22.7.0", "0", "0", "kW"},
                          {"23.7.0", "11.5", "0.03", "kvar"}, {"24.7.0", "0", "0", "kvar"},
                          {"29.7.0", "23", "0.02", "kVA"},    {"30.7.0", "0", "0", "kVA"},
                          {"33.7.0", "0.866", "0.001", ""},   {"32.7.0", "230", "0.05", "V"},
                          {"31.7.0", "100", "0.1", "A"},      {"41.7.0", "0", "0", "kW"},
                          {"42.7.0", "18.4", "0.03", "kW"},   {"49.7.0", "0", "0", "kVA"},
                          {"50.7.0", "18.4", "0.02", "kVA"},  {"53.7.0", "-1", "0.001", ""},
                          {"52.7.0", "230", "0.05", "V"},     {"51.7.0", "80", "0.1", "A"},
                          {"61.7.0", "6.9", "0.03", "kW"},    {"62.7.0", "0", "0", "kW"},
                          {"63.7.0", "0", "0", "kvar"},       {"64.7.0", "11.951", "0.03", "kvar"},
                          {"69.7.0", "13.8", "0.02", "kVA"},  {"70.7.0", "0", "0", "kVA"},
                          {"73.7.0", "0.5", "0.002", ""},     {"72.7.0", "230", "0.05", "V"},
                          {"71.7.0", "60", "0.1", "A"},       {"1.7.0", "26.819", "0.05", "kW"},
                          {"2.7.0", "18.4", "0.03", "kW"},    {"9.7.0", "36.8", "0.03", "kVA"},
                          {"10.7.0", "18.4", "0.02", "kVA"},  {"13.7.0", "0.1525", "0.001", ""},
                          {"3.7.0", "11.5", "0.05", "kvar"},  {"4.7.0", "11.951", "0.05", "kvar"},
                          {"quadrant", "4", "0", ""},         {"direction_l1", "1", "0", ""},
                          {"direction_l2", "-1", "0", ""},    {"direction_l3", "1", "0", ""},
                          {"frequency", "50", "0.002", "Hz"}};
  expect_all(document, rows);
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("phase values: quadrant and directions follow the load through all four, at 50 and 60 Hz",
          "[FE-07]") {
  // 100 A at 30, 150, -150 and -30 deg of lag, three seconds each; then L3 alone is turned: 2 x 19.919 kW
  // import and 80 A export leave 21.4 kW import.
  struct Network {
    char const* name;
    char const* phases;
    char const* hertz;
  };
  constexpr Network networks[] = {{"50 Hz", "3", "50"}, {"60 Hz", "4", "60"}};
  for (auto const& network : networks) {
    INFO(network.name);
    Document document;
    document.duration_s = 15;
    document.phases = network.phases;
    auto const hertz = std::string{network.hertz};
    document.source =
        R"({"voltage_v": 230, "current_a": 100, "angle_deg": 30, "frequency_hz": )" + hertz + "}";
    document.actions = R"({"at_s": 3, "set_load": {"phase": "all", "current_a": 100, "angle_deg": 150}},
                          {"at_s": 6, "set_load": {"phase": "all", "current_a": 100, "angle_deg": -150}},
                          {"at_s": 9, "set_load": {"phase": "all", "current_a": 100, "angle_deg": -30}},
                          {"at_s": 12, "set_load": {"phase": "L3", "current_a": 80, "angle_deg": 180}})";
    document.transcript = R"({"interval_s": 5, "registers": ["quadrant", "direction_l2", "frequency"]})";
    document.csv_interval_s = 5;
    document.csv_registers = R"("quadrant", "direction_l1", "direction_l2", "direction_l3", "frequency")";
    auto const marks = [&](char const* at_s, char const* quadrant, char const* l1, char const* l3) {
      Row const rows[] = {{"quadrant", quadrant, "0", ""},
                          {"direction_l1", l1, "0", ""},
                          {"direction_l2", l1, "0", ""},
                          {"direction_l3", l3, "0", ""},
                          {"frequency", network.hertz, "0.002", "Hz"}};
      expect_all(document, rows, at_s);
    };
    marks("2.9", "1", "1", "1");
    marks("5.9", "2", "-1", "-1");
    marks("8.9", "3", "-1", "-1");
    marks("11.9", "4", "1", "1");
    marks("\"end\"", "4", "1", "-1");
    Folder const folder;
    check_passed(run_in(folder, document));
    CHECK_THAT(folder.read("results/registers.csv"),
               StartsWith("time_utc,local_offset,meter,quadrant,direction_l1,direction_l2,direction_l3,"
                          "frequency [Hz],run\r\n") &&
                   Contains("T11:00:05.000Z,+01:00,35100001,2,-1,-1,-1," + hertz + ".00") &&
                   Contains("T11:00:15.000Z,+01:00,35100001,4,1,1,-1," + hertz + ".00"));
    CHECK_THAT(folder.read("results/transcript.txt"),
               Contains(":05.000+01:00 35100001 quadrant 2\n") &&
                   Contains(":05.000+01:00 35100001 direction_l2 -1\n") &&
                   EndsWith(":15.000+01:00 35100001 frequency " + hertz + ".00 Hz\n"));
  }
}

TEST_CASE("phase values: a small load shows a direction but no quadrant, a smaller one neither", "[FE-07]") {
  // 200/5: 0.2 A are 5 mA and 1.15 W at the meter, above the 0.6 W of a direction, below the 10 mA of a
  // quadrant; 0.08 A are 2 mA and 0.46 W. With 0.48 A, 12 mA, in L3 the quadrant is there, of the net
  // 1.15 + 0.46 - 2.72 W.
  Document document;
  document.duration_s = 8;
  document.source = R"({"voltage_v": 230, "current_a": [0.2, 0.08, 0], "frequency_hz": 49.5})";
  document.actions = R"({"at_s": 4, "set_load": {"phase": "L3", "current_a": 0.48, "angle_deg": 170}})";
  constexpr Row small[] = {{"quadrant", "0", "0", ""},
                           {"direction_l1", "1", "0", ""},
                           {"direction_l2", "0", "0", ""},
                           {"direction_l3", "0", "0", ""},
                           {"frequency", "49.5", "0.002", "Hz"}};
  expect_all(document, small, "3.9");
  constexpr Row large[] = {{"quadrant", "2", "0", ""},
                           {"direction_l1", "1", "0", ""},
                           {"direction_l2", "0", "0", ""},
                           {"direction_l3", "-1", "0", ""}};
  expect_all(document, large);
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("phase values: what the supply returns with is no whole cycle and is not shown", "[FE-07]") {
  // Back at 10.003 s at 30 deg of lag: 3 x 19.94 kW and 3 x 11.49 kvar, of which the transformers take up to
  // 0.06 kvar while they settle. L3 crosses zero upwards at 10.0133 and 10.0333 s, L1 at 10.02 and 10.04 s:
  // before 10.0333 s no phase has had a whole cycle. It is L3 that the meter follows first.
  Document document;
  document.duration_s = 12;
  document.source = R"({"voltage_v": 230, "current_a": 100, "angle_deg": 30})";
  document.actions = R"({"at_s": 2, "power_off": {}}, {"at_s": 10.003, "power_on": {}})";
  constexpr Row part[] = {{"1.7.0", "0", "0", "kW"},   {"2.7.0", "0", "0", "kW"},
                          {"3.7.0", "0", "0", "kvar"}, {"4.7.0", "0", "0", "kvar"},
                          {"9.7.0", "0", "0", "kVA"},  {"32.7.0", "0", "0", "V"},
                          {"31.7.0", "0", "0", "A"},   {"13.7.0", "0", "0", ""},
                          {"quadrant", "0", "0", ""},  {"frequency", "0", "0", "Hz"}};
  constexpr Row whole[] = {{"1.7.0", "59.82", "0.1", "kW"},   {"2.7.0", "0", "0", "kW"},
                           {"3.7.0", "34.46", "0.2", "kvar"}, {"4.7.0", "0", "0", "kvar"},
                           {"9.7.0", "69.03", "0.05", "kVA"}, {"32.7.0", "230", "0.05", "V"},
                           {"31.7.0", "100.05", "0.1", "A"},  {"13.7.0", "0.8665", "0.001", ""},
                           {"quadrant", "1", "0", ""},        {"frequency", "50", "0.002", "Hz"}};
  for (auto const* const at_s : {"10.01", "10.03"}) {
    expect_all(document, part, at_s);
  }
  for (auto const* const at_s : {"10.038", "10.5", "11.5"}) {
    expect_all(document, whole, at_s);
  }
  Folder const folder;
  check_passed(run_in(folder, document));
}
