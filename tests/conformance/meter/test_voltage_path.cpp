#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::run_bare;
using blondel::test::Values;

// The meter has nothing but what each test gives it; the reference drifts by 0.02 ppm/K2 unless said
// otherwise.

namespace {

constexpr auto ru_model = "k351c_ru_four_wire_class_05";

Document of_sheet(std::string const& sheet, std::string const& source) {
  Document document;
  document.duration_s = 5;
  if (sheet == "ru") {
    document.accuracy = "5";
    document.meter = R"("data_sheet": "ru",)";
  }
  document.ratio = "001";
  document.external_ct = R"("nanocrystalline_5_5")";
  document.source = source;
  return document;
}

std::string phases(std::string const& l1, std::string const& l2, std::string const& l3,
                   std::string const& tolerance) {
  return expected("32.7.0", l1, tolerance, "V") + "," + expected("52.7.0", l2, tolerance, "V") + "," +
         expected("72.7.0", l3, tolerance, "V");
}

}  // namespace

TEST_CASE("voltage path: a divider's tolerance shows in a raw meter and is calibrated out", "[FE-02]") {
  // 230 V and +0.5, -0.3 and +0.2 %.
  Values const values{{"ratio_error_percent", "[0.5, -0.3, 0.2]"}};
  auto document = of_sheet("en", R"({"voltage_v": 230, "current_a": 5})");
  SECTION("raw") {
    document.calibrated = "false";
    document.expect = phases("231.15", "229.31", "230.46", "0.005");
  }
  SECTION("calibrated") {
    document.expect = phases("230", "230", "230", "0.005");
  }
  check_passed(run_bare(values, document));
}

TEST_CASE("voltage path: a divider drifts with temperature and with the voltage itself", "[FE-02]") {
  auto document = of_sheet("en", R"({"voltage_v": 230, "current_a": 5, "temperature_c": 63})");
  Values values{{"reference_ppm_per_k", "0"}, {"reference_ppm_per_k2", "0"}, {"ppm_per_v", "0"}};
  SECTION("50 ppm/K over 40 K: 0.2 %") {
    values["ppm_per_k"] = "50";
    document.expect = phases("230.46", "230.46", "230.46", "0.005");
  }
  SECTION("none") {
    values["ppm_per_k"] = "0";
    document.expect = phases("230", "230", "230", "0.005");
  }
  SECTION("100 ppm/V over 34.5 V: 0.345 %") {
    values["ppm_per_k"] = "0";
    values["ppm_per_v"] = "100";
    document.source = R"({"voltage_v": 264.5, "current_a": 5, "temperature_c": 63})";
    document.expect = phases("265.41253", "265.41253", "265.41253", "0.005");
  }
  check_passed(run_bare(values, document));
}

TEST_CASE("voltage path: a divider turns no phase, at any frequency", "[FE-02]") {
  // 90 degrees: what the phase of the voltage path turns is the active power. The two current transformers
  // lead by 7.94 minutes at 50 Hz, 2.310 mrad of 3450 var: 7.97 W; at 60 Hz by 5/6 of it, 6.66 W
  // (the program of test_transformers.cpp). 0.3 W are 0.3 minutes of arc.
  auto document = of_sheet("en", "");
  document.calibrated = "false";
  SECTION("50 Hz") {
    document.source = R"({"voltage_v": 230, "current_a": 5, "angle_deg": 90})";
    document.expect = expected("1.7.0", "0.00797", "0.0003", "kW");
  }
  SECTION("60 Hz") {
    document.source = R"({"voltage_v": 230, "current_a": 5, "angle_deg": 90, "frequency_hz": 60})";
    document.expect = expected("1.7.0", "0.00666", "0.0003", "kW");
  }
  check_passed(run_bare({}, document));
}

TEST_CASE("voltage path: a voltage transformer has ratio error and phase, and both follow the frequency",
          "[FE-02]") {
  // The transformer's law with the voltage in the place of the current: 1 / (1 + R / jwL + R / Rloss) with
  // R = 3000 ohm, by the same program. Its voltage leads by 11.12, 9.99, 8.34 minutes at 45, 50, 60 Hz. The
  // current transformers lead by 8.81, 7.94 and 6.64; the rest, 2.31 to 1.70 mW a VA, is active power at 90
  // degrees, the other way than behind a divider.
  auto document = of_sheet("ru", "");
  document.calibrated = "false";
  SECTION("45 Hz") {
    document.source = R"({"voltage_v": 230, "current_a": 5, "angle_deg": 90, "frequency_hz": 45})";
    document.expect =
        expected("2.7.0", "0.00231", "0.0003", "kW") + "," + phases("229.769", "229.769", "229.769", "0.005");
  }
  SECTION("50 Hz") {
    document.source = R"({"voltage_v": 230, "current_a": 5, "angle_deg": 90})";
    document.expect =
        expected("2.7.0", "0.00205", "0.0003", "kW") + "," + phases("229.769", "229.769", "229.769", "0.005");
  }
  SECTION("60 Hz") {
    document.source = R"({"voltage_v": 230, "current_a": 5, "angle_deg": 90, "frequency_hz": 60})";
    document.expect = expected("2.7.0", "0.00170", "0.0003", "kW");
  }
  check_passed(run_bare({}, document, ru_model));
}

TEST_CASE("voltage path: a voltage transformer follows voltage and temperature", "[FE-02]") {
  // -0.100 % at Un; 15 % above it also -0.435 ppm/V x 34.5 V; 40 K warmer its winding has 15.6 % more
  // resistance: -0.116 %.
  Values const values{{"reference_ppm_per_k", "0"}, {"reference_ppm_per_k2", "0"}};
  auto document = of_sheet("ru", "");
  document.calibrated = "false";
  SECTION("184 V") {
    document.source = R"({"voltage_v": 184, "current_a": 5})";
    document.expect = phases("183.8191", "183.8191", "183.8191", "0.004");
  }
  SECTION("264.5 V") {
    document.source = R"({"voltage_v": 264.5, "current_a": 5})";
    document.expect = phases("264.2307", "264.2307", "264.2307", "0.004");
  }
  SECTION("63 C") {
    document.source = R"({"voltage_v": 230, "current_a": 5, "temperature_c": 63})";
    document.expect = phases("229.7331", "229.7331", "229.7331", "0.004");
  }
  check_passed(run_bare(values, document, ru_model));
}

TEST_CASE("voltage path: what calibration takes out at 50 Hz comes back at 60 Hz", "[FE-02]") {
  // Calibration delays the one against the other by what they turn at 50 Hz, and a delay turns 6/5 at 60 Hz,
  // where a transformer turns 5/6. Divider: the internal current transformer's 4.96 minutes, 4.130 - 5.948;
  // voltage transformer: 4.130 - 8.341 + 1.2 x 5.032. The external transformer adds 2.487. 3450 var turned by
  // 0.670 and 4.316 minutes: 0.67 and 4.33 W.
  auto const source = R"({"voltage_v": 230, "current_a": 5, "angle_deg": 90, "frequency_hz": 60})";
  SECTION("divider") {
    auto document = of_sheet("en", source);
    document.expect =
        expected("1.7.0", "0.00067", "0.0003", "kW") + "," + phases("230", "230", "230", "0.005");
    check_passed(run_bare({}, document));
  }
  SECTION("voltage transformer") {
    auto document = of_sheet("ru", source);
    document.expect =
        expected("1.7.0", "0.00433", "0.0003", "kW") + "," + phases("230", "230", "230", "0.005");
    check_passed(run_bare({}, document, ru_model));
  }
}
