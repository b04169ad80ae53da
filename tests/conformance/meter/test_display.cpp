#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <vector>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Outcome;
using blondel::test::run;
using blondel::test::run_in;
using Catch::Contains;

// The load is 3 x 230 V, 100 A at 0.8 inductive, 200/5: P = 3 * 230 * 100 * 0.8 = 55.2 kW, Q = 41.4 kvar,
// S = 69 kVA. Energies by hand, at instants at which 0.1 % of a class C meter moves no digit.

namespace {

using Json = nlohmann::json;

Document loaded() {
  Document document;
  document.tier = "interval";
  document.start = "2026-07-06T12:00:00";
  document.summer_time = "001";
  document.configuration_1 = "11000162";  // 7.0
  document.source = R"({"voltage_v": 230, "current_a": 100, "power_factor": 0.8})";
  document.duration_s = 4000;
  return document;
}

/// What people do at the meter, in the order of time.
class Actions {
 public:
  Actions& look(double at_s) { return add(at_s, R"("read_display": {})"); }
  Actions& push(double at_s, std::string const& length = "short") {
    return add(at_s, R"("push_button": {"press": ")" + length + "\"}");
  }
  Actions& add(double at_s, std::string const& action) {
    text_ += (text_.empty() ? "" : ", ") + (R"({"at_s": )" + std::to_string(at_s)) + ", " + action + "}";
    return *this;
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_;
};

/// What the transcript says each time somebody looked.
std::vector<std::string> seen(Document document, Actions const& actions) {
  document.actions = actions.text();
  Folder const folder;
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  std::vector<std::string> lines;
  std::istringstream transcript{folder.read("results/transcript.txt")};
  for (std::string line; std::getline(transcript, line);) {
    constexpr std::string_view event = " read_display ";
    if (auto const found = line.find(event); found != line.npos) {
      lines.push_back(line.substr(found + event.size()));
    }
  }
  return lines;
}

constexpr auto marks = ", Q1, L1> L2> L3>";

/// "DIGITS" in an expected text stands for a measured number with its format, which lies near the true one.
struct Expected {
  std::string before;
  double value;  ///< of the measured number; NaN-free: 0 with an empty `after` means a literal text
  double tolerance;
  int decimals;
  std::string after;
};

void check_near(std::string const& line, Expected const& expected) {
  CAPTURE(line, expected.before);
  REQUIRE(line.starts_with(expected.before));
  REQUIRE(line.ends_with(expected.after));
  auto const number =
      line.substr(expected.before.size(), line.size() - expected.before.size() - expected.after.size());
  CAPTURE(number);
  CHECK(std::regex_match(number, std::regex{"[0-9]+[.][0-9]{" + std::to_string(expected.decimals) + "}"}));
  CHECK(std::abs(std::stod(number) - expected.value) <= expected.tolerance);
}

Json frame_of(Document const& document, std::string const& at) {
  Folder const folder;
  folder.write("scenario.json", document.text());
  auto const outcome = run("display '" + folder.file("scenario.json") + "' --json --at " + at);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.out);
}

/// What `check` says of a document that it refuses.
std::string refusal(std::string const& display) {
  auto document = loaded();
  document.meter = R"("display": )" + display + ",";
  Folder const folder;
  folder.write("scenario.json", document.text());
  auto const outcome = run("check '" + folder.file("scenario.json") + "'");
  CHECK(outcome.exit_code == 3);
  return outcome.err;
}

std::string listed(int count) {
  std::string list;
  for (int n = 0; n < count; ++n) {
    list += std::string{n == 0 ? "" : ", "} + "\"1.8.0\"";
  }
  return "[" + list + "]";
}

}  // namespace

