#pragma once
/// The limits inside which the maker lets the meter be used. Outside them it goes on, and says so.

#include <bitset>
#include <string>
#include <vector>

#include <blondel/frontend/wiring.hpp>
#include <blondel/meter/config.hpp>
#include <scenario/connection.hpp>
#include <scenario/load_parts.hpp>

namespace blondel {

/// What the meter is exposed to.
struct Exposure {
  OperatingPoint point;
  Wiring wiring;
  S0Loop s0;
  double humidity_percent{};  ///< relative
};

/// Watches frequency, temperature, humidity, voltages and currents at the terminals.
/// A terminal without voltage is no fault: the sheet allows operation with one or two phases. A meter without
/// supply is stored, and the limits of storage hold.
/// @source data sheet, Technical data: Un -20..+15 %, fn +-2 %, 6 A, -40..+70 C in operation, -40..+85 C
///         stored; S0 output: 27 V, 27 mA
class OperatingLimits {
 public:
  /// @param ct_ratio of the external transformer @param full_scale_a of the current converters, a peak
  OperatingLimits(Phases form, double ct_ratio, double full_scale_a)
      : form_{form},
        ct_ratio_{ct_ratio},
        full_scale_a_{full_scale_a} {}

  /// What has left its limits since the last call, a sentence each. What comes back may leave again.
  [[nodiscard]] std::vector<std::string> crossed(Exposure const& exposure);

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.neutral_was_lost_);
    field(self.outside_);
  }

 private:
  static constexpr std::size_t frequency = 0;
  static constexpr std::size_t temperature = 1;
  static constexpr std::size_t first_voltage = 2;  ///< of element L1, then L2, L3
  static constexpr std::size_t first_current = 5;
  static constexpr std::size_t humidity = 8;
  static constexpr std::size_t s0_voltage = 9;
  static constexpr std::size_t s0_current = 10;
  static constexpr std::size_t first_clipping = 11;  ///< of element L1, then L2, L3
  static constexpr std::size_t quantities = 14;

  Phases form_;
  double ct_ratio_;
  double full_scale_a_;
  bool neutral_was_lost_{};  ///< at any time: no longer does the document tell which current flows
  std::bitset<quantities> outside_;
};

/// Warns of what the source brings outside the limits: at the start, or in the first such row of a profile.
/// Needs all other parts. @cost reads every row of the profile
void warn_of_operating_limits(Scenario& scenario);

}  // namespace blondel
