#include <report/summary.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

namespace {

// By hand: 69 kWh at the primary = 248.4 MJ; a meter behind 200/5 that runs 0.05 % fast sees
// 248.4 MJ / 40 * 1.0005 = 6 213 105 J = 6 213 105 000 000 uJ, which is 1.725862(5) kWh.
BalanceSheet first_hour() {
  BalanceSheet balance;
  balance.source_import_j = 248.4e6;
  balance.increments_uj = 6'213'105'000'000;
  balance.registers_uj = 6'213'104'999'000;
  balance.withheld_uj = 1'000;
  balance.ratio = 40.0;
  // 3 x 0.1 W, 3 x 0.2 VA and 3 x 0.02 VA for an hour.
  balance.own_voltage_circuits_j = 1'080.0;
  balance.own_voltage_circuits_vas = 2'160.0;
  balance.own_current_circuits_vas = 216.0;
  return balance;
}

}  // namespace

TEST_CASE("report: the balance names every place where energy went") {
  auto const lines = balance_lines(first_hour());
  REQUIRE(lines.size() == 16);
  CHECK(lines[0] == "source_import 69.000000 kWh primary");
  CHECK(lines[3] == "ratio 40");
  CHECK(lines[10] == "suppressed 0.000000 kWh secondary");
  CHECK(lines[12] == "difference 0 uJ secondary");
  CHECK(lines[13] == "measured_error 0.0500 %");
  CHECK(lines[14] == "own_voltage_circuits 0.000300 kWh, 0.000600 kVAh");
  CHECK(lines[15] == "own_current_circuits 0.000060 kVAh");
}

TEST_CASE("report: lost energy shows as a difference") {
  auto balance = first_hour();
  balance.withheld_uj = 0;
  CHECK(balance.difference_uj() == 1'000);
}

TEST_CASE("report: without energy the measured error is zero, not a division by zero") {
  CHECK(BalanceSheet{}.measured_error_percent() == 0.0);
}

TEST_CASE("report: export counts against import in the measured error") {
  // By hand: 36 kWh in, 18 kWh out, net 64.8 MJ; a meter at ratio 1 that sees 64.93 MJ is 0.13 MJ of 194.4 MJ
  // off, which is 0.0669 %.
  BalanceSheet balance;
  balance.source_import_j = 129.6e6;
  balance.source_export_j = 64.8e6;
  balance.increments_uj = 64'930'000'000'000;
  CHECK(balance_lines(balance)[13] == "measured_error 0.0669 %");
}

TEST_CASE("report: each direction is shown with its own register and error") {
  // By hand: 36 kWh in and out at ratio 10 are 3.6 kWh = 12.96 MJ of secondary energy each; import runs 0.5 %
  // fast, 13.0248 MJ, and export 0.25 % slow, 12.9276 MJ.
  BalanceSheet balance;
  balance.source_import_j = 129.6e6;
  balance.source_export_j = 129.6e6;
  balance.ratio = 10.0;
  balance.registers_import_uj = 13'024'800'000'000;
  balance.registers_export_uj = 12'927'600'000'000;
  auto const lines = balance_lines(balance);
  CHECK(lines[4] == "registers_import 3.618000 kWh secondary");
  CHECK(lines[5] == "registers_export 3.591000 kWh secondary");
  CHECK(lines[6] == "import_error 0.5000 %");
  CHECK(lines[7] == "export_error -0.2500 %");
}

TEST_CASE("report: a register that could not be read is no zero") {
  auto const lines = balance_lines(first_hour());
  CHECK(lines[4] == "registers_import not readable");
  CHECK(lines[6] == "import_error none");
  SummarySheet sheet;
  sheet.balance = first_hour();
  CHECK(summary_json(sheet).find("\"registers_import_uj\": null") != std::string::npos);
}

TEST_CASE("report: every result is headed by version, scenario, seed and document hash") {
  RunIdentity const identity{"0.1.0", "first_kilowatt_hour", 7, 0x00AB'0000'0000'00CDU};
  CHECK(identity_text(identity) ==
        "blondel 0.1.0, scenario first_kilowatt_hour, seed 7, fnv1a 00ab0000000000cd");
}

TEST_CASE("report: the summary tells failed expectations from passed ones") {
  SummarySheet sheet;
  sheet.expectations = {{"1.8.0 at end", "1 kWh", "2 kWh", false}, {"32.7.0 at end", "230 V", "230 V", true}};
  auto const lines = summary_lines(sheet);
  REQUIRE(lines.size() >= 2);
  CHECK(lines[lines.size() - 2] == "FAIL 1.8.0 at end: expected 1 kWh, found 2 kWh");
  CHECK(lines.back() == "pass 32.7.0 at end: expected 230 V, found 230 V");
  CHECK(summary_json(sheet).find("\"passed\": false") != std::string::npos);
}

TEST_CASE("report: a number that rounds to zero has no sign") {
  CHECK(fixed_text(-1e-9, 4) == "0.0000");
  CHECK(fixed_text(-0.0512, 2) == "-0.05");
}

TEST_CASE("report: text that is no UTF-8 does not cost the summary") {
  SummarySheet sheet;
  sheet.description = "\xFF";
  CHECK(summary_json(sheet).find("\"description\"") != std::string::npos);
}

TEST_CASE("summary: a speed has three digits") {
  CHECK(speed_text(0.0) == "0");
  CHECK(speed_text(0.99812) == "0.998");
  CHECK(speed_text(1.0) == "1");
  CHECK(speed_text(999.6) == "1000");
  CHECK(speed_text(1248.3) == "1250");
  CHECK(speed_text(999'700.0) == "1 million");
  CHECK(speed_text(29'985'007.0) == "30 million");
}
