#pragma once
/// What a meter is ordered as: type number and the five configuration numbers, digit by digit.

#include <array>
#include <cstdint>
#include <string_view>

#include <blondel/base/result.hpp>
#include <blondel/meter/display_setup.hpp>
#include <blondel/meter/tariff_table.hpp>

namespace blondel {

enum class Phases : std::uint8_t { aron_50hz = 2, four_wire_50hz = 3, four_wire_60hz = 4 };
enum class AccuracyClass : std::uint8_t { b, c, iec_1, iec_05 };
enum class EnergyType : std::uint8_t { a_plus = 1, a_plus_minus = 2, a_plus_r_plus = 3, four_quadrant = 4 };
/// How the elements' energies are combined. @source metrology.md 2.7
enum class PhaseSum : std::uint8_t {
  per_phase,  ///< each phase's sign decides; A+ and A- may run at once (four-wire default, family evidence)
  algebraic,  ///< the sum's sign decides (Aron default)
  absolute,   ///< magnitudes add to import
};

/// How the elements' apparent powers become the total. @source metrology.md 2.4; IEEE 1459
enum class ApparentSum : std::uint8_t {
  arithmetic,  ///< the sum of U I of the phases
  vector,      ///< the root of P^2 + Q^2 of the totals
  effective    ///< 3 Ue Ie, with the neutral's current in Ie; four-wire only
};

/// 685-X1X2 X3-X4 X5-X6 X7-X8X9X10. @source device.md 1
struct TypeNumber {
  Phases phases{Phases::four_wire_50hz};
  char current{'5'};
  AccuracyClass accuracy{AccuracyClass::c};
  char generation{'C'};
  EnergyType energy{EnergyType::four_quadrant};
  bool radio{};
  char tariff{'3'};
  std::uint16_t country{10};  ///< 010 DK, 025 RU ...
  /// "68535CC453010": 13 characters, no terminating zero.
  std::array<char, 13> text{};
};

/// Config 1-5 decoded. Field names are the data sheet's letters. @source device.md 3
struct Configuration {
  std::uint8_t a{1};     ///< decimals of primary energy: 1 = 7.0, 2 = 7.1, 3 = 7.2
  std::uint8_t b{1};     ///< LED: 1 off without consumption, 2 on
  std::uint16_t ccc{};   ///< module
  std::uint8_t dd{};     ///< input/output
  std::uint8_t e{2};     ///< integration period: 1 = 5, 2 = 15, 3 = 30, 4 = 60 min
  std::uint16_t fff{};   ///< display
  std::uint8_t gg{1};    ///< target day, 00 = external
  std::uint8_t hh{1};    ///< debiting interval
  std::uint8_t i{1};     ///< module pulse length, alarm input
  std::uint8_t jj{};     ///< 00
  std::uint8_t k{};      ///< 0
  std::uint8_t ll{1};    ///< time zone: 00-12 = 0..+12 h, 13-23 = -11..-1 h
  std::uint8_t m{};      ///< module pulses: 0 secondary, 1 primary (English sheet)
  std::uint8_t nn{};     ///< unit of the pulse input
  std::uint16_t ooo{};   ///< tariff table
  std::uint16_t ppp{};   ///< summer time: 000 none, 001 EU
  std::uint8_t qq{1};    ///< load profile: 01 primary, 02 secondary
  std::uint16_t rrr{};   ///< RF code
  std::uint16_t sss{1};  ///< CT ratio, primary amperes / 5
  std::uint8_t t{1};     ///< ratio 1 configurable, 2 locked
  std::uint8_t u{1};     ///< debiting logger 2: 1 daily, 2 weekly, 3 monthly
  /// The five numbers as read over KMP 54, 55, 56, 1029, 1075.
  std::array<std::uint32_t, 5> numbers{11'000'002, 1'011, 1'000, 1, 111};
};

/// Digit T of a meter whose ratio nobody changes.
inline constexpr std::uint8_t ratio_locked = 2;

/// Which of the module port's I/O 1 and I/O 2 are outputs. @source data sheet, table DD
[[nodiscard]] std::array<bool, 2> module_outputs(Configuration const& configuration);

/// When a load is on. @source device.md 6.3, B9; the modes' numbers are inferred
enum class LoadMode : std::uint8_t { off, by_tariff, on };
struct LoadSetup {
  LoadMode mode{LoadMode::by_tariff};
  std::uint8_t tariffs{0b0010};  ///< bit 0 = T1. @source inferred: T2, the cheap one of two
};
struct LoadControlSetup {
  std::array<LoadSetup, 2> load{};
  std::uint16_t delay_s{3'600};   ///< switching on waits for up to so long. @source device.md B9
  std::uint8_t working_days{63};  ///< bit 0 = Monday. @source device.md B9; the bits inferred
};

/// What the sheet's edition decides. @source features.md TYP-06
enum class DataSheet : std::uint8_t { english, russian };

/// Gains, phases and offsets of one element, as the sample pipeline uses them (one code is one least
/// significant bit of the converter; the fixed-point places are those of core/metrology/measuring_state.hpp).
/// @source metrology.md 2.6
struct ElementCalibration {
  std::int32_t phase_delay_q30{};  ///< current delayed against voltage, in samples * 2^30, -1 .. 1
  std::uint32_t power_gain{};      ///< uJ per (code * code/16) * 2^57
  std::uint32_t u_gain{};          ///< mV per code/8 * 2^32
  std::uint32_t i_gain{};          ///< uA per code/16 * 2^32
  std::int64_t power_offset{};     ///< code * code/16 per sample, subtracted
  std::int64_t i_noise{};          ///< (code/16)^2 per sample, subtracted before the root
};

/// By how much the voltage is delayed for reactive power. @source metrology.md 2.4
enum class Quadrature : std::uint8_t {
  tracked,  ///< a quarter of the measured period
  fixed     ///< a quarter of the nominal one: leaves class 2 at 49 and 51 Hz
};

/// Everything a meter is told before it is built; immutable and shared by all meters ordered alike.
struct MeterConfig {
  TypeNumber type;
  Configuration configuration;
  DataSheet data_sheet{DataSheet::english};
  PhaseSum phase_sum{PhaseSum::per_phase};
  ApparentSum apparent_sum{ApparentSum::arithmetic};
  std::uint32_t no_load_threshold_mw{600};  ///< per phase, |P| and |Q|. @source device.md B1 (0.6 W)
  std::uint32_t sample_rate_hz{8000};       ///< of the converters
  Quadrature quadrature{Quadrature::tracked};
  bool has_high_pass{true};  ///< removes what the converters add; without it their offsets multiply
  /// Constants of the hardware design, before anybody has calibrated this meter.
  std::array<ElementCalibration, 3> nominal_calibration{};
  LoadControlSetup load_control;
  std::uint32_t pulse_weight_milli{1'000};  ///< of the pulse input. @source device.md M1: 0.100 to 1000
  TariffTable tariff_table;                 ///< of digits OOO, where they name one
  std::uint8_t software_letter{8};          ///< 1 = A ... 26 = Z: GetType and register 1005
  std::uint8_t software_number{1};
  DisplaySetup display;  ///< what FFF stands for, or what was ordered instead
};

/// Parses a type number with or without dashes and spaces: "685-35-CC4-53-010" or "68535CC453010".
/// @errors bad_length, bad_digit (detail = position among the 13 characters), contradiction
/// @source device.md 1
[[nodiscard]] Result<TypeNumber> parse_type_number(std::string_view text, DataSheet sheet);

/// Parses five numbers of eight digits each (dashes allowed: "1-1-000-16-2").
/// @errors bad_length / bad_digit with detail = 100 * number (1-5) + digit position; contradiction likewise
[[nodiscard]] Result<Configuration> parse_configuration(std::array<std::string_view, 5> const& numbers,
                                                        TypeNumber const& type, DataSheet sheet);

/// The same from the five numbers as KMP reads them. @errors bad_length, bad_digit as above
[[nodiscard]] Result<Configuration> decode_configuration(std::array<std::uint32_t, 5> const& numbers);

/// The same meter with another code in one field. @param letters of the field: "E", "SSS"
/// @errors bad_digit for a code that the data sheet does not have
[[nodiscard]] Result<Configuration> with_code(Configuration const& configuration, std::string_view letters,
                                              std::int64_t code);

/// The digits' letter and what is allowed at a position, for error messages.
/// @param number 0 = type number, 1-5 = configuration number; @param position as in the error's detail
struct DigitRule {
  std::string_view letters;  ///< "X3", "CCC", ...
  std::string_view allowed;  ///< codes and ranges: "00-23,26-28"
  std::uint8_t digits{1};    ///< of a code
  std::string_view english;  ///< what the sheets list themselves; a meter takes what either has
  std::string_view russian;
};
[[nodiscard]] DigitRule digit_rule(int number, int position);

/// Whether a list has a code. @param allowed codes and ranges of the code's width: "00-23,26-28"
[[nodiscard]] bool code_allowed(std::string_view allowed, std::string_view code);

/// Offset of normal time from UTC for code LL. @units s. @source device.md 3: 00-12 = 0..+12, 13-23 = -11..-1
[[nodiscard]] constexpr std::int64_t utc_offset_s(std::uint8_t ll) {
  return (ll <= 12 ? ll : ll - 24) * std::int64_t{3'600};
}

/// Integration period of digit E. @units minutes
[[nodiscard]] constexpr int integration_minutes(std::uint8_t e) {
  constexpr std::array<int, 5> minutes{0, 5, 15, 30, 60};
  return minutes[e];
}

}  // namespace blondel
