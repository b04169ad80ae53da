#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::run_in;
using Catch::Contains;

// The transformer adds 0.05 % at any current here (scenarios/README.md).

namespace {

struct Mains {
  char const* what;
  char const* phases;  // digit X1
  char const* line_to_neutral_v;
  char const* frequency_hz;
  char const* shown_v;    // at the elements L1 and L3
  char const* kilowatts;  // of 200 A
};

/// What the LED has given at the end.
std::string led_pulses(Document const& document) {
  Folder const folder;
  check_passed(run_in(folder, document));
  auto const summary = folder.read("results/summary.json");
  auto const from = summary.find(R"("led_pulses": )");
  REQUIRE(from != summary.npos);
  auto const number = from + std::string{R"("led_pulses": )"}.size();
  return summary.substr(number, summary.find(',', number) - number);
}

}  // namespace

TEST_CASE("range: -20 to +15 % of Un and +-2 % of the frequency, for each form", "[FE-05]") {
  // 3 U I of four wires, sqrt 3 U I of three, whose elements see the voltage between lines.
  auto const mains = GENERATE(values<Mains>({{"3x230/400 V -20 %", "3", "184", "50", "184", "110.455"},
                                             {"3x230/400 V", "3", "230", "49", "230", "138.069"},
                                             {"3x230/400 V", "3", "230", "51", "230", "138.069"},
                                             {"3x230/400 V +15 %", "3", "264.5", "50", "264.5", "158.779"},
                                             {"60 Hz -2 %", "4", "230", "58.8", "230", "138.069"},
                                             {"60 Hz +2 %, -20 %", "4", "184", "61.2", "184", "110.455"},
                                             {"60 Hz +15 %", "4", "264.5", "60", "264.5", "158.779"},
                                             {"3x230 V -20 %", "2", "106.2325", "49", "184", "63.771"},
                                             {"3x230 V", "2", "132.79056", "51", "230", "79.714"},
                                             {"3x230 V +15 %", "2", "152.709", "50", "264.5", "91.671"}}));
  CAPTURE(mains.what);
  Document document;
  document.tier = GENERATE("waveform", "interval");
  document.duration_s = 5;
  document.phases = mains.phases;
  document.source = R"({"voltage_v": )" + std::string{mains.line_to_neutral_v} +
                    R"(, "current_a": 200, "frequency_hz": )" + mains.frequency_hz + "}";
  document.expect = expected("32.7.0", mains.shown_v, "0.03", "V") + "," +
                    expected("72.7.0", mains.shown_v, "0.03", "V") + "," +
                    expected("1.7.0", mains.kilowatts, "0.03", "kW");
  Folder const folder;
  auto const outcome = run_in(folder, document);
  check_passed(outcome);
  CHECK_THAT(outcome.err, !Contains("outside the operating limits"));
}

TEST_CASE("range: from 0.05 A to 6 A behind the transformer", "[FE-05]") {
  // 3 x 230 V x 2 A and 240 A; at 0.05 A crosstalk adds 18.7 mW x 40 = 0.75 W.
  Document document;
  document.duration_s = 5;
  SECTION("0.05 A") {
    document.source = R"({"voltage_v": 230, "current_a": 2})";
    document.expect = expected("1.7.0", "1.38144", "0.0007", "kW");
  }
  SECTION("6 A") {
    document.source = R"({"voltage_v": 230, "current_a": 240})";
    document.expect = expected("1.7.0", "165.683", "0.03", "kW");
  }
  Folder const folder;
  auto const outcome = run_in(folder, document);
  check_passed(outcome);
  CHECK_THAT(outcome.err, !Contains("outside the operating limits"));
}

