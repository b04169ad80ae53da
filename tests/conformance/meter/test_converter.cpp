#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Outcome;
using blondel::test::run_bare;
using blondel::test::Values;

namespace {

/// The constants are nominal, so nothing is calibrated out.
Outcome run_with(Values const& adc, Document document) {
  document.calibrated = "false";
  return run_bare(adc, document);
}

}  // namespace

// 200 A through 200/5 are 5 A at the terminals. Both transformers together are within 0.01 % there.

TEST_CASE("converter: a current beyond full scale is clipped", "[FE-03]") {
  // A sine of 7.071 A peak cut at +-5 A has 4.12823 A rms, 165.129 A at the primary (numerical integration in
  // Python); the samples of a cycle that the edges fall between leave 0.05 A.
  Document document;
  document.expect = expected("31.7.0", "165.129", "0.05", "A") + "," + expected("32.7.0", "230", "0.01", "V");
  check_passed(run_with({{"i_full_scale_a", "5"}}, document));
}

TEST_CASE("converter: an offset shifts the wave against the limits and is taken out of the reading",
          "[FE-03]") {
  // L1: 325.27 V peak plus 34 V, cut at 340 V: 228.062 V rms about its mean (numerical integration in
  // Python). L2 has no offset and does not reach the limit, L3 has the offset the other way.
  Document document;
  document.expect = expected("32.7.0", "228.062", "0.03", "V") + "," +
                    expected("52.7.0", "230", "0.01", "V") + "," + expected("72.7.0", "228.062", "0.03", "V");
  check_passed(run_with({{"u_full_scale_v", "340"}, {"u_offset_mv", "[34000, 0, -34000]"}}, document));
}

TEST_CASE("converter: the anti-alias filter weakens and delays the voltage", "[FE-03]") {
  // RC = 1 ms at 50 Hz: 230 V / sqrt(1 + 0.314159^2) = 219.426 V, behind by atan 0.314159 = 17.441 deg. The
  // current then leads: P = 43.8853 kVA x cos = 41.868 kW, Q = -13.153 kvar. Both transformers together lead
  // by up to 2.5 mrad, which adds 0.11 kvar and takes 0.03 kW.
  Document document;
  document.expect =
      expected("32.7.0", "219.426", "0.01", "V") + "," + expected("52.7.0", "230", "0.01", "V") + "," +
      expected("21.7.0", "41.868", "0.05", "kW") + "," + expected("44.7.0", "0", "0.15", "kvar") + "," +
      expected("24.7.0", "13.153", "0.15", "kvar");
  check_passed(run_with({{"u_filter_tau_us", "[1000, 0, 0]"}}, document));
}

TEST_CASE("converter: what lies above half the sampling rate is folded down", "[FE-03]") {
  // 64 Hz sampled 4096 times a second: harmonic 40 of the current (2560 Hz) comes out as harmonic 24 (1536
  // Hz) turned round, and meets the voltage's harmonic 24 there: 46 V x 100 A = 4.6 kW that nobody drew. At
  // 8000 samples a second there is no such power; a filter of 1 ms leaves a sixteenth of it at most. The
  // fundamental (90 deg) and the transformers give 0.05 kW.
  Document document;
  document.source =
      R"({"voltage_v": 230, "current_a": 100, "angle_deg": 90, "frequency_hz": 64, "harmonics": [
    {"order": 24, "voltage_percent": 20},
    {"order": 40, "current_percent": 100, "current_angle_deg": 180}]})";
  document.expect = expected("21.7.0", "4.6", "0.1", "kW");
  check_passed(run_with({{"sample_rate_hz", "4096"}}, document));
  document.expect = expected("21.7.0", "0", "0.1", "kW");
  check_passed(run_with({{"sample_rate_hz", "8000"}}, document));
  document.expect = expected("21.7.0", "0", "0.35", "kW");
  check_passed(run_with({{"sample_rate_hz", "4096"}, {"i_filter_tau_us", "1000"}}, document));
}

TEST_CASE("converter: noise is read as current where none flows", "[FE-03]") {
  // 200 mA rms of noise are 8 A at the primary. One cycle of 160 samples knows its rms to 5.6 %, 0.45 A;
  // three times that.
  Document document;
  document.source = R"({"voltage_v": 230, "current_a": 0})";
  document.expect = expected("31.7.0", "8", "1.35", "A") + "," + expected("71.7.0", "8", "1.35", "A") + "," +
                    expected("32.7.0", "230", "0.01", "V");
  check_passed(run_with({{"i_noise_ua", "200000"}}, document));
  document.expect = expected("31.7.0", "0", "0.0001", "A");
  check_passed(run_with({}, document));
}

TEST_CASE("converter: a signal smaller than half a step is lost", "[FE-03]") {
  // 1 mA is 25 uA at the terminals, 35 uA peak. A step of 24 bits is 119 uA of 1000 A full scale and 2.4 uA
  // of 20 A; the transformers are within 5 % down there.
  Document document;
  document.source = R"({"voltage_v": 230, "current_a": 0.001})";
  document.expect = expected("31.7.0", "0", "0.00001", "A");
  check_passed(run_with({{"i_full_scale_a", "1000"}}, document));
  document.expect = expected("31.7.0", "0.001", "0.00005", "A");
  check_passed(run_with({}, document));
}