TEST_CASE("display: every field of the glass is told segment by segment", "[DSP-01]") {
  auto document = loaded();
  document.source = R"({"voltage_v": 230, "current_a": 100, "power_factor": [0.8, -0.8, 0.8]})";
  document.actions = R"({"at_s": 15, "lose_phase": {"phase": "L3"}})";
  document.meter = R"("display": {"fixed": "serial_number"},)";
  auto const frame = frame_of(document, "18s");
  // 35100001 in the last eight of nine digits: a 1, b 2, c 4, d 8, e 16, f 32, g 64.
  CHECK(frame.at("segments").at("value") == Json::parse("[0, 79, 109, 6, 63, 63, 63, 63, 6]"));
  // 96.1.0 from the left, the points (128) beside 6 and 1.
  CHECK(frame.at("segments").at("id") == Json::parse("[111, 253, 134, 63, 0, 0, 0]"));
  CHECK(frame.at("text") == "SER/NUM");
  CHECK(frame.at("value") == "35100001");
  CHECK(frame.at("unit") == "");
  CHECK(frame.at("quadrants") ==
        Json::parse("[1]"));  // R of L1 and L2 without P: the net import is 0, no export
  CHECK(frame.at("voltages") == Json::parse("[1, 2]"));
  CHECK(frame.at("imports") == Json::parse("[1]"));
  CHECK(frame.at("exports") == Json::parse("[2]"));
  CHECK(frame.at("tariffs") == Json::array());
  CHECK(frame.at("error") == false);
}

