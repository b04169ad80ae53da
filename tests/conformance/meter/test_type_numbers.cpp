#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Outcome;
using blondel::test::run;
using blondel::test::run_in;
using Catch::Contains;

namespace {

using Json = nlohmann::json;

/// The type number of a document's own in the given one's place: "685-35-CC4-23-010".
struct Ordered {
  std::string type_number{"685-35-CC4-23-010"};
  std::string sheet{"en"};
  Document document{};

  [[nodiscard]] std::string text() const {
    auto with = document;
    with.tier = "interval";
    with.meter += R"("data_sheet": ")" + sheet + R"(",)";
    auto text = with.text();
    std::string const own = "685-" + with.phases + "5-" + with.accuracy + "C" + with.energy_type + "-23-010";
    return text.replace(text.find(own), own.size(), type_number);
  }
  [[nodiscard]] Outcome run_with(Folder const& folder, std::string const& command) const {
    folder.write("scenario.json", text());
    return run(command + " '" + folder.file("scenario.json") + "'" +
               (command == "run" ? " --out '" + folder.file("results") + "'" : ""));
  }
};

std::string plain(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

/// The lines of the nameplate: "country" to "DK Denmark".
std::map<std::string, std::string> nameplate(Ordered const& ordered) {
  Folder const folder;
  auto const outcome = ordered.run_with(folder, "check --nameplate --json");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  std::map<std::string, std::string> lines;
  auto const checked = Json::parse(outcome.out);
  for (auto const& line : checked.at("nameplate")) {
    lines[line.at("what")] = line.at("value");
    CHECK_FALSE(line.at("source").get<std::string>().empty());
  }
  return lines;
}

/// What the program says to a document that it refuses, on standard error.
std::string refusal(Ordered const& ordered) {
  Folder const folder;
  auto const outcome = ordered.run_with(folder, "check");
  CHECK(outcome.exit_code == 3);
  return outcome.err;
}

}  // namespace

TEST_CASE("type number: each country of the sheet has its name on the plate", "[TYP-01]") {
  // @source data sheet 351 generation C, ordering details
  auto const [code, country] = GENERATE(table<char const*, char const*>(
      {{"010", "DK Denmark"},      {"025", "RU Russia"},
       {"031", "ES Spain"},        {"036", "HR Croatia"},
       {"040", "NO Norway"},       {"045", "LV Latvia"},
       {"049", "LT Lithuania"},    {"050", "UK Great Britain"},
       {"055", "AT Austria"},      {"059", "CH (IT) Switzerland (Italian part)"},
       {"061", "EE Estonia"},      {"063", "CH (DE) Switzerland (German part)"},
       {"064", "PL Poland"},       {"065", "CH (FR) Switzerland (French part)"},
       {"067", "IS Iceland"},      {"070", "DE Germany"},
       {"078", "BE Belgium"},      {"080", "NL The Netherlands"},
       {"084", "FI Finland"},      {"090", "SE Sweden"},
       {"110", "SA Saudi Arabia"}, {"120", "ZA South Africa"},
       {"151", "CL Chile"}}));
  CAPTURE(code);
  Ordered const ordered{std::string{"685-35-CC4-23-"} + code};
  auto const lines = nameplate(ordered);
  CHECK(lines.at("type number") == std::string{"68535CC423"} + code);
  CHECK(lines.at("country") == country);
}

TEST_CASE("type number: each field's values build a meter, which shows them", "[TYP-01]") {
  struct Row {
    char const* type_number;
    char const* sheet;
    char const* what;
    char const* value;
  };
  auto const row = GENERATE(
      Row{"685-25-CC4-23-010", "en", "phases", "3x230 V (Aron), 50 Hz"},
      Row{"685-35-CC4-23-010", "en", "phases", "3x230/400 V, 50 Hz"},
      Row{"685-45-CC4-23-010", "en", "phases", "3x230/400 V, 60 Hz"},
      Row{"685-45-CC4-23-010", "en", "nominal frequency", "60 Hz +-2 %"},
      Row{"685-35-BC4-23-010", "en", "accuracy class", "class B (MID); reactive energy class 2 (IEC)"},
      Row{"685-35-CC4-23-010", "en", "accuracy class", "class C (MID); reactive energy class 2 (IEC)"},
      Row{"685-35-1C4-23-010", "en", "accuracy class", "class 1 (IEC); reactive energy class 2 (IEC)"},
      Row{"685-35-5C4-23-010", "en", "accuracy class", "class 0.5 (IEC); reactive energy class 2 (IEC)"},
      Row{"685-35-CC1-23-010", "en", "energy type", "A+"},
      Row{"685-35-CC2-23-010", "en", "energy type", "A+/A-"},
      Row{"685-35-CC3-23-010", "en", "energy type", "A+/R+"},
      Row{"685-35-CC4-23-010", "en", "energy type", "A+/A-/R+/R-"},
      Row{"685-35-CC4-23-010", "en", "hardware option", "supercap and battery"},
      Row{"685-35-CC4-53-010", "en", "hardware option", "Kamstrup radio, supercap and battery"},
      Row{"685-35-CC4-23-010", "en", "tariff", "configurable"},
      Row{"685-25-1C4-23-010", "ru", "phases", "3x230 V (Aron), 50 Hz"},
      Row{"685-35-5C4-53-010", "ru", "accuracy class", "0.5 (GOST/IEC); reactive energy 2.0 (GOST/IEC)"},
      Row{"685-35-1C4-53-010", "ru", "country", "RU Russia"});
  CAPTURE(row.type_number, row.what);
  Ordered ordered{row.type_number, row.sheet};
  ordered.document.meter = R"("display": {"fixed": "type_number"},)";
  ordered.document.actions = R"({"at_s": 15, "read_display": {}})";
  ordered.document.duration_s = 20;
  auto const digits = plain(row.type_number);
  // Register 1126, and the first ten characters in 1058. 1005 is 7500 and revision H1 = 08 01 of every 351 C.
  ordered.document.expect = R"({"register": 1126, "at_s": "end", "text": ")" + digits + R"("}, )" +
                            R"({"register": 1058, "at_s": "end", "text": ")" + digits.substr(0, 10) +
                            R"("}, {"register": 1005, "at_s": "end", "value": 75000801, "tolerance": 0, )" +
                            R"("unit": ""})";
  Folder const folder;
  auto const outcome = ordered.run_with(folder, "run");
  INFO(outcome.err);
  CHECK(outcome.exit_code == 0);
  auto const transcript = folder.read("results/transcript.txt");
  CHECK_THAT(transcript, Contains(" 35100001 type " + digits + "\n"));
  // Nine characters in the value field, the other four in the text field.
  CHECK_THAT(transcript, Contains(" read_display 96.1.1 " + digits.substr(9) + " " + digits.substr(0, 9)));
  CHECK(nameplate(ordered).at(row.what) == row.value);
}

