#include <frontend/source/current_shape.hpp>

#include <cmath>
#include <numbers>

namespace blondel {
namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;

/// Conducts in the positive half: 1/pi + sin/2 - 2/pi times the sum over even n of cos(n theta) / (n^2 - 1).
Complex half_wave(int order) {
  if (order == 0) {
    return {0.0, 1 / pi};
  }
  if (order == 1) {
    return {0.5, 0.0};
  }
  return order % 2 == 0 ? Complex{0.0, -2 / (pi * (order * order - 1))} : Complex{};
}

/// Conducts from 90 to 180 and from 270 to 360 degrees.
Complex phase_fired(int order) {
  constexpr double from = pi / 2;
  if (order % 2 == 0) {
    return {};
  }
  if (order == 1) {
    return {0.5, -1 / pi};
  }
  auto const below = order - 1;
  auto const above = order + 1;
  auto const sine = (std::sin(below * pi) - std::sin(below * from)) / below -
                    (std::sin(above * pi) - std::sin(above * from)) / above;
  auto const cosine = (std::cos(below * pi) - std::cos(below * from)) / below -
                      (std::cos(above * pi) - std::cos(above * from)) / above;
  return Complex{sine, cosine} / pi;
}

/// Two cycles on, two off: a period of four cycles, whose odd lines carry what is not the fundamental.
Complex burst(int quarters) {
  constexpr int highest = 10 * 4;
  if (quarters == 4) {
    return {0.5, 0.0};
  }
  if (quarters % 2 == 0 || quarters > highest) {
    return {};
  }
  auto const order = quarters / 4.0;
  return {0.0, -1 / (2 * pi * (order * order - 1))};
}

}  // namespace

Complex shape_coefficient(CurrentShape shape, int quarters) {
  if (shape == CurrentShape::burst) {
    return burst(quarters);
  }
  if (quarters % 4 != 0) {
    return {};
  }
  auto const order = quarters / 4;
  switch (shape) {
    case CurrentShape::half_wave:
      return half_wave(order);
    case CurrentShape::phase_fired:
      return phase_fired(order);
    default:
      return order == 1 ? Complex{1.0, 0.0} : Complex{};
  }
}

}  // namespace blondel
