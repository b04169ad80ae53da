#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::run_in;

TEST_CASE("phase values: powers, power factors, voltages and currents of each phase and of all") {
  // L1 100 A 30 deg lag: 23 kVA, 19.919 kW, 11.5 kvar. L2 80 A exported: 18.4 kW. L3 60 A 60 deg lead: 13.8
  // kVA, 6.9 kW, -11.951 kvar. Totals by direction; the power factor is (19.919 - 18.4 + 6.9) / 55.2. The
  // transformer adds 0.05 % and leads by 3 minutes, 0.02 kvar of L1.
  Document document;
  document.duration_s = 5;
  document.source =
      R"({"voltage_v": [230, 230, 230], "current_a": [100, 80, 60], "angle_deg": [30, 180, -60]})";
  struct Row {
    char const* reg;
    char const* value;
    char const* tolerance;
    char const* unit;
  };
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
                          {"10.7.0", "18.4", "0.02", "kVA"},  {"13.7.0", "0.1525", "0.001", ""}};
  for (auto const& row : rows) {
    document.expect +=
        (document.expect.empty() ? "" : ",") + expected(row.reg, row.value, row.tolerance, row.unit);
  }
  Folder const folder;
  check_passed(run_in(folder, document));
}
