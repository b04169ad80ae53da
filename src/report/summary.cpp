#include <report/summary.hpp>
#include <report/table.hpp>

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace blondel {
namespace {

constexpr double joules_per_kwh = 3.6e6;
constexpr double microjoules_per_kwh = 3.6e12;

std::string primary_kwh(double joules) {
  return fixed_text(joules / joules_per_kwh, 6) + " kWh primary";
}

std::string secondary_kwh(std::optional<std::int64_t> microjoules) {
  return microjoules
             ? fixed_text(static_cast<double>(*microjoules) / microjoules_per_kwh, 6) + " kWh secondary"
             : "not readable";
}

std::string percent(std::optional<double> value) {
  return value ? fixed_text(*value, 4) + " %" : "none";
}

template<class T>
nlohmann::ordered_json or_null(std::optional<T> const& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

/// @param measured_uj secondary @param source_j primary
std::optional<double> error_percent(std::optional<std::int64_t> measured_uj, double source_j, double ratio) {
  if (!measured_uj || source_j <= 0.0) {
    return std::nullopt;
  }
  return 100.0 * (static_cast<double>(*measured_uj) * 1e-6 * ratio - source_j) / source_j;
}

nlohmann::ordered_json balance_json(BalanceSheet const& balance) {
  return {{"source_import_kwh", balance.source_import_j / joules_per_kwh},
          {"source_export_kwh", balance.source_export_j / joules_per_kwh},
          {"source_unsupplied_kwh", balance.source_unsupplied_j / joules_per_kwh},
          {"ratio", balance.ratio},
          {"increments_uj", balance.increments_uj},
          {"registers_uj", balance.registers_uj},
          {"registers_import_uj", or_null(balance.registers_import_uj)},
          {"registers_export_uj", or_null(balance.registers_export_uj)},
          {"suppressed_uj", balance.suppressed_uj},
          {"withheld_uj", balance.withheld_uj},
          {"difference_uj", balance.difference_uj()},
          {"measured_error_percent", balance.measured_error_percent()},
          {"import_error_percent", or_null(balance.import_error_percent())},
          {"export_error_percent", or_null(balance.export_error_percent())},
          {"own_voltage_circuits_kwh", balance.own_voltage_circuits_j / joules_per_kwh},
          {"own_voltage_circuits_kvah", balance.own_voltage_circuits_vas / joules_per_kwh},
          {"own_current_circuits_kvah", balance.own_current_circuits_vas / joules_per_kwh}};
}

}  // namespace

double BalanceSheet::measured_error_percent() const {
  double const gross_j = source_import_j + source_export_j;
  double const excess_j =
      static_cast<double>(increments_uj) * 1e-6 * ratio - (source_import_j - source_export_j);
  return gross_j > 0.0 ? 100.0 * excess_j / gross_j : 0.0;
}

std::optional<double> BalanceSheet::import_error_percent() const {
  return error_percent(registers_import_uj, source_import_j, ratio);
}
std::optional<double> BalanceSheet::export_error_percent() const {
  return error_percent(registers_export_uj, source_export_j, ratio);
}

std::string hex64(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t n = text.size(); n-- > 0; value >>= 4) {
    text[n] = digits[value & 0xF];
  }
  return text;
}

std::string fixed_text(double value, int decimals) {
  std::array<char, 400> buffer{};  // the largest double has 309 digits before the point
  auto const done =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  std::string_view text{buffer.data(), static_cast<std::size_t>(done.ptr - buffer.data())};
  if (text.find_first_not_of("-0.") == std::string_view::npos && text.front() == '-') {
    text.remove_prefix(
        1);  // a rest of rounding must not show as -0.0000 on one machine and 0.0000 on another
  }
  return std::string{text};
}

std::string speed_text(double speed) {
  constexpr double million = 1e6;
  if (!(speed > 0.0)) {
    return "0";
  }
  auto const step = std::pow(10.0, std::floor(std::log10(speed)) - 2.0);  // of the third digit
  auto const rounded = std::round(speed / step) * step;
  bool const is_large = rounded >= million;
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.10g%s", is_large ? rounded / million : rounded,
                is_large ? " million" : "");
  return buffer.data();
}