TEST_CASE("display: the check shows every segment there is", "[DSP-01][DSP-03]") {
  auto document = loaded();
  document.actions = Actions{}.push(20, "long").text();
  auto const frame = frame_of(document, "30s");
  CHECK(frame.at("segments").at("value") == Json(std::vector<int>(9, 511)));  // seven and two dots
  CHECK(frame.at("segments").at("id") == Json(std::vector<int>(7, 255)));
  CHECK(frame.at("segments").at("text") == Json(std::vector<int>(9, 16'383)));
  CHECK(frame.at("segments").at("unit") == 1'023);
  CHECK(frame.at("unit") == "kWvarVAVAhHzm3L");
  CHECK(frame.at("quadrants") == Json::parse("[1, 2, 3, 4]"));
  CHECK(frame.at("tariffs") == Json::parse("[1, 2, 3, 4]"));
  CHECK(frame.at("voltages") == Json::parse("[1, 2, 3]"));
  CHECK(frame.at("imports") == Json::parse("[1, 2, 3]"));
  CHECK(frame.at("exports") == Json::parse("[1, 2, 3]"));
  CHECK(frame.at("error") == true);
}

TEST_CASE("display: the automatic list goes round, ten seconds each, after the start-up screens",
          "[DSP-02]") {
  // Seven readings; the 47th round ends at 10 + 47 * 70 = 3300 s. A+ 55.2 * 3305 / 3600 = 50.68 kWh,
  // R+ 41.4 * 3325 / 3600 = 38.24 kvarh.
  Actions actions;
  actions.look(4.999).look(5).look(9.999).look(10).look(19.999);
  for (int n = 0; n < 8; ++n) {
    actions.look(3305 + 10 * n);
  }
  auto const lines = seen(loaded(), actions);
  REQUIRE(lines.size() == 13);
  // CRC-16/XMODEM of "75000801", worked out with Python's binascii.crc_hqx: 57734.
  CHECK(lines[0] == std::string{"96.54.1 CSUM 57734"} + marks);
  CHECK(lines[1] == std::string{"0.2.1 SW H1 75000801"} + marks);
  CHECK(lines[2] == std::string{"0.2.1 SW H1 75000801"} + marks);
  CHECK(lines[3] == std::string{"1.8.0 A+ 0 kWh"} + marks);
  CHECK(lines[4] == std::string{"1.8.0 A+ 0 kWh"} + marks);
  CHECK(lines[5] == std::string{"1.8.0 A+ 50 kWh"} + marks);
  CHECK(lines[6] == std::string{"2.8.0 A- 0 kWh"} + marks);
  CHECK(lines[7] == std::string{"3.8.0 R+ 38 kvarh"} + marks);
  CHECK(lines[8] == std::string{"4.8.0 R- 0 kvarh"} + marks);
  check_near(lines[9], {"1.7.0 P+ ", 55.2, 0.11, 3, std::string{" kW"} + marks});
  CHECK(lines[10] == std::string{"1.0.0 DATE 2026:07:06"} + marks);
  CHECK(lines[11] == std::string{"1.0.0 TIME 12:56:05"} + marks);
  CHECK(lines[12] == std::string{"1.8.0 A+ 51 kWh"} + marks);  // 55.2 * 3375 / 3600 = 51.75
}

TEST_CASE("display: the button goes through every reading of the manual list and round", "[DSP-02]") {
  // Pushed at 3420 s and each two seconds from there, read a second later.
  constexpr int count = 29;
  Actions actions;
  for (int n = 0; n <= count; ++n) {
    actions.push(3420 + 2 * n).look(3421 + 2 * n);
  }
  auto const lines = seen(loaded(), actions);
  REQUIRE(lines.size() == count + 1);
  auto const literal = [&lines](int n, std::string const& text) {
    CHECK(lines[static_cast<std::size_t>(n)] == text + marks);
  };
  auto const near = [&lines](int n, std::string const& before, double value, double tolerance, int decimals,
                             std::string const& unit) {
    check_near(lines[static_cast<std::size_t>(n)], {before, value, tolerance, decimals, unit + marks});
  };
  literal(0, "1.8.0 A+ 52 kWh");  // 55.2 * 3421 / 3600 = 52.46
  literal(1, "2.8.0 A- 0 kWh");
  literal(2, "3.8.0 R+ 39 kvarh");  // 41.4 * 3425 / 3600 = 39.39
  literal(3, "4.8.0 R- 0 kvarh");
  literal(4, "1.8.0 A+ S 1.31 kWh");  // 55.2 * 3429 / 3600 / 40 = 1.3145
  literal(5, "2.8.0 A- S 0.00 kWh");
  literal(6, "3.8.0 R+ S 0.98 kvarh");  // 41.4 * 3433 / 3600 / 40 = 0.9870
  literal(7, "4.8.0 R- S 0.00 kvarh");
  near(8, "1.7.0 P+ ", 55.2, 0.11, 3, " kW");
  literal(9, "2.7.0 P- 0.000 kW");
  near(10, "3.7.0 Q+ ", 41.4, 0.11, 3, " kvar");
  literal(11, "4.7.0 Q- 0.000 kvar");
  literal(12, "32.7.0 U-L1 230 V");
  literal(13, "52.7.0 U-L2 230 V");
  literal(14, "72.7.0 U-L3 230 V");
  near(15, "31.7.0 I-L1 ", 100.0, 0.2, 2, " A");
  near(16, "51.7.0 I-L2 ", 100.0, 0.2, 2, " A");
  near(17, "71.7.0 I-L3 ", 100.0, 0.2, 2, " A");
  near(18, "13.7.0 PF ", 0.8, 0.0015, 3, "");
  literal(19, "1.0.0 DATE 2026:07:06");
  literal(20, "1.0.0 TIME 12:57:41");
  literal(21, "1.0.0 12-57-43 2026:07:06");  // the stamp: its time in the text field
  literal(22, "96.8.0 HRS 0 h");
  literal(23, "0.4.2 CTR 40");
  literal(24, "96.1.0 SER/NUM 35100001");
  literal(25, "0.0.1 NUM/1 0");
  literal(26, "96.1.1 3010 68535CC42");  // thirteen characters: the last four in the text field
  literal(27, "97.97.0 INFO 00000000");
  literal(28, "1.8.0.01 A+ ---------");  // no debiting period has ended
  literal(29, "1.8.0 A+ 53 kWh");        // 55.2 * 3479 / 3600 = 53.34
}

TEST_CASE("display: without supply the button wakes the back-up list, and the glass goes dark again",
          "[DSP-02]") {
  Actions actions;
  actions.add(3600, R"("power_off": {})").look(3602);
  for (int n = 0; n < 9; ++n) {
    actions.push(3610 + 2 * n).look(3611 + 2 * n);
  }
  actions.look(3745.999).look(3746);
  auto const lines = seen(loaded(), actions);
  // 55.2 * 3601 / 3600 = 55.2 kWh, 41.4 kvarh: a second after the voltage the meter is off; the clock runs.
  CHECK(lines == std::vector<std::string>{"dark", "1.8.0 A+ 55 kWh", "2.8.0 A- 0 kWh", "3.8.0 R+ 41 kvarh",
                                          "4.8.0 R- 0 kvarh", "1.0.0 DATE 2026:07:06", "1.0.0 TIME 13:00:21",
                                          "96.1.0 SER/NUM 35100001", "96.8.0 HRS 1 h", "1.8.0 A+ 55 kWh",
                                          "1.8.0 A+ 55 kWh", "dark"});
}

TEST_CASE("display: it returns to the automatic list two minutes after the last push, or at once",
          "[DSP-03]") {
  Actions actions;
  actions.push(100).push(101).look(102).look(220.999).look(221).look(231);
  actions.push(300).push(301).push(302, "extra_long").look(302.5).look(312);
  auto const lines = seen(loaded(), actions);
  CHECK(lines == std::vector<std::string>{std::string{"2.8.0 A- 0 kWh"} + marks,  // the second by hand
                                          std::string{"2.8.0 A- 0 kWh"} + marks,  //
                                          std::string{"1.8.0 A+ 3 kWh"} + marks,  // 55.2 * 221 / 3600 = 3.39
                                          std::string{"2.8.0 A- 0 kWh"} + marks,  // and on
                                          std::string{"1.8.0 A+ 4 kWh"} + marks,  // 55.2 * 302 / 3600 = 4.63
                                          std::string{"2.8.0 A- 0 kWh"} + marks});
}

TEST_CASE("display: a check lasts until the next push, which shows the reading before it", "[DSP-03]") {
  Actions actions;
  actions.push(100).push(101).push(102, "long").look(103).push(104).look(105).push(106, "long").look(226);
  auto const lines = seen(loaded(), actions);
  CHECK(lines == std::vector<std::string>{"8.8.8.8.8.8.8. ######### 8:8:8:8:8:8:8:8:8: kWvarVAVAhHzm3L, "
                                          "Q1Q2Q3Q4, L1<> L2<> L3<>, T1T2T3T4, error",
                                          std::string{"2.8.0 A- 0 kWh"} + marks,
                                          std::string{"1.8.0 A+ 3 kWh"} + marks});
}

TEST_CASE("display: a configuration with a fixed value shows it all the time", "[DSP-05]") {
  auto document = loaded();
  document.configuration_2 = "00001011";  // FFF 000
  Actions actions;
  actions.look(3290).look(3300).look(3310);
  // 55.2 * 3290 / 3600 = 50.45 to 55.2 * 3310 / 3600 = 50.75
  CHECK(seen(document, actions) == std::vector<std::string>(3, std::string{"1.8.0 A+ 50 kWh"} + marks));
}

TEST_CASE("display: digits are drawn 7, 5 and 3 mm high", "[DSP-05]") {
  auto document = loaded();
  document.actions = Actions{}.push(20, "long").text();
  Folder const folder;
  folder.write("scenario.json", document.text());
  auto const outcome =
      run("display '" + folder.file("scenario.json") + "' --at 30s --svg '" + folder.file("glass.svg") + "'");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  auto const svg = folder.read("glass.svg");
  CHECK_THAT(svg, Contains(R"(width="92mm" height="38mm" viewBox="0 0 92 38")"));
  // Heights of what reaches from a line to a line: the extents of the polygons that start in a row.
  auto const height = [&svg](double left, double top, double right, double bottom) {
    double highest = 99.0;
    double lowest = 0.0;
    std::regex const polygon{R"re(<polygon points="([^"]*)")re"};
    for (std::sregex_iterator it{svg.begin(), svg.end(), polygon}, end; it != end; ++it) {
      std::istringstream points{(*it)[1].str()};
      std::vector<std::pair<double, double>> corners;
      char comma = ',';
      for (double x = 0.0, y = 0.0; points >> x >> comma >> y;) {
        corners.emplace_back(x, y);
      }
      bool const inside = std::all_of(corners.begin(), corners.end(), [&](auto const& corner) {
        return corner.first >= left && corner.first <= right && corner.second >= top &&
               corner.second <= bottom;
      });
      for (auto const& [x, y] : corners) {
        highest = inside ? std::min(highest, y) : highest;
        lowest = inside ? std::max(lowest, y) : lowest;
      }
    }
    return lowest - highest;
  };
  constexpr double rounding = 0.011;                              // coordinates have two decimals
  CHECK(height(4, 13, 57, 23) == Approx(7.0).margin(rounding));   // value field
  CHECK(height(4, 4, 35, 12) == Approx(5.0).margin(rounding));    // id
  CHECK(height(38, 4, 75, 12) == Approx(5.0).margin(rounding));   // text
  CHECK(height(55, 25, 90, 35) == Approx(5.0).margin(rounding));  // tariffs
  CHECK(height(34, 25, 39, 35) == Approx(3.0).margin(rounding));  // L2
}

TEST_CASE("display: lists that break a rule are refused with their place and what is allowed", "[DSP-02]") {
  CHECK_THAT(refusal(R"({"automatic": )" + listed(17) + "}"),
             Contains("$.meter.display.automatic: ") && Contains("allowed: a list of 1 to 16 "));
  CHECK_THAT(refusal(R"({"manual": )" + listed(31) + "}"),
             Contains("$.meter.display.manual: ") && Contains("allowed: a list of 1 to 30 "));
  CHECK_THAT(refusal(R"({"backup": )" + listed(9) + "}"),
             Contains("$.meter.display.backup: ") && Contains("allowed: a list of up to 8 "));
  CHECK_THAT(refusal(R"({"automatic": ["1.8.0", {"register": "1.8.0", "history": 1}]})"),
             Contains("$.meter.display.automatic[1]: ") && Contains("historical data cannot be shown") &&
                 Contains("allowed: a register as it is now"));
  CHECK_THAT(refusal(R"({"fixed": "1.8.9"})"),
             Contains("$.meter.display.fixed: \"1.8.9\": no such register; did you mean"));
  CHECK_THAT(refusal(R"({"fixed": {"register": "1.8.0", "history": 1}})"),
             Contains("$.meter.display.fixed: ") && Contains("historical data"));
  CHECK_THAT(refusal(R"({"backup": ["1.8.0", {"register": "serial_number", "history": 1}]})"),
             Contains("$.meter.display.backup[1]: ") && Contains("no debiting period keeps this register") &&
                 Contains("allowed: A+, A-, R+ and R-"));
  CHECK_THAT(refusal(R"({"manual": ["1.8.0", {"register": "1.8.0", "history": 37}]})"),
             Contains("$.meter.display.manual[1].history: ") && Contains("36"));
  CHECK_THAT(refusal(R"({"manual": ["1.8.0", "2.8.0", "3.8.0"]})"),
             Contains("$.meter.display.manual: ") &&
                 Contains("lacks a legal reading, which cannot be removed: 4.8.0 reactive_energy_export"));
  CHECK_THAT(refusal(R"({"fixed": "1.8.0", "automatic": ["1.8.0"]})"),
             Contains("$.meter.display.fixed: ") && Contains("fixed or automatic, not both"));
}

TEST_CASE("display: past debiting periods stand in the manual list and without supply", "[DSP-02]") {
  auto document = loaded();
  document.meter =
      R"("display": {"manual": ["1.8.0", "2.8.0", "3.8.0", "4.8.0", {"register": "1.8.0", "history": 1},
      {"register": "1.8.0", "history": 2}, {"register": "1.8.0", "history": 3},
      {"register": "max_active_power_import_time", "history": 1}, {"register": "debiting_count", "history": 1}],
      "backup": [{"register": "3.8.0", "history": 2}]},)";
  Actions actions;
  actions.add(1830, R"("debiting_stop": {})").add(3240, R"("debiting_stop": {})");
  for (int n = 0; n < 9; ++n) {
    actions.push(3420 + 2 * n).look(3421 + 2 * n);
  }
  actions.add(3500, R"("power_off": {})").push(3510).look(3511);
  auto const lines = seen(document, actions);
  REQUIRE(lines.size() == 10);
  CHECK(lines[4] == std::string{"1.8.0.01 A+ 49 kWh"} + marks);  // 55.2 * 3240 / 3600 = 49.68
  CHECK(lines[5] == std::string{"1.8.0.02 A+ 28 kWh"} + marks);  // 55.2 * 1830 / 3600 = 28.06
  CHECK(lines[6] == std::string{"1.8.0.03 A+ ---------"} + marks);
  // Between the stops, at 12:30:30 and 12:54, ends only the period of 12:45, 11:45 in normal time.
  CHECK_THAT(lines[7], Contains("1.6.0.01 TIME 11:45:00"));
  CHECK(lines[8] == std::string{"0.1.0.01 RST 1"} + marks);  // a record is made before its stop counts
  CHECK(lines[9] == "3.8.0.02 R+ 21 kvarh");                 // 41.4 * 1830 / 3600 = 21.05
}

TEST_CASE("display: verification shows one register in high resolution until a push of 6 s or 16 h are over",
          "[DSP-01][DSP-03]") {
  auto document = loaded();
  document.duration_s = 62'000;
  document.meter =
      R"("display": {"manual": ["1.8.0", "2.8.0", "3.8.0", "4.8.0", "active_energy_import_verification"]},)";
  Actions actions;
  for (int n = 0; n < 5; ++n) {
    actions.push(990);
  }
  actions.push(1000, "long").look(1001).look(1400);  // 12:23:20: the two minutes are over
  actions.push(1500).push(1501).look(1502).push(1510, "extra_long").look(1511);
  actions.add(2000, R"("write_register": {"register": "operation_mode", "value": 4})").look(2001);
  actions.push(3000, "long").look(3000 + 57'599).look(3000 + 57'601);
  auto const lines = seen(document, actions);
  REQUIRE(lines.size() == 7);
  // Secondary: 1.38 kW and 1.035 kvar. The meter has 0.1 % at most and the transformer 0.05 %.
  auto const near = [&lines](std::size_t n, std::string const& before, double value, char const* unit) {
    check_near(lines[n], {before, value, 0.0015 * value + 0.0001, 4, std::string{unit} + marks});
  };
  near(0, "1.8.0 A+ H ", 1.38 * 1001 / 3600, " kWh");
  near(1, "1.8.0 A+ H ", 1.38 * 1400 / 3600, " kWh");
  near(2, "3.8.0 R+ H ", 1.035 * 1502 / 3600, " kvarh");
  CHECK(lines[3] == std::string{"1.8.0 A+ 23 kWh"} + marks);  // 55.2 * 1511 / 3600 = 23.17
  near(4, "3.8.0 R+ H ", 1.035 * 2001 / 3600, " kvarh");
  near(5, "3.8.0 R+ H ", 1.035 * 60'599 / 3600, " kvarh");
  CHECK_THAT(lines[6], !Contains(" H "));
}

TEST_CASE("display: lists set in service are shown from then on, through a loss of supply", "[DSP-03]") {
  Actions actions;
  actions.push(95).add(100, R"("set_display": {"fixed": "ct_ratio", "backup": ["serial_number"]})").look(101);
  actions.add(110, R"("set_display": {"manual": ["1.8.0"]})").push(115).push(116).look(117);
  actions.add(200, R"("power_off": {})")
      .push(202)
      .look(203)
      .add(300, R"("power_on": {})")
      .look(315)
      .look(325);
  auto document = loaded();
  document.actions = actions.text();
  Folder const folder;
  REQUIRE(run_in(folder, document).exit_code == 0);
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript, Contains(" set_display fixed backup\n") || Contains(" set_display backup fixed\n"));
  // The list without the other main totals is refused, so the second of the manual list stays A-.
  CHECK_THAT(transcript, Contains(" set_display manual refused contradicting digits\n"));
  auto const ratio = std::string{"0.4.2 CTR 40"} + marks;
  CHECK(seen(document, actions) == std::vector<std::string>{ratio, std::string{"2.8.0 A- 0 kWh"} + marks,
                                                            "96.1.0 SER/NUM 35100001", ratio, ratio});
}

TEST_CASE("display: digits FFF without a list show that of 000, and the run says so") {
  auto document = loaded();
  document.configuration_2 = "31901011";
  Folder const folder;
  folder.write("scenario.json", document.text());
  auto const outcome = run("display '" + folder.file("scenario.json") + "' --once --at 15s");
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.err ==
        "warning: FFF 319 has no file in models/display; the display shows the lists of 000\n");
  CHECK(outcome.out ==
        "+--------------------------------------------------------+\n"
        "| 1.8.0             A+                                   |\n"
        "|                                  _                     |\n"
        "|                                 | |                    |\n"
        "|                                 |_|   kWh              |\n"
        "|                                                        |\n"
        "| Q1          L1>  L2>  L3>                              |\n"
        "+--------------------------------------------------------+\n");
}
