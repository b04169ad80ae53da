#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>
#include <vector>

#include "conformance/meter/log_rows.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::rows_of;
using blondel::test::run;
using blondel::test::run_in;
using Catch::Contains;
using Catch::StartsWith;

// The load is 20 A of 200 A at 230 V: 13.8 kW and 0.05 % that the transformer adds, 13.807 kW. A quarter of
// an hour is 3.4517 kWh primary, 0.0863 kWh secondary at 200/5.

namespace {

constexpr int hour_s = 3'600;
constexpr int day_s = 24 * hour_s;

/// A steady load in the interval tier; tells one register at the end.
Document steady(std::string const& registers, int duration_s = 900) {
  Document document;
  document.tier = "interval";
  document.duration_s = duration_s;
  document.csv_interval_s = day_s;
  document.transcript = R"({"registers": [)" + registers + "]}";
  document.source = R"({"voltage_v": 230, "current_a": 20})";
  return document;
}

/// What follows the last place of `event` in the transcript: "3.45 kWh".
std::string told(Document const& document, std::string const& event) {
  Folder const folder;
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  auto const text = folder.read("results/transcript.txt");
  auto const from = text.rfind(" " + event + " ");
  REQUIRE(from != text.npos);
  auto const begin = from + event.size() + 2;
  return text.substr(begin, text.find('\n', begin) - begin);
}

std::vector<std::string> log_of(Document document, std::string const& log) {
  document.results = R"("logs": [")" + log + R"("],)";
  Folder const folder;
  auto const outcome = run_in(folder, document);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return rows_of(folder, log);
}

std::string refusal(Document const& document) {
  Folder const folder;
  auto const outcome = run_in(folder, document);
  CHECK(outcome.exit_code == 3);
  return outcome.err;
}

std::string at(int seconds, std::string const& action) {
  return R"({"at_s": )" + std::to_string(seconds) + ", " + action + "}";
}

std::string const look = at(25, R"("read_display": {})");

}  // namespace

TEST_CASE("configuration 1: A is the decimals of primary energy", "[TYP-02]") {
  auto const [digit, text] =
      GENERATE(table<std::string, char const*>({{"1", "3 kWh"}, {"2", "3.4 kWh"}, {"3", "3.45 kWh"}}));
  auto document = steady(R"("1.8.0")");
  document.configuration_1 = digit + "1000162";
  CHECK(told(document, "1.8.0") == text);
}

TEST_CASE("configuration 1: CCC tells the module, and DD what its terminals are", "[TYP-02]") {
  // A pulse at I/O 1 counts where DD has a pulse input there: 03, not 00.
  auto const [ccc, dd, pulses] = GENERATE(table<std::string, std::string, char const*>(
      {{"000", "00", "0"}, {"000", "03", "1"}, {"055", "03", "1"}}));
  auto document = steady(R"("configuration_1", "pulse_input")");
  document.configuration_1 = "31" + ccc + dd + "2";
  document.actions = at(10, R"("input_pulses": {"input": 1, "count": 1, "period_s": 1, "length_s": 0.1})");
  CHECK(told(document, "configuration_1") == "31" + ccc + dd + "2");
  CHECK(told(document, "pulse_input") == pulses);
}

TEST_CASE("configuration 1: E is the integration period of the load profile", "[TYP-02]") {
  // Records of two hours.
  auto const [digit, count, first] = GENERATE(
      table<std::string, std::size_t, char const*>({{"1", 24, "1,2026-01-05T12:05:00,0,0,1,1.15,"},
                                                    {"2", 8, "1,2026-01-05T12:15:00,0,0,1,3.45,"},
                                                    {"3", 4, "1,2026-01-05T12:30:00,0,0,1,6.90,"},
                                                    {"4", 2, "1,2026-01-05T13:00:00,0,0,1,13.80,"}}));
  auto document = steady("", 2 * hour_s);
  document.transcript = R"({"registers": ["1.8.0"]})";
  document.configuration_1 = "3100016" + digit;
  auto const rows = log_of(document, "load_profile");
  CHECK(rows.size() == count);
  CHECK_THAT(rows.front(), StartsWith(first));
}

TEST_CASE("configuration 2: FFF is what the display shows", "[TYP-03]") {
  // 25 s after power-up: the third reading of 423, R+, after ten seconds of start-up; 000 stays with A+.
  auto const [fff, text] =
      GENERATE(table<std::string, char const*>({{"423", "2.8.0 A- 0.00 kWh"}, {"000", "1.8.0 A+ 0.09 kWh"}}));
  auto document = steady(R"("1.8.0")");
  document.configuration_2 = fff + "01011";
  document.actions = look;
  CHECK_THAT(told(document, "read_display"), StartsWith(text));
}

