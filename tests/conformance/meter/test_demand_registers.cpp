#include <catch2/catch.hpp>

#include <string>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::run_in;

namespace {

/// Behind an ideal front end: 3 x 230 V x 200 A are 138 kW primary; the clock starts at 2026-01-05 12:00:00
/// local.
Document of_hours(int hours) {
  Document document;
  document.tier = "interval";
  document.duration_s = hours * 3'600;
  return document;
}

void expect(Document& document, std::string const& text) {
  document.expect += (document.expect.empty() ? "" : ",") + text;
}

std::string load_at(int at_s, std::string const& current_a) {
  return R"({"at_s": )" + std::to_string(at_s) + R"(, "set_load": {"current_a": )" + current_a + "}}";
}

}  // namespace

TEST_CASE("demand: peaks and their stamps, as a run shows them", "[REG-03]") {
  // 12:00-12:15 138 kW, 12:15-12:30 half of it 207 kW (3 x 230 V x 300 A) and half 138 kW: 172.5 kW, then 69
  // kW. At 60 deg inductive from 12:45 on 100 A give 34.5 kW, 59.756 kvar and 69 kVA.
  Document document = of_hours(2);
  document.actions = load_at(900, "300") + "," + load_at(1'350, "200") + "," + load_at(1'800, "100") + "," +
                     R"({"at_s": 2700, "set_load": {"current_a": 100, "angle_deg": 60}})";
  constexpr auto power = "0.15";
  expect(document, expected("max_active_power_import", "172.5", power, "kW"));
  expect(document, expected("max_active_power_import_time", "123000", "0", ""));
  expect(document, expected("max_active_power_import_date", "260105", "0", ""));
  expect(document, expected("max_reactive_power_import", "59.756", power, "kvar"));
  expect(document, expected("max_reactive_power_import_time", "130000", "0", ""));
  expect(document, expected("max_apparent_power_import", "172.5", power, "kVA"));
  expect(document, expected("average_active_power_import", "34.5", power, "kW"));
  expect(document, expected("day_min_active_power_import", "34.5", power, "kW"));
  expect(document, expected("power_threshold_count", "2", "0", ""));
  document.transcript = R"({"registers": ["max_active_power_import_rtc", "max_apparent_power_import_rtc"]})";
  Folder const folder;
  check_passed(run_in(folder, document));
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript, Catch::Contains("max_active_power_import_rtc 2026-01-05T12:30:00"));
  CHECK_THAT(transcript, Catch::Contains("max_apparent_power_import_rtc 2026-01-05T12:30:00"));
}

TEST_CASE("demand: debiting stops accumulate the peaks, as a run shows them", "[REG-04]") {
  // 138 kW until a stop at 12:20, then 69 kW until a stop at 13:10. Since then 207 kW.
  Document document = of_hours(2);
  document.actions = R"({"at_s": 1200, "debiting_stop": {}},)" + load_at(1'200, "100") + "," +
                     R"({"at_s": 4200, "debiting_stop": {}},)" + load_at(4'500, "300");
  // The period in which the first stop falls: 300 s of 138 kW and 600 s of 69 kW are 92 kW.
  expect(document, expected("accumulated_max_active_power_import", "230", "0.3", "kW"));
  expect(document, expected("max_active_power_import", "207", "0.3", "kW"));
  expect(document, expected("debiting_count", "2", "0", ""));
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("demand: the integration period follows digit E", "[REG-03]") {
  // One burst of 5 minutes at 414 kW (600 A) beside 0: over 5, 15, 30 and 60 minutes.
  struct Row {
    char const* configuration;
    char const* peak;
    char const* time;
  };
  auto const row = GENERATE(values<Row>({{"31000161", "414", "120500"},
                                         {"31000162", "138", "121500"},
                                         {"31000163", "69", "123000"},
                                         {"31000164", "34.5", "130000"}}));
  CAPTURE(row.configuration);
  Document document = of_hours(2);
  document.configuration_1 = row.configuration;
  document.ratio = "600";
  document.external_ct = R"("nanocrystalline_3000_5")";
  document.source = R"({"voltage_v": 230, "current_a": 600})";
  document.actions = load_at(300, "0");
  expect(document, expected("max_active_power_import", row.peak, "0.5", "kW"));
  expect(document, expected("max_active_power_import_time", row.time, "0", ""));
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("registers: energy begins anew when the digits of the display are full", "[REG-07]") {
  // An hour of 138.06 kW (the transformer adds 0.05 %) from 9 999 999 kWh on, with one and two more nines
  // behind the point; the secondary side from 99 999 kWh with a fortieth of it, 3.4517 kWh: 5.2 shows 100
  // 002.45 without its first digit, 3.4 the last three.
  struct Row {
    char const* configuration;
    char const* start;
    char const* shown;
  };
  auto const row = GENERATE(values<Row>({{"11000162", "9999999", "137 kWh"},
                                         {"21000162", "9999999.9", "137.9 kWh"},
                                         {"31000162", "9999999.99", "138.05 kWh"}}));
  CAPTURE(row.configuration);
  Document document = of_hours(1);
  document.configuration_1 = row.configuration;
  document.meter = R"("start_readings": {"active_energy_import": )" + std::string{row.start} +
                   R"(, "active_energy_import_secondary": 99999.0},)";
  document.transcript =
      R"({"registers": ["1.8.0", "active_energy_import_secondary", "active_energy_import_verification"]})";
  expect(document, expected("max_active_power_import", "138", "0.2", "kW"));
  Folder const folder;
  check_passed(run_in(folder, document));
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript, Catch::Contains(" 1.8.0 " + std::string{row.shown} + "\n"));
  CHECK_THAT(transcript, Catch::Contains(" active_energy_import_secondary 2.45 kWh\n"));
  CHECK_THAT(transcript, Catch::Contains(" active_energy_import_verification 2.4517 kWh\n"));
}

TEST_CASE("registers: a start reading of no register, or more than one holds, is refused", "[REG-07]") {
  Document document = of_hours(1);
  Folder const folder;
  document.meter = R"("start_readings": {"active_energy": 5},)";
  auto const unknown = run_in(folder, document);
  CHECK(unknown.exit_code == 3);
  CHECK_THAT(unknown.err,
             Catch::Contains("$.meter.start_readings.active_energy: 5: no energy register of that name; "
                             "allowed: active_energy_import, active_energy_export"));
  document.meter = R"("start_readings": {"active_energy_import": 2e9},)";
  auto const large = run_in(folder, document);
  CHECK(large.exit_code == 3);
  CHECK_THAT(large.err, Catch::Contains("allowed: 0 to 1e9 kWh"));
}
