#pragma once
/// Units as types. Watts and Vars are different types and do not add; a conversion is a named function.

#include <compare>
#include <cstdint>

namespace blondel {

/// A quantity of one kind: explicit construction, arithmetic with its own kind only.
/// @units given by the alias below; `value()` is in that unit.
template<class Tag, class Rep>
class Amount {
 public:
  using rep = Rep;

  constexpr Amount() = default;
  constexpr explicit Amount(Rep value) : value_{value} {}

  [[nodiscard]] constexpr Rep value() const { return value_; }

  constexpr Amount& operator+=(Amount other) {
    value_ += other.value_;
    return *this;
  }
  constexpr Amount& operator-=(Amount other) {
    value_ -= other.value_;
    return *this;
  }
  friend constexpr Amount operator+(Amount a, Amount b) { return Amount{a.value_ + b.value_}; }
  friend constexpr Amount operator-(Amount a, Amount b) { return Amount{a.value_ - b.value_}; }
  friend constexpr Amount operator-(Amount a) { return Amount{-a.value_}; }
  friend constexpr Amount operator*(Amount a, Rep factor) { return Amount{a.value_ * factor}; }
  friend constexpr Amount operator*(Rep factor, Amount a) { return Amount{a.value_ * factor}; }
  friend constexpr Amount operator/(Amount a, Rep divisor) { return Amount{a.value_ / divisor}; }
  friend constexpr auto operator<=>(Amount, Amount) = default;

 private:
  Rep value_{};
};

using Volts = Amount<struct VoltTag, double>;
using Amps = Amount<struct AmpTag, double>;
using Watts = Amount<struct WattTag, double>;
using Vars = Amount<struct VarTag, double>;
using VoltAmps = Amount<struct VoltAmpTag, double>;
using Ohms = Amount<struct OhmTag, double>;
using Hertz = Amount<struct HertzTag, double>;
using Radians = Amount<struct RadianTag, double>;
using Celsius = Amount<struct CelsiusTag, double>;

using Millijoules = Amount<struct MillijouleTag, std::int64_t>;

constexpr VoltAmps operator*(Volts u, Amps i) {
  return VoltAmps{u.value() * i.value()};
}
constexpr VoltAmps operator*(Amps i, Volts u) {
  return u * i;
}

}  // namespace blondel