TEST_CASE("configuration 2: GG is the day and HH the months of the debiting stop", "[TYP-03]") {
  // From 2026-01-05 on for 120 days, until 5 May; yearly in January with GG 01 does not come.
  auto const [gg, hh, count, first] = GENERATE(
      table<std::string, std::string, std::size_t, char const*>({{"01", "01", 4, "1,2026-02-01T00:00:00,"},
                                                                 {"15", "01", 4, "1,2026-01-15T00:00:00,"},
                                                                 {"01", "02", 2, "1,2026-03-01T00:00:00,"},
                                                                 {"01", "03", 2, "1,2026-02-01T00:00:00,"},
                                                                 {"01", "04", 1, "1,2026-04-01T00:00:00,"},
                                                                 {"01", "06", 1, "1,2026-03-01T00:00:00,"},
                                                                 {"01", "08", 1, "1,2026-02-01T00:00:00,"},
                                                                 {"01", "15", 1, "1,2026-03-01T00:00:00,"},
                                                                 {"01", "13", 0, ""},
                                                                 {"01", "00", 0, ""},
                                                                 {"00", "01", 0, ""}}));
  CAPTURE(gg, hh);
  auto document = steady(R"("1.8.0")", 120 * day_s);
  document.configuration_2 = "423" + gg + hh + "1";
  auto const rows = log_of(document, "debiting");
  CHECK(rows.size() == count);
  CHECK_THAT(rows.empty() ? "" : rows.front(), StartsWith(first));
}

