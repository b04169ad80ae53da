#include <scenario/operating_limits.hpp>

#include <blondel/frontend/signals.hpp>
#include <scenario/texts.hpp>
#include <twin/supply.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <string_view>

namespace blondel {
namespace {

constexpr double current_max_a = 6.0;
constexpr double rounding = 1e-9;  ///< relative: 230 V + 15 % is inside

/// A value with its range and its words.
struct Judged {
  std::string_view what;
  double value{};
  double min{};
  double max{};
  std::string_view unit;
  std::string_view reason;
  [[nodiscard]] bool is_outside() const {
    return value < min - std::abs(min) * rounding || value > max + std::abs(max) * rounding;
  }
  [[nodiscard]] std::string text() const {
    constexpr double digits = 1e3;  // what a person needs; a voltage between lines has no end
    return "outside the operating limits: " + std::string{what} + " " +
           plain_number(std::round(value * digits) / digits) + " " + std::string{unit} + ", allowed " +
           plain_number(min) + " to " + plain_number(max) + " " + std::string{unit} + " (" +
           std::string{reason} + "); goes on";
  }
};

constexpr std::array<std::string_view, element_count> voltage_names{"L1 voltage", "L2 voltage", "L3 voltage"};
constexpr std::array<std::string_view, element_count> current_names{"L1 current", "L2 current", "L3 current"};

Judged judged_current(std::size_t element, double secondary_a) {
  return {current_names[element], secondary_a, 0.0, current_max_a, "A", "behind the transformer"};
}

Judged judged_frequency(double frequency_hz, Phases form) {
  return form == Phases::four_wire_60hz ? Judged{"frequency", frequency_hz, 58.8, 61.2, "Hz", "60 Hz +-2 %"}
                                        : Judged{"frequency", frequency_hz, 49.0, 51.0, "Hz", "50 Hz +-2 %"};
}

Judged judged_temperature(double temperature_c, bool is_stored) {
  return is_stored ? Judged{"temperature", temperature_c, -40.0, 85.0, "C", "stored"}
                   : Judged{"temperature", temperature_c, -40.0, 70.0, "C", "in operation"};
}

Judged judged_voltage(std::size_t element, double voltage_v) {
  return {voltage_names[element], voltage_v, 184.0, 264.5, "V", "Un 230 V, -20..+15 %"};
}

/// The first row of a profile whose current is beyond the limit.
void warn_of_profile(Scenario& scenario) {
  auto const& profile = *scenario.source.profile;
  for (std::size_t row = 0; row < profile.rows(); ++row) {
    for (std::size_t phase = 0; phase < element_count; ++phase) {
      auto const current_a = profile.current_a(phase, row, scenario.source.point.phase[phase].u.value());
      auto const judged = judged_current(phase, current_a / scenario.twin.ct_ratio);
      if (judged.is_outside()) {
        scenario.warnings.push_back("load profile, row " + std::to_string(row + 1) + ": " + judged.text());
        return;
      }
    }
  }
}

}  // namespace

std::vector<std::string> OperatingLimits::crossed(Exposure const& exposure) {
  std::vector<std::string> texts;
  auto const& point = exposure.point;
  auto const elements = element_signals(line_signals(point), exposure.wiring);
  auto const judge = [&](std::size_t quantity, Judged const& judged, bool is_absent = false) {
    bool const is_outside = !is_absent && judged.is_outside();
    if (is_outside && !outside_[quantity]) {
      texts.push_back(judged.text());
    }
    outside_[quantity] = is_outside;
  };
  bool const is_stored = !feeds_supply(elements);
  judge(frequency, judged_frequency(point.frequency.value(), form_), is_stored);
  judge(temperature, judged_temperature(point.temperature.value(), is_stored));
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const power = channel_power(elements, e);
    auto const voltage_v = std::sqrt(power.u_square_v2);
    constexpr double absent_v = 1e-6;  // what rounding leaves between two wires of one conductor
    judge(first_voltage + e, judged_voltage(e, voltage_v), voltage_v < absent_v);
    judge(first_current + e, judged_current(e, std::sqrt(power.i_square_a2) / ct_ratio_));
  }
  neutral_was_lost_ = neutral_was_lost_ || exposure.wiring.neutral_lost;
  for (std::size_t e = 0; e < element_count && neutral_was_lost_; ++e) {
    auto const current_a = std::sqrt(channel_power(elements, e).i_square_a2) / ct_ratio_;
    bool const clips = current_a * std::numbers::sqrt2 > full_scale_a_;
    if (clips && !outside_[first_clipping + e]) {
      constexpr double digits = 1e3;
      texts.push_back(std::string{current_names[e]} + " is " +
                      plain_number(std::round(current_a * digits) / digits) +
                      " A behind the transformer; the converter clips at a peak of " +
                      plain_number(full_scale_a_) + " A");
    }
    outside_[first_clipping + e] = clips;
  }
  judge(humidity,
        {"relative humidity", exposure.humidity_percent, 0.0, 95.0, "%", "on fewer than 30 days a year"});
  judge(s0_voltage, {"S0 output voltage", exposure.s0.supply_v, 0.0, 27.0, "V", "terminals 20 and 21"});
  judge(s0_current, {"S0 output current", exposure.s0.closed_ma(), 0.0, 27.0, "mA", "terminals 20 and 21"});
  return texts;
}

namespace {

/// Three wires bring back what they carry away. @source metrology.md 2.9
void warn_of_three_wires(Scenario& scenario) {
  std::complex<double> sum_a;
  double largest_a = 0.0;
  for (auto const& phase : scenario.source.point.phase) {
    sum_a += std::polar(phase.i.value(), phase.u_angle.value() - phase.lag.value());
    largest_a = std::max(largest_a, phase.i.value());
  }
  constexpr double rounding_share = 1e-3;
  if (std::abs(sum_a) > rounding_share * largest_a) {
    constexpr double digits = 1e3;
    scenario.warnings.push_back(
        "the currents of the three wires add up to " +
        plain_number(std::round(std::abs(sum_a) * digits) / digits) +
        " A, where no neutral could carry it: two elements cannot measure such a load");
  }
}

}  // namespace

void warn_of_operating_limits(Scenario& scenario) {
  if (scenario.twin.wiring.aron && !scenario.source.profile && !scenario.source.recording) {
    warn_of_three_wires(scenario);
  }
  OperatingLimits limits{scenario.twin.meter.type.phases, scenario.twin.ct_ratio,
                         scenario.twin.front_end.adc[0].i_full_scale_a};
  for (auto& text : limits.crossed(
           {scenario.source.point, scenario.twin.wiring, scenario.s0, scenario.humidity_percent})) {
    scenario.warnings.push_back(std::move(text));
  }
  if (scenario.source.profile) {
    warn_of_profile(scenario);
  }
}

}  // namespace blondel