TEST_CASE("data sheet: what the two tell differently is the sheet's that was chosen", "[TYP-06]") {
  auto const english = nameplate({"685-35-1C4-53-010", "en"});
  auto const russian = nameplate({"685-35-1C4-53-010", "ru"});
  auto const both = [&](char const* what, std::string const& en, std::string const& ru) {
    CHECK(english.at(what) == en);
    CHECK(russian.at(what) == ru);
  };
  both("country", "DK Denmark", "RU Russia");
  both("measuring principle, voltage", "single-phased voltage measurements by voltage divider",
       "phase by phase by a voltage transformer");
  both("current", "Itr - Ib [Imax] 0.05 - 5(6) A (0.05 A is Imin, as the Russian sheet has it)",
       "Imin - In (Imax) 0.05 - 5(6) A");
  both("meter constant", "10000 imp/kWh", "10000 imp/kWh, 10000 imp/kvarh");
}

TEST_CASE("data sheet: a code that only the other sheet lists is taken with a warning", "[TYP-06]") {
  auto const [type_number, sheet, configuration_1, configuration_2,
              warning] = GENERATE(table<char const*, char const*, char const*, char const*,
                                        char const*>(
      {{"685-35-1C4-23-025", "ru", "31000002", "42301011",
        "X8X9X10 025 (digit 11 of the type number) is not in the Russian data sheet, which has 010; taken "
        "all the same"},
       {"685-35-1C4-23-010", "ru", "31008002", "42301011",
        "CCC 008 (digit 3 of configuration 1) is not in the Russian data sheet, which has "
        "000,040,053,058,061,064,068,069,071,072; "},
       {"685-35-1C4-23-010", "ru", "31000112", "42301011",
        "DD 11 (digit 6 of configuration 1) is not in the Russian data sheet, which has 00,03-06,16,17; "},
       {"685-35-1C4-23-010", "ru", "31000002", "42301021",
        "HH 02 (digit 6 of configuration 2) is not in the Russian data sheet, which has 00,01,13-24; "},
       {"685-35-1C4-53-010", "ru", "31072002", "42301011",
        "the built-in radio is off: a module is fitted (CCC; Russian data sheet)"},
       {"685-35-1C4-23-010", "en", "31061002", "42301011",
        "CCC 061 (digit 3 of configuration 1) is not in the English data sheet, which has "
        "000,001,008,018,040,053,055,058,064,068,069,071,072,075; "},
       {"685-35-1C4-23-010", "ru", "31061162", "42301131", ""},
       {"685-35-1C4-53-025", "en", "31072112", "42301021", ""}}));
  CAPTURE(type_number, sheet, configuration_1);
  Ordered ordered{type_number, sheet};
  ordered.document.configuration_1 = configuration_1;
  ordered.document.configuration_2 = configuration_2;
  Folder const folder;
  auto const outcome = ordered.run_with(folder, "check");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.err, Contains(warning));
  CHECK(outcome.err.find("data sheet") ==
        (*warning == '\0' ? outcome.err.npos : outcome.err.find("data sheet")));
}

