#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::run_in;

// Data sheet: voltage circuit 0.2 VA and 0.1 W per phase, current circuit 0.02 VA at 5 A. That the 0.02 VA
// load the external transformer is shown in test_transformers.cpp.

namespace {

nlohmann::json balance_of(Folder const& folder, Document const& document) {
  check_passed(run_in(folder, document));
  return nlohmann::json::parse(folder.read("results/summary.json")).at("energy_balance");
}

}  // namespace

TEST_CASE("own consumption: the voltage circuits take 0.1 W and 0.2 VA per phase, and no register grows",
          "[FE-08]") {
  Folder const folder;
  Document document;
  document.tier = GENERATE("waveform", "interval");
  document.duration_s = 3600;
  document.csv_interval_s = 3600;
  document.source = R"({"voltage_v": 230, "current_a": 0})";
  document.expect = expected("1.8.0", "0", "0", "kWh");
  SECTION("four wires: three circuits for an hour") {
    auto const balance = balance_of(folder, document);
    CHECK(balance.at("own_voltage_circuits_kwh").get<double>() == Approx(0.0003).margin(1e-9));
    CHECK(balance.at("own_voltage_circuits_kvah").get<double>() == Approx(0.0006).margin(1e-9));
    CHECK(balance.at("own_current_circuits_kvah") == 0.0);
    CHECK(balance.at("source_import_kwh") == 0.0);
  }
  SECTION("three wires: two circuits between the lines") {
    document.phases = "2";
    document.source = R"({"voltage_v": 132.7906, "current_a": 0})";
    auto const balance = balance_of(folder, document);
    CHECK(balance.at("own_voltage_circuits_kwh").get<double>() == Approx(0.0002).margin(1e-9));
  }
  SECTION("off for half an hour, L2 lost for the rest: 0.3 W x 1/4 h, 0.2 W x 1/4 h") {
    document.actions = R"({"at_s": 900, "power_off": {}}, {"at_s": 2700, "power_on": {}},)"
                       R"( {"at_s": 2700, "lose_phase": {"phase": "L2"}})";
    auto const balance = balance_of(folder, document);
    CHECK(balance.at("own_voltage_circuits_kwh").get<double>() == Approx(0.000125).margin(1e-9));
  }
  SECTION("10 % more voltage: 1.21 of it") {
    document.source = R"({"voltage_v": 253, "current_a": 0})";
    auto const balance = balance_of(folder, document);
    CHECK(balance.at("own_voltage_circuits_kwh").get<double>() == Approx(0.000363).margin(1e-9));
  }
}

TEST_CASE("own consumption: the current circuits take 0.02 VA at 5 A", "[FE-08]") {
  // 5, 2.5 and 0 A behind 200/5: 0.02 + 0.005 VA for 36 s; as much current as the transformer's ratio gives.
  Folder const folder;
  Document document;
  document.duration_s = 36;
  document.source = R"({"voltage_v": 230, "current_a": [200, 100, 0]})";
  auto const balance = balance_of(folder, document);
  CHECK(balance.at("own_current_circuits_kvah").get<double>() == Approx(2.5e-7).margin(1e-12));
}
