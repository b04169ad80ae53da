#pragma once
/// What a run says about itself at its end, as JSON for programs and as lines for people.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blondel {

/// Where every result comes from: equal identities, equal results.
struct RunIdentity {
  std::string version;   ///< of the program
  std::string scenario;  ///< its name
  std::uint64_t seed{};
  std::uint64_t document_fnv1a{};  ///< over the scenario document's bytes
};

/// Where the energy of a run went.
/// @units J at the primary terminals for the source; uJ at the secondary terminals, import minus export, for
///        the rest
struct BalanceSheet {
  double source_import_j{};      ///< while the meter had supply
  double source_export_j{};      ///< likewise, positive
  double source_unsupplied_j{};  ///< net, while it had none
  std::int64_t increments_uj{};
  std::int64_t registers_uj{};
  std::int64_t suppressed_uj{};
  std::int64_t withheld_uj{};
  double ratio{1.0};  ///< primary over secondary, as the meter is configured
  /// What the exact registers of the two directions grew by; none when the meter could not be read at the
  /// end, or has no such register.
  std::optional<std::int64_t> registers_import_uj{};
  std::optional<std::int64_t> registers_export_uj{};
  /// What the meter took for itself, before it measures. @units J and VA s
  double own_voltage_circuits_j{};
  double own_voltage_circuits_vas{};
  double own_current_circuits_vas{};

  /// What was measured and is found nowhere: must be 0.
  [[nodiscard]] std::int64_t difference_uj() const {
    return increments_uj - registers_uj - suppressed_uj - withheld_uj;
  }
  /// Measured minus the source's closed form, import minus export on the primary side, against the sum of
  /// both directions. @units percent; 0 without energy
  [[nodiscard]] double measured_error_percent() const;
  /// The registers of one direction on the primary side against the source's same direction.
  /// @units percent; none without a register or without energy in this direction
  [[nodiscard]] std::optional<double> import_error_percent() const;
  [[nodiscard]] std::optional<double> export_error_percent() const;
};

/// One judged expectation.
struct JudgedLine {
  std::string what;
  std::string expected;
  std::string found;
  bool passed{};
};

/// How long the meter had supply in one tier.
struct TierTime {
  std::string tier;
  double seconds{};
};

/// Everything of summary.json.
struct SummarySheet {
  RunIdentity identity;
  std::string description;
  std::string meter;  ///< serial number
  std::string tier;
  std::vector<TierTime> tier_times;  ///< of a hybrid run; empty otherwise
  std::string start_utc;
  std::string local_offset;
  double simulated_s{};
  bool interrupted{};
  std::uint64_t state_hash{};
  std::uint64_t led_pulses{};
  std::uint64_t s0_pulses{};
  BalanceSheet balance;
  std::vector<JudgedLine> expectations;
  std::vector<std::string> warnings;
};

/// "blondel 0.1.0, scenario x, seed 1, fnv1a 0123456789abcdef": the head of every result.
[[nodiscard]] std::string identity_text(RunIdentity const& identity);
/// 16 hexadecimal digits.
[[nodiscard]] std::string hex64(std::uint64_t value);
/// A speed with three digits: "0.998", "1250", "30 million". @param speed simulated seconds per host second
[[nodiscard]] std::string speed_text(double speed);

/// A number with a fixed count of decimals, never an exponent or a locale.
[[nodiscard]] std::string fixed_text(double value, int decimals);
/// The balance as "key value unit" lines, in a fixed order.
[[nodiscard]] std::vector<std::string> balance_lines(BalanceSheet const& balance);
/// The whole sheet as JSON text with a final newline. @cost allocates
[[nodiscard]] std::string summary_json(SummarySheet const& sheet);
/// The whole sheet as lines for people. @cost allocates
[[nodiscard]] std::vector<std::string> summary_lines(SummarySheet const& sheet);

}  // namespace blondel