std::string identity_text(RunIdentity const& identity) {
  return "blondel " + identity.version + ", scenario " + identity.scenario + ", seed " +
         std::to_string(identity.seed) + ", fnv1a " + hex64(identity.document_fnv1a);
}

std::vector<std::string> balance_lines(BalanceSheet const& balance) {
  return {
      "source_import " + primary_kwh(balance.source_import_j),
      "source_export " + primary_kwh(balance.source_export_j),
      "source_unsupplied " + primary_kwh(balance.source_unsupplied_j),
      "ratio " + fixed_text(balance.ratio, 0),
      "registers_import " + secondary_kwh(balance.registers_import_uj),
      "registers_export " + secondary_kwh(balance.registers_export_uj),
      "import_error " + percent(balance.import_error_percent()),
      "export_error " + percent(balance.export_error_percent()),
      "increments " + secondary_kwh(balance.increments_uj),
      "registers " + secondary_kwh(balance.registers_uj),
      "suppressed " + secondary_kwh(balance.suppressed_uj),
      "withheld " + secondary_kwh(balance.withheld_uj),
      "difference " + std::to_string(balance.difference_uj()) + " uJ secondary",
      "measured_error " + percent(balance.measured_error_percent()),
      "own_voltage_circuits " + fixed_text(balance.own_voltage_circuits_j / joules_per_kwh, 6) + " kWh, " +
          fixed_text(balance.own_voltage_circuits_vas / joules_per_kwh, 6) + " kVAh",
      "own_current_circuits " + fixed_text(balance.own_current_circuits_vas / joules_per_kwh, 6) + " kVAh"};
}

std::string summary_json(SummarySheet const& sheet) {
  nlohmann::ordered_json out;
  out["version"] = sheet.identity.version;
  out["scenario"] = sheet.identity.scenario;
  out["description"] = sheet.description;
  out["seed"] = sheet.identity.seed;
  out["document_fnv1a"] = hex64(sheet.identity.document_fnv1a);
  out["meter"] = sheet.meter;
  out["tier"] = sheet.tier;
  for (auto const& time : sheet.tier_times) {
    out["tier_times_s"][time.tier] = time.seconds;
  }
  out["start_utc"] = sheet.start_utc;
  out["local_offset"] = sheet.local_offset;
  out["simulated_s"] = sheet.simulated_s;
  out["interrupted"] = sheet.interrupted;
  out["state_hash"] = hex64(sheet.state_hash);
  out["led_pulses"] = sheet.led_pulses;
  out["s0_pulses"] = sheet.s0_pulses;
  out["energy_balance"] = balance_json(sheet.balance);
  out["expectations"] = nlohmann::ordered_json::array();
  for (auto const& line : sheet.expectations) {
    out["expectations"].push_back(
        {{"what", line.what}, {"expected", line.expected}, {"found", line.found}, {"passed", line.passed}});
  }
  out["warnings"] = sheet.warnings;
  return json_text(out);  // a model or a path may hold octets that are no UTF-8
}

std::vector<std::string> summary_lines(SummarySheet const& sheet) {
  std::vector<std::string> lines{
      identity_text(sheet.identity),
      "meter " + sheet.meter + ", tier " + sheet.tier,
      "start " + sheet.start_utc + " (local " + sheet.local_offset + ")",
      "simulated " + fixed_text(sheet.simulated_s, 3) + " s" + (sheet.interrupted ? ", interrupted" : ""),
      "state " + hex64(sheet.state_hash),
      "led_pulses " + std::to_string(sheet.led_pulses),
      "s0_pulses " + std::to_string(sheet.s0_pulses)};
  for (auto const& time : sheet.tier_times) {
    lines.push_back("tier " + time.tier + " " + fixed_text(time.seconds, 3) + " s");
  }
  for (auto const& line : balance_lines(sheet.balance)) {
    lines.push_back("energy " + line);
  }
  for (auto const& line : sheet.expectations) {
    lines.push_back((line.passed ? "pass " : "FAIL ") + line.what + ": expected " + line.expected +
                    ", found " + line.found);
  }
  for (auto const& warning : sheet.warnings) {
    lines.push_back("warning " + warning);
  }
  return lines;
}

}  // namespace blondel
