#include <cmath>
#include <numbers>

#include <blondel/base/contract.hpp>
#include <frontend/source/three_phase_source.hpp>

namespace blondel {
namespace {

constexpr double turns_to_fraction = 0x1p64;

/// The angle of a fraction of a turn, in (-pi, pi].
double radians_of(std::uint64_t turn) {
  return static_cast<double>(static_cast<std::int64_t>(turn)) / turns_to_fraction * (2 * std::numbers::pi);
}

}  // namespace

void ThreePhaseSource::set_signals(Signals const& signals, double interval_s) {
  // The angle turns at a quarter of the supply's frequency, so that sub-harmonics are whole multiples too.
  auto const turns = signals.frequency.value() * interval_s / fundamental_quarters;
  BLONDEL_EXPECTS(turns >= 0 && turns < 0.5);
  turn_per_sample_ = static_cast<std::uint64_t>(turns * turns_to_fraction);

  used_ = signals.count;
  for (std::size_t s = 0; s < used_; ++s) {
    auto const& component = signals.component[s];
    auto& rotor = rotors_[s];
    rotor.quarters = component.quarters;
    auto const peak = component.quarters == 0 ? 1.0 : std::numbers::sqrt2;
    for (std::size_t k = 0; k < element_count; ++k) {
      rotor.u_sine[k] = peak * component.u_v[k].real();
      rotor.u_cosine[k] = peak * component.u_v[k].imag();
      rotor.i_sine[k] = peak * component.i_a[k].real();
      rotor.i_cosine[k] = peak * component.i_a[k].imag();
    }
  }
  renew();
}

ThreePhaseSource::Slot ThreePhaseSource::slot_now(std::size_t index) const {
  auto const& rotor = rotors_[index];
  auto const quarters = static_cast<std::uint64_t>(rotor.quarters);
  auto const at = std::polar(1.0, radians_of(turn_ * quarters));
  Slot slot{.angle_per_sample = radians_of(turn_per_sample_ * quarters)};
  for (std::size_t k = 0; k < element_count; ++k) {
    slot.u_v[k] = at * std::complex{rotor.u_sine[k], rotor.u_cosine[k]};
    slot.i_a[k] = at * std::complex{rotor.i_sine[k], rotor.i_cosine[k]};
  }
  return slot;
}

void ThreePhaseSource::renew() {
  for (std::size_t s = 0; s < used_; ++s) {
    auto& rotor = rotors_[s];
    auto const quarters = static_cast<std::uint64_t>(rotor.quarters);
    auto const angle = radians_of(turn_ * quarters);
    auto const step = radians_of(turn_per_sample_ * quarters);
    rotor.sine = std::sin(angle);
    rotor.cosine = std::cos(angle);
    rotor.step_sine = std::sin(step);
    rotor.step_cosine = std::cos(step);
  }
  since_renewal_ = 0;
}

}  // namespace blondel