TEST_CASE("configuration 3: LL and PPP decide when summer time begins, if it does", "[TYP-04]") {
  // Midnight and 3.5 h. 01:00 UTC is 02:00 in zone 1, which is then 03:00; in zone 3 it is 04:00.
  auto const [ll, ppp, clock] = GENERATE(table<std::string, std::string, char const*>(
      {{"01", "001", "43000"}, {"03", "001", "33000"}, {"01", "000", "33000"}, {"13", "001", "33000"}}));
  CAPTURE(ll, ppp);
  auto document = steady(R"("clock")", 12'600);
  document.start = "2026-03-29T00:00:00";
  document.time_zone = ll;
  document.summer_time = ppp;
  CHECK(told(document, "clock") == clock);
}

TEST_CASE("configuration 3: M counts module pulses secondary or primary", "[TYP-04]") {
  // A+ at I/O 2 for an hour: 1000 to the secondary kWh are 345, one to the primary kWh are 13.
  auto const [m, count] = GENERATE(table<std::string, int>({{"000", 345}, {"100", 13}}));
  auto document = steady(R"("1.8.0")", hour_s);
  document.configuration_1 = "31000052";  // DD 05
  document.pulses = m;
  document.results = R"("pulses": {"outputs": ["module_2"]},)";
  Folder const folder;
  REQUIRE(run_in(folder, document).exit_code == 0);
  std::istringstream rows{folder.read("results/pulses.csv")};
  int pulses = 0;
  for (std::string row; std::getline(rows, row);) {
    pulses += row.find(",module_2,on,") != row.npos ? 1 : 0;
  }
  CHECK(pulses == count);
}

TEST_CASE("configuration 3: NN is the unit of the pulse input on the display", "[TYP-04][IO-02]") {
  auto const [nn, unit] = GENERATE(table<std::string, char const*>(
      {{"000", "PULSE 7, "}, {"001", "PULSE 7 kWh, "}, {"002", "PULSE 7 m3, "}, {"003", "PULSE 7 L, "}}));
  auto document = steady(R"("1.8.0")");
  document.configuration_1 = "31000032";  // DD 03
  document.pulses = nn;
  document.meter = R"("display": {"fixed": "pulse_input"},)";
  document.actions =
      at(1, R"("input_pulses": {"input": 1, "count": 7, "period_s": 1, "length_s": 0.1})") + ", " + look;
  CHECK_THAT(told(document, "read_display"), StartsWith(unit));
}

TEST_CASE("configuration 3: JJ and K have one code each, and another is refused by its name", "[TYP-04]") {
  auto document = steady(R"("1.8.0")");
  auto text = document.text();
  auto const place = text.find(R"("00001000")");
  REQUIRE(place != text.npos);
  auto const [digits, letters] =
      GENERATE(table<char const*, char const*>({{"01001000", "JJ"}, {"00101000", "K"}}));
  text.replace(place + 1, 8, digits);
  Folder const folder;
  folder.write("scenario.json", text);
  auto const outcome = run("check '" + folder.file("scenario.json") + "'");
  CHECK(outcome.exit_code == 3);
  CHECK_THAT(outcome.err, Contains(letters));
}

TEST_CASE("configuration 4: OOO says who controls tariffs", "[TYP-04]") {
  // Written at 10 s: only 002 and 001 take it; with 000 there is none.
  auto const [ooo, tariff] =
      GENERATE(table<std::string, char const*>({{"000", "0"}, {"001", "3"}, {"002", "3"}}));
  auto document = steady(R"("129.0.0")");
  document.tariffs = ooo;
  document.actions = at(10, R"("set_tariff": {"tariff": 3})");
  CHECK(told(document, "129.0.0") == tariff);
}

TEST_CASE("configuration 4: QQ is the side of the load profile", "[TYP-04]") {
  auto const [qq, row] = GENERATE(table<std::string, char const*>(
      {{"01", "1,2026-01-05T12:15:00,0,0,1,3.45,"}, {"02", "1,2026-01-05T12:15:00,0,0,1,0.08,"}}));
  auto document = steady(R"("1.8.0")");
  document.profile_base = qq;
  CHECK_THAT(log_of(document, "load_profile").front(), StartsWith(row));
}

TEST_CASE("configuration 5: RRR, SSS, T and U are told, and SSS and T act", "[TYP-05]") {
  // 20 A of 50 A are ten times as much secondary as a tenth: 3.4517 / 10 = 0.34.
  struct Row {
    char const* rrr;
    char const* sss;
    char const* t;
    char const* u;
    char const* ct;
    char const* number;
    char const* secondary;
    char const* lock;
  };
  auto const row = GENERATE(Row{"000", "040", "1", "1", "nanocrystalline_200_5", "4011", "0.08 kWh", "0"},
                            Row{"319", "040", "1", "1", "nanocrystalline_200_5", "31904011", "0.08 kWh", "0"},
                            Row{"000", "010", "1", "1", "nanocrystalline_50_5", "1011", "0.34 kWh", "0"},
                            Row{"000", "040", "2", "3", "nanocrystalline_200_5", "4023", "0.08 kWh", "1"});
  CAPTURE(row.number);
  auto document = steady(
      R"("configuration_5", "active_energy_import_secondary", "ct_ratio_lock", "debiting_2_interval")");
  document.hardware = "5";
  document.radio = row.rrr;
  document.ratio = row.sss;
  document.ratio_lock = row.t;
  document.logger_2 = row.u;
  document.external_ct = std::string{"\""} + row.ct + "\"";
  CHECK(told(document, "configuration_5") == row.number);
  CHECK(told(document, "active_energy_import_secondary") == row.secondary);
  CHECK(told(document, "ct_ratio_lock") == row.lock);
}

TEST_CASE("analysis logger: the default set, and another of sixteen from then on", "[LOG-05]") {
  // P+ P- Q+ Q- averages in kW and kvar, 230 V, 20 A.
  auto document = steady(R"("1.8.0")", 2'100);
  CHECK_THAT(log_of(document, "analysis").front(),
             StartsWith("1,2026-01-05T12:15:00,0,0,1,13.80") && Contains(",230,230,230,20.0"));
  document.actions = at(
      900,
      R"("set_analysis": {"interval_min": 5, "registers": ["1.8.0", "2.8.0", 3, 4, "32.7.0", "52.7.0", "72.7.0",
        "31.7.0", "51.7.0", "71.7.0", "hour_counter", "ct_ratio_before", "serial_number", 51, 52, 53]})");
  CHECK_THAT(refusal(document), Contains("$.actions[0].set_analysis.registers[11]") && Contains("allowed:"));
  document.actions.replace(document.actions.find("ct_ratio_before"), 15, "debiting_count");
  auto const rows = log_of(document, "analysis");
  REQUIRE(rows.size() == 4);
  // 128: another set. 13.807 kW for 20 minutes are 4.60 kWh.
  CHECK_THAT(rows.front(), StartsWith("2,2026-01-05T12:20:00,128,0,1,4.60,0.00,0.00,0.00,230,230,230,20.0") &&
                               Contains(",0,0,35100001,0,0,0"));
}