TEST_CASE("range: every class starts at its starting current", "[FE-05]") {
  // Class C and 0.5: 5 mA, 3.450 W and 0.0187 W of crosstalk: a pulse of 0.1 Wh every 103.7 s. B and 1: 10
  // mA, 6.9 W and 0.0374 W: every 51.9 s.
  Document document;
  document.accuracy = GENERATE("C", "5", "B", "1");
  bool const is_fine = document.accuracy == "C" || document.accuracy == "5";
  CAPTURE(document.accuracy);
  document.source = R"({"voltage_v": 230, "current_a": )" + std::string{is_fine ? "0.2" : "0.4"} + "}";
  document.duration_s = is_fine ? 309 : 154;
  CHECK(led_pulses(document) == "2");
  document.duration_s = is_fine ? 313 : 157;
  CHECK(led_pulses(document) == "3");
}

TEST_CASE("range: without current nothing is registered, at the highest voltage", "[FE-05]") {
  // metrology.md 1: 6.05 min at 1.15 Un by EN 50470-3, 14.49 min by IEC 62053-21; longer than both.
  Document document;
  document.duration_s = 900;
  document.source = R"({"voltage_v": 264.5, "current_a": 0})";
  document.expect = expected("1.8.0", "0", "0", "kWh") + "," + expected("2.8.0", "0", "0", "kWh") + "," +
                    expected("3.8.0", "0", "0", "kvarh") + "," + expected("4.8.0", "0", "0", "kvarh");
  CHECK(led_pulses(document) == "0");
}

TEST_CASE("range: 480 V from line to neutral is read as what it is, and told", "[FE-05]") {
  // 3 x 480 V x 200 A = 288 kW, a hundredth of an hour 2.88 kWh.
  Document document;
  document.tier = GENERATE("waveform", "phasor", "interval");
  document.duration_s = 36;
  document.source = R"({"voltage_v": 480, "current_a": 200})";
  document.expect = expected("32.7.0", "480", "0.2", "V") + "," + expected("52.7.0", "480", "0.2", "V") +
                    "," + expected("72.7.0", "480", "0.2", "V") + "," +
                    expected("1.7.0", "288.144", "0.2", "kW") + "," +
                    expected("1.8.0", "2.8814", "0.004", "kWh");
  Folder const folder;
  auto const outcome = run_in(folder, document);
  check_passed(outcome);
  CHECK_THAT(outcome.err, Contains("outside the operating limits: L1 voltage 480 V"));
}

TEST_CASE("range: 480 V between the lines of three wires are read as what they are", "[FE-05]") {
  // sqrt 3 x 480 V x 200 A = 166.277 kW.
  Document document;
  document.duration_s = 36;
  document.phases = "2";
  document.source = R"({"voltage_v": 277.12813, "current_a": 200})";
  document.expect = expected("32.7.0", "480", "0.2", "V") + "," + expected("72.7.0", "480", "0.2", "V") +
                    "," + expected("1.7.0", "166.360", "0.12", "kW");
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("range: a lost neutral leaves 475 V on a light load, and the meter goes on", "[FE-05]") {
  // 480 V between the lines, resistors of 277.1 V / 20, 2400 and 10 A. Millman: the star point lies 5.2 V
  // from L2; L1 475.065 V and 34.285 A, L2 5.226 V and 45.260 A, L3 476.062 V and 17.178 A: 16.2875, 0.2365
  // and 8.1780 kW. The divider reads 0.5 ppm a volt more above 230 V.
  Document document;
  document.duration_s = 36;
  document.more = R"("connection": {"supply_neutral": "lost"},)";
  document.source = R"({"voltage_v": 277.12813, "current_a": [20, 2400, 10]})";
  document.expect =
      expected("32.7.0", "475.065", "0.1", "V") + "," + expected("52.7.0", "5.226", "0.03", "V") + "," +
      expected("72.7.0", "476.062", "0.1", "V") + "," + expected("21.7.0", "16.296", "0.01", "kW") + "," +
      expected("41.7.0", "0.2366", "0.01", "kW") + "," + expected("61.7.0", "8.182", "0.01", "kW") + "," +
      expected("1.8.0", "0.24714", "0.0005", "kWh");
  Folder const folder;
  auto const outcome = run_in(folder, document);
  check_passed(outcome);
  CHECK_THAT(outcome.err, Contains("L1 voltage 475.065 V") && Contains("L3 voltage 476.062 V"));
}