TEST_CASE("data sheet: the other sheet's RF codes are taken with a warning", "[TYP-06]") {
  Ordered ordered{"685-35-1C4-53-010", "ru"};
  auto text = ordered.text();
  text.replace(text.find("00004011"), 3, "349");
  Folder const folder;
  folder.write("scenario.json", text);
  auto const outcome = run("check '" + folder.file("scenario.json") + "'");
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.err, Contains("RRR 349 (digit 1 of configuration 5) is not in the Russian data sheet, "
                                   "which has 000,319; taken all the same"));
}

TEST_CASE("data sheet: DD 17 controls a load by the English sheet and tells errors by the Russian",
          "[TYP-06][IO-01]") {
  // Load 1 is on all the time, without delay; a magnet is there from 2 s to 3 s.
  auto const [sheet, edges] =
      GENERATE(table<char const*, char const*>({{"en", "0,on "}, {"ru", "2,on 3,off "}}));
  CAPTURE(sheet);
  Ordered ordered{"685-35-1C4-23-010", sheet};
  ordered.document.configuration_1 = "31000172";
  ordered.document.duration_s = 5;
  ordered.document.meter = R"("load_control": {"delay_s": 0, "load_1": {"mode": "on"}},)";
  ordered.document.results = R"("pulses": {"outputs": ["module_2"]},)";
  ordered.document.actions =
      R"({"at_s": 2, "magnet": {"present": true}}, {"at_s": 3, "magnet": {"present": false}})";
  Folder const folder;
  auto const outcome = ordered.run_with(folder, "run");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  std::istringstream rows{folder.read("results/pulses.csv")};
  std::string found;
  std::string row;
  std::getline(rows, row);  // the head
  while (std::getline(rows, row)) {
    auto const state = row.find(",module_2,") + 10;
    found += row.substr(0, row.find('.')) + "," + row.substr(state, row.find(',', state) - state) + " ";
  }
  // The end of the run is a loss of supply, which switches off what is on.
  CHECK_THAT(found, Catch::StartsWith(edges));
}