TEST_CASE("analysis logger: seventeen registers, a strange one and a strange interval are refused",
          "[LOG-05]") {
  auto document = steady(R"("1.8.0")");
  auto const analysis = [&](std::string const& value) {
    document.actions = at(1, R"("set_analysis": )" + value);
    return refusal(document);
  };
  std::string many = "1";
  for (int n = 2; n <= 17; ++n) {
    many += ", " + std::to_string(n);
  }
  CHECK_THAT(analysis(R"({"registers": [)" + many + "]}"),
             Contains("$.actions[0].set_analysis.registers") && Contains("16"));
  CHECK_THAT(analysis(R"({"registers": ["1.8.9"]})"),
             Contains("$.actions[0].set_analysis.registers[0]") && Contains("allowed:"));
  CHECK_THAT(analysis(R"({"registers": ["type_number"]})"),
             Contains("$.actions[0].set_analysis.registers[0]") && Contains("allowed:"));
  CHECK_THAT(analysis(R"({"registers": [], "interval_min": 10})"),
             Contains("$.actions[0].set_analysis.interval_min") && Contains("60"));
}

TEST_CASE("configuration log: each change with stamp, register, old and new value", "[LOG-08][COM-04]") {
  auto document = steady(R"("configuration_changes", "configuration_1", "power_threshold")", 3'000);
  document.actions =
      at(60, R"("write_register": {"register": "power_threshold", "value": 12.5})") + ", " +
      at(120, R"("set_integration_period": {"minutes": 5})") + ", " +
      at(180, R"("set_voltage_limits": {"low_v": 200, "high_v": 253, "duration_s": 600})") + ", " +
      at(240, R"("write_register": {"register": 51, "value": 100000000})");  // nine digits: refused
  CHECK(log_of(document, "configuration") ==
        std::vector<std::string>{"1,2026-01-05T12:01:00,1039,99000,12500",
                                 "2,2026-01-05T12:02:00,54,31000162,31000161",
                                 "3,2026-01-05T12:02:00,199,15,5", "4,2026-01-05T12:03:00,1212,207,200"});
  CHECK(told(document, "configuration_changes") == "3");  // a digit and its register are one change
  CHECK(told(document, "configuration_1") == "31000161");
  CHECK(told(document, "power_threshold") == "12.500 kW");
  CHECK_THAT(told(document, "write_register meter_number_1"), Contains("refused out of range"));
}

TEST_CASE("integration period: set in service it clears the load profile and says so", "[LOG-04][COM-04]") {
  auto document = steady(R"("1.8.0")", 3'600);
  document.actions = at(2'000, R"("set_integration_period": {"minutes": 5})");
  // 12:33:20; the next five minutes end at 12:35, the second record. 256: the interval is another.
  auto const rows = log_of(document, "load_profile");
  REQUIRE(rows.size() == 6);
  CHECK_THAT(rows[0], StartsWith("3,2026-01-05T12:35:00,256,0,1,8.05,"));
  CHECK_THAT(rows[1], StartsWith("4,2026-01-05T12:40:00,0,0,1,9.20,"));
  CHECK(log_of(document, "load_profile_events") == std::vector<std::string>{"1,2026-01-05T12:33:20,5"});
}

TEST_CASE("profiles: filling can be switched off", "[LOG-04][COM-04]") {
  // Off from 12:20 to 13:05. 64: there was a jump, and nothing was filled in.
  auto document = steady(R"("1.8.0")", 5'400);
  document.actions = at(60, R"("write_register": {"register": "log_fill", "value": 0})") + ", " +
                     at(1'200, R"("power_off": {})") + ", " + at(3'900, R"("power_on": {})");
  auto const rows = log_of(document, "load_profile");
  REQUIRE(rows.size() == 3);
  CHECK_THAT(rows[1], StartsWith("2,2026-01-05T13:15:00,64,"));
}

TEST_CASE("writing: registers that nobody writes are refused when the scenario is read", "[COM-05]") {
  auto const name = GENERATE(as<std::string>{}, "1.8.0", "serial_number", "configuration_1", "ct_ratio");
  auto document = steady(R"("1.8.0")");
  document.actions = at(1, R"("write_register": {"register": ")" + name + R"(", "value": 1})");
  CHECK_THAT(refusal(document), Contains("$.actions[0].write_register.register") && Contains("allowed:"));
}
