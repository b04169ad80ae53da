#pragma once
/// The shape of a catalogue row: data that every interface walks. Encoding lives in the protocols.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <blondel/base/result.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/reading.hpp>
#include <blondel/meter/register_id.hpp>

namespace blondel {

class MeterView;   // private to the core
struct MeterEdit;  // likewise

/// How well the device's behaviour behind a row is known. @source style.md 42
enum class Basis : std::uint8_t { documented, observed, inferred };

/// Which side of the external current transformer a quantity counts.
enum class Side : std::uint8_t { none, primary, secondary };

/// Decimal exponent of the last digit shown, relative to `scale_unit`: fixed, or the configuration's digit A.
struct Resolution {
  std::int8_t exponent{};
  bool by_digit_a{};
};
inline constexpr Resolution by_digit_a{0, true};

/// A-B:C.D.E*F. @source IEC 62056-61
using ObisCode = std::array<std::uint8_t, 6>;

/// KMP register number and how many octets the value takes; 0 octets = the row is not offered on KMP.
struct KmpData {
  std::uint16_t id{};
  std::uint8_t bytes{};
};

/// Which energy types of the type number have the row.
struct Presence {
  bool a_plus{true};
  bool a_plus_minus{true};
  bool a_plus_r_plus{true};
  bool four_quadrant{true};
};
inline constexpr Presence always{};
inline constexpr Presence with_a_minus{false, true, false, true};
inline constexpr Presence with_r_plus{false, false, true, true};
inline constexpr Presence with_r_minus{false, false, false, true};

/// How the display names a row.
struct GlassLabel {
  std::string_view tag{};  ///< in the text field: "A+/T1"
  std::string_view id{};   ///< in the id field, where it is not short_obis
};

/// How a row is written, where it may be. Access::write is the only caller.
struct RegisterWrite {
  std::string_view allowed{};  ///< for people: "1 to 5"
  /// @param value of the row's unit, at its resolution @errors out_of_range; what the row's area says
  Result<void> (*apply)(MeterEdit&, Reading const& value){};
  bool is_configuration{true};  ///< its changes are logged; not so a running value
};

/// One catalogue row.
struct RegisterDef {
  RegisterId id{};
  std::string_view name;   ///< snake_case, the enumerator
  std::string_view title;  ///< for people: "Active energy import A+"
  Unit unit{Unit::none};
  std::int8_t prefix{};   ///< decimal exponent of the unit's prefix as shown: 3 = kWh, kW
  Resolution resolution;  ///< of the prefixed unit: -1 = 0.1 kWh
  Side side{Side::none};
  Presence presence;
  std::string_view short_obis;  ///< the id field of the display: "1.8.0"; empty when it has none
  ObisCode obis{};              ///< all zero when the row has none
  GlassLabel glass{};
  KmpData kmp;
  Basis basis{Basis::inferred};
  std::string_view source;
  Reading (*read)(MeterView const&){};
  RegisterWrite write{};  ///< without a function nobody may, in no state
};

/// All rows in the order of RegisterId. @cost O(1)
[[nodiscard]] std::span<RegisterDef const> catalogue();
[[nodiscard]] RegisterDef const& definition(RegisterId id);
/// @cost O(log n)
[[nodiscard]] RegisterDef const* find_by_kmp(std::uint16_t kmp_id);
/// The row whose display id is `text`, "1.8.0"; rows with equal ids are told apart by name only. @cost O(n)
[[nodiscard]] RegisterDef const* find_by_short_obis(std::string_view text);
[[nodiscard]] RegisterDef const* find_by_name(std::string_view name);

/// True when a meter of this energy type has the row.
[[nodiscard]] bool is_present(RegisterDef const& row, EnergyType energy);

/// A number at the resolution at which the meter shows it: value * 10^exponent of the prefixed unit.
struct ScaledValue {
  std::int64_t value{};
  std::int8_t exponent{};
};
/// Brings a Reading, once, to its row's resolution: counters are truncated, momentary values rounded to
/// nearest.
/// @source walk.md 16; rounding of momentary values is inferred
/// @param decimals_a digit A of configuration 1
[[nodiscard]] ScaledValue scale(Reading const& reading, RegisterDef const& row, std::uint8_t decimals_a);

/// One step of a row's last digit, in native steps of its unit: what scale() divides by.
[[nodiscard]] std::int64_t native_step(RegisterDef const& row, std::uint8_t decimals_a);

/// "kWh", "kvar", "V", ... with the row's prefix; empty for a bare number.
[[nodiscard]] std::string_view unit_text(RegisterDef const& row);
/// The same in a meter of this configuration: digits NN give the pulse input its unit.
[[nodiscard]] std::string_view unit_text(RegisterDef const& row, Configuration const& configuration);
/// Of the pulse input. @source data sheet, digits NN
[[nodiscard]] Unit pulse_unit(Configuration const& configuration);

}  // namespace blondel