TEST_CASE("data sheet: digit M means the opposite by the other sheet", "[TYP-06][IO-01]") {
  // A minute of 138 kW * 1.0005: 2.3 kWh of primary energy at 1 imp/kWh, 57.5 Wh of secondary at 1 imp/Wh.
  auto const [sheet, m, pulses] = GENERATE(table<char const*, char const*, int>(
      {{"en", "0", 57}, {"en", "1", 2}, {"ru", "0", 2}, {"ru", "1", 57}}));
  CAPTURE(sheet, m);
  Ordered ordered{"685-35-1C4-23-010", sheet};
  ordered.document.configuration_1 = "31000052";
  ordered.document.duration_s = 60;
  ordered.document.results = R"("pulses": {"outputs": ["module_2"]},)";
  auto text = ordered.text();
  text.replace(text.find("\"00001000\"") + 6, 1, m);
  Folder const folder;
  folder.write("scenario.json", text);
  auto const outcome =
      run("run '" + folder.file("scenario.json") + "' --out '" + folder.file("results") + "'");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  auto const rows = folder.read("results/pulses.csv");
  int found = 0;
  for (auto at = rows.find(",module_2,on,"); at != rows.npos; at = rows.find(",module_2,on,", at + 1)) {
    ++found;
  }
  CHECK(found == pulses);
}

TEST_CASE("type number: what cannot be is refused with the digit and what is allowed", "[TYP-07]") {
  struct Row {
    char const* type_number;
    char const* message;
  };
  auto const row = GENERATE(
      Row{"685-15-CC4-23-010", "X1 (digit 4) is not in the data sheet; allowed: 2-4"},
      Row{"685-36-CC4-23-010", "X2 (digit 5) is not in the data sheet; allowed: 5"},
      Row{"685-35-AC4-23-010", "X3 (digit 6) is not in the data sheet; allowed: 1,5,B,C"},
      Row{"685-35-CB4-23-010", "X4 (digit 7) is not in the data sheet; allowed: C"},
      Row{"685-35-CC5-23-010", "X5 (digit 8) is not in the data sheet; allowed: 1-4"},
      Row{"685-35-CC4-33-010", "X6 (digit 9) is not in the data sheet; allowed: 2,5"},
      Row{"685-35-CC4-24-010", "X7 (digit 10) is not in the data sheet; allowed: 3"},
      Row{"685-35-CC4-23-011", "X8X9X10 (digit 11) is not in the data sheet; allowed: 010,025,031,"},
      Row{"684-35-CC4-23-010", "the leading three digits (digit 3) is not in the data sheet; allowed: 685"},
      Row{"685-35-CC4-23-01", "has the wrong count of digits; allowed: 13 characters"});
  CAPTURE(row.type_number);
  CHECK_THAT(refusal({row.type_number, "en"}),
             Contains(std::string{"scenario.json: $.meter.type_number: \""} + row.type_number + "\": ") &&
                 Contains(row.message));
  // Likewise where a type number is an argument.
  auto const lab = run(std::string{"lab type-test "} + row.type_number);
  CHECK(lab.exit_code != 0);
  std::string const message = row.message;
  auto const place = message.find(" (");
  CHECK_THAT(lab.err, Contains(place == message.npos ? message
                                                     : message.substr(0, place) + " is not allowed" +
                                                           message.substr(message.find("; allowed: "))));
}

