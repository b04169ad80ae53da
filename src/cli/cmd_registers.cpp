#include <blondel/base/decimal.hpp>
#include <blondel/meter/register_def.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include <nlohmann/json.hpp>

#include "cli/command.hpp"

namespace blondel {

namespace {

struct RegistersArguments {
  bool markdown{};
  bool json{};
};

constexpr std::size_t column_count = 12;
using Columns = std::array<std::string, column_count>;
constexpr std::array<std::string_view, column_count> titles{
    "name",       "title", "OBIS",         "display id", "KMP id", "unit",
    "resolution", "side",  "energy types", "written",    "basis",  "source"};

std::string obis_text(ObisCode const& obis) {
  if (obis == ObisCode{}) {
    return "";
  }
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%u-%u:%u.%u.%u*%u", obis[0], obis[1], obis[2], obis[3],
                obis[4], obis[5]);
  return buffer.data();
}

std::string_view side_text(Side side) {
  switch (side) {
    case Side::none:
      return "";
    case Side::primary:
      return "primary";
    case Side::secondary:
      return "secondary";
  }
  return "";
}

std::string_view basis_text(Basis basis) {
  switch (basis) {
    case Basis::documented:
      return "documented";
    case Basis::observed:
      return "observed";
    case Basis::inferred:
      return "inferred";
  }
  return "";
}

std::string resolution_text(Resolution resolution) {
  if (resolution.by_digit_a) {
    return "digit A";
  }
  std::array<char, 32> buffer{};
  return resolution.exponent > 0 ? std::to_string(pow10(resolution.exponent))
                                 : std::string{format_decimal(1, resolution.exponent, buffer)};
}

/// The digits X5 of the type numbers that have the row. @source device.md 1
std::string energy_types_text(RegisterDef const& row) {
  std::string text;
  for (auto const energy :
       {EnergyType::a_plus, EnergyType::a_plus_minus, EnergyType::a_plus_r_plus, EnergyType::four_quadrant}) {
    if (is_present(row, energy)) {
      text += (text.empty() ? "" : " ") + std::to_string(static_cast<int>(energy));
    }
  }
  return text;
}

bool is_number(RegisterDef const& row) {
  switch (row.unit) {
    case Unit::rtc:
    case Unit::text:
    case Unit::bits:
    case Unit::local_clock:
    case Unit::local_date:
      return false;
    case Unit::none:
    case Unit::watt_hour:
    case Unit::var_hour:
    case Unit::volt_ampere_hour:
    case Unit::watt:
    case Unit::var:
    case Unit::volt_ampere:
    case Unit::volt:
    case Unit::ampere:
    case Unit::hertz:
    case Unit::hour:
    case Unit::power_factor:
    case Unit::kilowatt_hours:
    case Unit::cubic_metres:
    case Unit::litres:
      return true;
  }
  return true;
}

Columns columns_of(RegisterDef const& row) {
  return {std::string{row.name},
          std::string{row.title},
          obis_text(row.obis),
          std::string{row.short_obis},
          row.kmp.bytes > 0 ? std::to_string(row.kmp.id) : "",
          std::string{unit_text(row)},
          is_number(row) ? resolution_text(row.resolution) : "",
          std::string{side_text(row.side)},
          energy_types_text(row),
          std::string{row.write.allowed},
          std::string{basis_text(row.basis)},
          std::string{row.source}};
}

std::string as_markdown() {
  std::string text =
      "# Registers\n\n"
      "Written by `blondel registers --markdown` from `include/blondel/meter/rows/*.inc`; do not "
      "edit.\n"
      "Energy types are digit X5 of the type number: 1 A+, 2 A+/A-, 3 A+/R+, 4 A+/A-/R+/R-. Resolution is of "
      "the\n"
      "unit shown; \"digit A\" follows configuration number 1. \"written\" says what may be written with\n"
      "the password; without it nobody writes the row.\n\n";
  std::string rule;
  for (auto const title : titles) {
    text += "| " + std::string{title} + ' ';
    rule += "|---";
  }
  text += "|\n" + rule + "|\n";
  for (auto const& row : catalogue()) {
    for (auto column : columns_of(row)) {
      std::replace(column.begin(), column.end(), '|', '/');  // a bar would start another column
      text += "| " + column + ' ';
    }
    text += "|\n";
  }
  return text;
}

std::string as_json() {
  constexpr std::array<char const*, column_count> keys{"name",         "title",   "obis",       "display_id",
                                                       "kmp_id",       "unit",    "resolution", "side",
                                                       "energy_types", "written", "basis",      "source"};
  auto rows = nlohmann::ordered_json::array();
  for (auto const& row : catalogue()) {
    nlohmann::ordered_json object;
    auto const columns = columns_of(row);
    for (std::size_t n = 0; n < column_count; ++n) {
      object[keys[n]] = columns[n];
    }
    rows.push_back(std::move(object));
  }
  return rows.dump(2) + '\n';
}

std::string as_text() {
  std::string text;
  for (auto const& row : catalogue()) {
    auto const columns = columns_of(row);
    std::array<char, 160> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%-44s %-8s %6s %-5s  ", columns[0].c_str(),
                  columns[3].c_str(), columns[4].c_str(), columns[5].c_str());
    text += buffer.data() + columns[1] + '\n';
  }
  return text;
}

int list_registers(RegistersArguments const& arguments) {
  auto const text = arguments.markdown ? as_markdown() : arguments.json ? as_json() : as_text();
  put(text);
  return to_int(ExitCode::ok);
}

}  // namespace

Subcommand add_registers(CLI::App& program) {
  auto const arguments = std::make_shared<RegistersArguments>();
  auto* app = add_subcommand(program, "registers", "List every register of the catalogue",
                             "blondel registers --markdown > docs/registers.md");
  auto* markdown = app->add_flag("--markdown", arguments->markdown, "As docs/registers.md");
  app->add_flag("--json", arguments->json, "As JSON")->excludes(markdown);
  return {app, [arguments] { return list_registers(*arguments); }};
}

}  // namespace blondel
