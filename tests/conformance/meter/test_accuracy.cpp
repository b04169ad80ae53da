#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::run;

// Limits: metrology.md 1, standards/en_50470_3_mid_mi003.json (the staircase of the directive) and
// iec_62053_*.json. The bench is ideal, so a limit leaves no room for its uncertainty.

namespace {

using Json = nlohmann::json;

/// The lines of a type test. One that the bench could not measure would not be there.
std::vector<Json> type_test(std::string const& type_number) {
  Folder const folder;
  auto const outcome =
      run("lab type-test " + type_number + " --bench ideal --quiet --out '" + folder.file("results") + "'");
  INFO(outcome.out << outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(folder.read("results/type_test.json")).at("lines").get<std::vector<Json>>();
}

/// The worst magnitude of the lines of a clause, in percent. @param part of the point's text
double worst(std::vector<Json> const& lines, std::string const& standard, std::string const& clause,
             std::string const& part = "") {
  double found = -1.0;
  for (auto const& line : lines) {
    if (line.at("standard") == standard && line.at("clause") == clause &&
        line.at("point").get<std::string>().find(part) != std::string::npos) {
      found = std::max(found, std::abs(line.at("found").get<double>()));
    }
  }
  CAPTURE(standard, clause, part);
  REQUIRE(found >= 0.0);  // the clause is there
  return found;
}

double error_at(std::vector<Json> const& lines, std::string const& point) {
  for (auto const& line : lines) {
    if (line.at("point") == point) {
      return line.at("found").get<double>();
    }
  }
  FAIL("no line for " << point);
  return 0.0;
}

/// Reactive energy of class 2 for every meter.
void check_reactive(std::vector<Json> const& lines) {
  CHECK(worst(lines, "IEC 62053-23", "intrinsic error") <= 2.0);  // 2.5 % at the lowest currents
  CHECK(worst(lines, "IEC 62053-23", "voltage +/-10 %") <= 1.0);
  CHECK(worst(lines, "IEC 62053-23", "frequency +/-2 %") <= 2.5);
  CHECK(worst(lines, "IEC 62053-23", "mean temperature coefficient") <= 0.10);  // per K; 0.15 at sin 0.5
}

using Curve = std::map<double, double>;  ///< what is varied to percent

/// The series of a chart's table by name.
std::map<std::string, Curve> series_of(Folder const& folder, std::string const& file) {
  std::istringstream rows{folder.read("curves/" + file)};
  std::map<std::string, Curve> series;
  for (std::string row; std::getline(rows, row);) {
    if (row.starts_with("series,")) {
      row.resize(row.rfind(",\""));  // the run's own column
      std::erase(row, '"');
      // A name may hold a comma; the numbers are x, nothing, y at the end.
      auto const y = row.rfind(',');
      auto const x = row.rfind(',', row.rfind(',', y - 1) - 1);
      series[row.substr(7, x - 7)][std::stod(row.substr(x + 1))] = std::stod(row.substr(y + 1));
    }
  }
  return series;
}

double worst_change(Curve const& curve, double reference) {
  double change = 0.0;
  for (auto const& [x, error] : curve) {
    change = std::max(change, std::abs(error - reference));
  }
  return change;
}

struct Charts {
  char const* type_number;
  char const* name;
  double limit[4];  ///< of the composite error: 5..30, -10..40, -25..55, -40..70 C; percent
};

}  // namespace

TEST_CASE("accuracy: classes C and B are inside the maximum permissible errors", "[FE-01][FE-06]") {
  // From Itr on; 5 to 30 C, -10 and 40, -25 and 55, -40 and 70.
  struct Row {
    char const* type_number;
    double limit[4];
    double crosstalk_percent;
  };
  // Crosstalk at 0.05 A, cos 1: 18.7 mW of 34.5 W for class C, twice that for class B (scenarios/README.md);
  // calibration at 5 A takes a hundredth off again: 0.0537 and 0.1073 %.
  auto const row = GENERATE(values<Row>({{"685-35-CC4-23-010", {0.7, 1.0, 1.3, 1.5}, 0.0537},
                                         {"685-35-BC4-23-010", {2.0, 2.5, 3.5, 4.0}, 0.1073}}));
  auto const lines = type_test(row.type_number);
  std::string const edges[4][2] = {
      {", 5 C", ", 30 C"}, {"-10 C", " 40 C"}, {"-25 C", " 55 C"}, {"-40 C", " 70 C"}};
  for (int band = 0; band < 4; ++band) {
    for (auto const& edge : edges[band]) {
      CHECK(worst(lines, "EN 50470-3", "composite error", edge) <= row.limit[band]);
    }
  }
  for (auto const& line : lines) {
    CAPTURE(line.dump());
    CHECK((line.at("verdict") == "pass" || line.at("verdict") == "recorded"));
  }
  check_reactive(lines);
  // The bench loads the terminals, so the direct current of half waves reaches the internal transformer:
  // -0.3 % at cos 1 for a saturation exponent of 14 (metrology.md 3.1).
  CHECK(error_at(lines, "A+, 4.24264 A, cos 1, half wave") == Approx(-0.3).margin(0.01));
  CHECK(error_at(lines, "A+, 0.05 A, cos 1") == Approx(row.crosstalk_percent).margin(0.002));
}

TEST_CASE("accuracy: classes 1 and 0.5 are inside the limits of IEC 62053-21 and -22", "[FE-06]") {
  struct Row {
    char const* type_number;
    char const* standard;
    double intrinsic;    // above 0.1 In, three phases; percent
    double temperature;  // at cos 1; percent per K
    double voltage;      // at cos 1, +-10 %; percent
    double frequency;    // at cos 1, +-2 %; percent
  };
  auto const row = GENERATE(values<Row>({{"685-35-1C4-23-010", "IEC 62053-21", 1.0, 0.05, 0.7, 0.5},
                                         {"685-35-5C4-23-010", "IEC 62053-22", 0.5, 0.03, 0.2, 0.2}}));
  auto const lines = type_test(row.type_number);
  CHECK(worst(lines, row.standard, "intrinsic error", "A+, 5 A") <= row.intrinsic);
  CHECK(worst(lines, row.standard, "intrinsic error", "A+, 0.5 A") <= row.intrinsic);
  CHECK(worst(lines, row.standard, "mean temperature coefficient", "cos 1,") <= row.temperature);
  CHECK(worst(lines, row.standard, "voltage +/-10 %", "cos 1,") <= row.voltage);
  CHECK(worst(lines, row.standard, "frequency +/-2 %", "cos 1,") <= row.frequency);
  for (auto const& line : lines) {
    CAPTURE(line.dump());
    CHECK((line.at("verdict") == "pass" || line.at("verdict") == "recorded"));
  }
  check_reactive(lines);
}

TEST_CASE("accuracy: the charts' error, put together of all influences, is inside the class", "[FE-06]") {
  // Itr and 20 Itr are 0.25 A and 5 A. Classes 1 and 0.5 have no composite limit; theirs here is the root of
  // the sum of the squares of what their standards allow: 1 %, 0.7 %, 0.5 % and 0.05 %/K over 18, 33, 48 and
  // 63 K for class 1; 0.5 %, 0.2 %, 0.2 % and 0.03 %/K for class 0.5.
  auto const row = GENERATE(values<Charts>({{"685-35-CC4-23-010", "EN C", {0.7, 1.0, 1.3, 1.5}},
                                            {"685-35-BC4-23-010", "EN B", {2.0, 2.5, 3.5, 4.0}},
                                            {"685-35-1C4-23-010", "IEC 1", {1.59, 2.11, 2.73, 3.41}},
                                            {"685-35-5C4-23-010", "IEC 0.5", {0.78, 1.14, 1.55, 1.97}}}));
  CAPTURE(row.name);
  Folder const folder;
  REQUIRE(run("lab curve " + std::string{row.type_number} + " --bench ideal --quiet --out '" +
              folder.file("curves") + "'")
              .exit_code == 0);
  auto load = series_of(folder, "load.csv");
  auto temperature = series_of(folder, "temperature.csv");
  auto voltage = series_of(folder, "voltage.csv");
  auto frequency = series_of(folder, "frequency.csv");
  for (std::string const factor : {"cos 1", "cos 0.5 ind"}) {
    for (auto const& [current, current_a] : {std::pair{", Itr", 0.25}, std::pair{", 20 Itr", 5.0}}) {
      CAPTURE(factor, current);
      auto const intrinsic = load.at(factor).at(current_a);
      auto const& by_temperature = temperature.at(factor + current);
      auto const du = worst_change(voltage.at(factor + current), intrinsic);
      auto const df = worst_change(frequency.at(factor + current), intrinsic);
      REQUIRE(by_temperature.size() == 12);  // -40 to 70 C
      for (auto const& [celsius, error] : by_temperature) {
        CAPTURE(celsius);
        auto const dt = error - intrinsic;
        auto const composite = std::sqrt(intrinsic * intrinsic + dt * dt + du * du + df * df);
        auto const band = celsius >= 5 && celsius <= 30     ? 0
                          : celsius >= -10 && celsius <= 40 ? 1
                          : celsius >= -25 && celsius <= 55 ? 2
                                                            : 3;
        CHECK(composite <= row.limit[band]);
      }
      // It is a meter with errors: temperature moves it, more than anything else.
      CHECK(std::abs(by_temperature.at(70) - by_temperature.at(-40)) > 0.2);
    }
  }
}
