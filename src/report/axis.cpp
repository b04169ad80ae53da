#include <report/axis.hpp>
#include <report/markup.hpp>
#include <report/summary.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace blondel {
namespace {

/// Ends nearer than this part of their size cannot be told apart by numbers at an axis.
constexpr double span_min = 1e-9;
/// Free room beyond the outermost values, in parts of their span.
constexpr double margin = 0.03;
constexpr double pieces_min = 5.0;

bool too_near(double low, double high) {
  return high - low <= span_min * std::max({std::abs(low), std::abs(high), span_min});
}

/// 10 to an integer, exact where a double can be.
double power_of_ten(int exponent) {
  return exponent < 0 ? 1.0 / std::pow(10.0, -exponent) : std::pow(10.0, exponent);
}

/// 2 in 0.02 and its power: dividing by a hundred gives the double nearest to 0.02, multiplying by 0.01 may
/// not.
double scaled(double digit, int exponent) {
  return exponent < 0 ? digit / std::pow(10.0, -exponent) : digit * std::pow(10.0, exponent);
}

int decimals_of(double step) {
  return std::clamp(-static_cast<int>(std::floor(std::log10(step) + 1e-9)), 0, 15);
}

std::vector<AxisTick> given_ticks(AxisScale const& scale, ChartAxis const& axis) {
  std::vector<double> places = axis.ticks;
  std::sort(places.begin(), places.end());
  std::vector<AxisTick> ticks;
  for (double const value : places) {
    if (scale.holds(value)) {
      ticks.push_back({value, number_text(value)});
    }
  }
  return ticks;
}

}  // namespace

double AxisScale::px(double value) const {
  double const part =
      logarithmic ? std::log10(value / min) / std::log10(max / min) : (value - min) / (max - min);
  return min_px + part * (max_px - min_px);
}

std::string fault_of_value(double value, bool logarithmic, std::string const& place) {
  if (!std::isfinite(value) || std::abs(value) > axis_magnitude_max) {
    return place + " is " + (std::isfinite(value) ? number_text(value) : "not finite") +
           ", allowed are numbers from -1e12 to 1e12";
  }
  if (logarithmic && value < 1.0 / axis_magnitude_max) {
    return place + " is " + number_text(value) +
           ", allowed on a logarithmic axis are numbers from 1e-12 to 1e12";
  }
  return {};
}

std::string fault_of(ChartAxis const& axis, bool logarithmic, std::string const& place) {
  for (auto const& [value, name] : {std::pair{axis.min, " min"}, std::pair{axis.max, " max"}}) {
    if (value) {
      if (auto fault = fault_of_value(*value, logarithmic, place + name); !fault.empty()) {
        return fault;
      }
    }
  }
  if (axis.min && axis.max && too_near(*axis.min, *axis.max)) {
    return place + " runs from " + number_text(*axis.min) + " to " + number_text(*axis.max) +
           ", allowed is a max above the min";
  }
  for (std::size_t n = 0; n < axis.ticks.size(); ++n) {
    auto fault = fault_of_value(axis.ticks[n], logarithmic, place + " tick " + std::to_string(n + 1));
    if (!fault.empty()) {
      return fault;
    }
  }
  return {};
}

double round_step(double span, double pieces) {
  int const exponent = static_cast<int>(std::floor(std::log10(span / pieces) + 1e-9));
  double best = power_of_ten(exponent);
  for (double const digit : {2.0, 5.0}) {
    if (scaled(digit, exponent) * pieces <= span * (1.0 + 1e-9)) {
      best = scaled(digit, exponent);
    }
  }
  return best;
}

AxisScale range_around(std::span<double const> values, ChartAxis const& axis, bool logarithmic) {
  double const nothing = logarithmic ? 1.0 : 0.0;
  double low = axis.min.value_or(axis.max.value_or(nothing));
  double high = axis.max.value_or(axis.min.value_or(nothing));
  if (!values.empty()) {
    auto const [least, most] = std::minmax_element(values.begin(), values.end());
    low = axis.min.value_or(*least);
    high = axis.max.value_or(*most);
  }
  if (too_near(low, high)) {  // one place only, or all values on the far side of a given end
    double const half = low == 0.0 ? 1.0 : 0.1 * std::abs(low);
    low = axis.min.value_or(logarithmic ? std::min(low, high) / 2.0 : std::min(low, high) - half);
    high = axis.max.value_or(logarithmic ? low * 4.0 : low + 2.0 * half);
  } else if (logarithmic) {
    double const factor = std::pow(high / low, margin);
    low = axis.min.value_or(low / factor);
    high = axis.max.value_or(high * factor);
  } else {
    double const room = margin * (high - low);
    low = axis.min.value_or(low - room);
    high = axis.max.value_or(high + room);
  }
  return {low, high, logarithmic, 0.0, 1.0};
}

AxisScale rounded_out(AxisScale scale, ChartAxis const& axis) {
  double const step = round_step(scale.max - scale.min, pieces_min);
  scale.min = axis.min ? scale.min : step * std::floor(scale.min / step + 1e-9);
  scale.max = axis.max ? scale.max : step * std::ceil(scale.max / step - 1e-9);
  return scale;
}

std::vector<AxisTick> linear_ticks(AxisScale const& scale, ChartAxis const& axis) {
  if (!axis.ticks.empty()) {
    return given_ticks(scale, axis);
  }
  double const step = round_step(scale.max - scale.min, pieces_min);
  int const decimals = decimals_of(step);
  std::vector<AxisTick> ticks;
  double const first = std::ceil(scale.min / step - 1e-6);
  double const last = std::floor(scale.max / step + 1e-6);
  for (double n = first; n <= last; n += 1.0) {
    ticks.push_back({n * step, fixed_text(n * step, decimals)});
  }
  return ticks;
}

std::vector<AxisTick> logarithmic_ticks(AxisScale const& scale, ChartAxis const& axis) {
  if (!axis.ticks.empty()) {
    return given_ticks(scale, axis);
  }
  double const decades = std::log10(scale.max / scale.min);
  std::vector<AxisTick> ticks;
  for (double const value : decade_lines(scale)) {
    auto const label = number_text(value);
    char const digit = label[label.find_first_not_of("0.")];
    if (digit == '1' || (decades <= 4.5 && (digit == '2' || digit == '5')) || decades < 0.7) {
      ticks.push_back({value, label});
    }
  }
  return ticks.size() < 2 ? linear_ticks(scale, axis) : ticks;
}

std::vector<double> decade_lines(AxisScale const& scale) {
  std::vector<double> places;
  int const first = static_cast<int>(std::floor(std::log10(scale.min)));
  int const last = static_cast<int>(std::ceil(std::log10(scale.max)));
  for (int exponent = first; exponent <= last; ++exponent) {
    for (double digit = 1.0; digit < 9.5; digit += 1.0) {
      double const value = scaled(digit, exponent);
      if (scale.holds(value)) {
        places.push_back(value);
      }
    }
  }
  return places;
}

}  // namespace blondel