TEST_CASE("type number: contradictions between digits, and with the site, are refused", "[TYP-07]") {
  Ordered ratio;
  ratio.document.ratio = "011";
  CHECK_THAT(refusal(ratio),
             Contains("$.meter.configuration[4]: \"00001111\": SSS (digit 4) is not in the data "
                      "sheet; allowed: 001-010,020,040,060,080,100,200,300,400,500,600"));
  ratio.document.ratio = "007";
  Folder const folder;
  CHECK(ratio.run_with(folder, "check").exit_code == 0);

  auto text = Ordered{}.text();
  text.replace(text.find("00004011"), 3, "349");
  folder.write("scenario.json", text);
  CHECK_THAT(
      run("check '" + folder.file("scenario.json") + "'").err,
      Contains("$.meter.configuration[4]: \"34904011\": RRR (digit 1) 349 contradicts X6 (digit 9 of the "
               "type number) 2, a meter without radio; allowed: RRR 000, or X6 5"));

  Ordered aron{"685-25-CC4-23-010", "en"};
  aron.document.more = R"("connection": {"terminals": {"11": "N"}},)";
  CHECK_THAT(refusal(aron),
             Contains("$.connection.terminals.11: \"N\": a three-wire (Aron) meter has no terminal "
                      "11; allowed: 2, 5, 8"));
  aron.document.more = R"("connection": {"transformers": {"4-6": {"reversed": true}}},)";
  CHECK_THAT(refusal(aron),
             Contains("a three-wire (Aron) meter has no terminals 4 and 6; allowed: 1-3, 7-9"));

  // The Russian sheet says of classes B and C that they are not used; there is no such model.
  CHECK_THAT(refusal({"685-35-CC4-23-010", "ru"}),
             Contains("no model for the type number 68535CC423010 and the data sheet ru"));
}

TEST_CASE("nameplate: what the sheets state that does not act is printed", "[TYP-08]") {
  auto const [sheet, what, value] = GENERATE(table<char const*, char const*, char const*>(
      {{"en", "protection", "IP54, class II"},
       {"en", "weight", "0.90 kg"},
       {"en", "material", "glass reinforced polycarbonate"},
       {"en", "main terminals",
        "2.5 - 10 mm2, elevating connections, Ph2 or 4x1 straight slot, torque 2.5 - 3 Nm"},
       {"en", "voltage output terminals",
        "0.25 - 1.5 mm2, 5 mm cable terminal forks, TORX Tx 10, torque 1 Nm"},
       {"en", "norms, active energy", "EN 50470-1 (MID), EN 50470-3 (MID)"},
       {"en", "norms, reactive and active energy", "IEC 62052-11, IEC 62053-22, IEC 62053-23"},
       {"en", "norms, other",
        "terminals DIN 43857; S0 pulse output DIN 43864; optical reading EN 62056-21; OBIS IEC 62056-61; "
        "interface classes IEC 62056-62; data link layer IEC 62056-72"},
       {"en", "display",
        "LCD, digit heights 7 mm (value), 5 mm (OBIS, text, tariff), 3 mm (voltage and power)"},
       {"en", "clock backup",
        "battery life > 10 years at 23 C; supercap life > 10 years at 23 C, 7 days fully charged"},
       {"en", "storage temperature", "-40 C to +85 C"},
       {"ru", "protection", "IP54, class II"},
       {"ru", "fuses of the voltage terminals", "at most 10 A"},
       {"ru", "norms, active and reactive energy",
        "IEC 62052-11 (GOST R 52320-2005), IEC 62053-22 (GOST R 52323-2005), IEC 62053-23 (GOST R "
        "52425-2005)"},
       {"ru", "norms, other",
        "terminals DIN 43857; S0 pulse output DIN 43864; optical port EN 62056-21 mode A; OBIS IEC 62056-61; "
        "DLMS IEC 62056-53"}}));
  CAPTURE(sheet, what);
  CHECK(nameplate({"685-35-1C4-23-010", sheet}).at(what) == value);
  Folder const folder;
  CHECK_THAT((Ordered{"685-35-1C4-23-010", sheet}.run_with(folder, "check --nameplate").out),
             Contains(std::string{what} + ": " + value + "\n"));
}
