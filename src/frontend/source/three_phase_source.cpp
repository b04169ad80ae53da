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

void ThreePhaseSource::set_operating_point(OperatingPoint const& point, double interval_s) {
  auto const turns = point.frequency.value() * interval_s;
  BLONDEL_EXPECTS(turns >= 0 && turns < 0.5);
  turn_per_sample_ = static_cast<std::uint64_t>(turns * turns_to_fraction);

  used_ = 1;
  slots_[0].order = 1;
  for (auto const& harmonic : point.harmonic) {
    if (harmonic.order != 0) {
      BLONDEL_EXPECTS(harmonic.order >= 2 && harmonic.order <= 40);
      slots_[used_++].order = harmonic.order;
    }
  }
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& phase = point.phase[k];
    auto const u_peak_v = std::numbers::sqrt2 * phase.u.value();
    auto const i_peak_a = std::numbers::sqrt2 * phase.i.value();
    auto const u_angle = phase.u_angle.value();
    auto const i_angle = u_angle - phase.lag.value();
    auto const set = [k](Rotor& rotor, double u_v, double u_at, double i_a, double i_at) {
      rotor.u_sine[k] = u_v * std::cos(u_at);
      rotor.u_cosine[k] = u_v * std::sin(u_at);
      rotor.i_sine[k] = i_a * std::cos(i_at);
      rotor.i_cosine[k] = i_a * std::sin(i_at);
    };
    set(slots_[0], u_peak_v, u_angle, i_peak_a, i_angle);
    std::size_t slot = 1;
    for (auto const& h : point.harmonic) {
      if (h.order != 0) {
        set(slots_[slot++], u_peak_v * h.u_ratio, h.order * u_angle + h.u_angle.value(), i_peak_a * h.i_ratio,
            h.order * i_angle + h.i_angle.value());
      }
    }
  }
  renew();
}

ThreePhaseSource::Slot ThreePhaseSource::slot_now(std::size_t index) const {
  auto const& rotor = slots_[index];
  auto const order = static_cast<std::uint64_t>(rotor.order);
  auto const at = std::polar(1.0, radians_of(turn_ * order));
  Slot slot{.order = rotor.order, .angle_per_sample = radians_of(turn_per_sample_ * order)};
  for (std::size_t k = 0; k < element_count; ++k) {
    slot.u_v[k] = at * std::complex{rotor.u_sine[k], rotor.u_cosine[k]};
    slot.i_a[k] = at * std::complex{rotor.i_sine[k], rotor.i_cosine[k]};
  }
  return slot;
}

void ThreePhaseSource::renew() {
  for (std::size_t s = 0; s < used_; ++s) {
    auto& rotor = slots_[s];
    auto const order = static_cast<std::uint64_t>(rotor.order);
    auto const angle = radians_of(turn_ * order);
    auto const step = radians_of(turn_per_sample_ * order);
    rotor.sine = std::sin(angle);
    rotor.cosine = std::cos(angle);
    rotor.step_sine = std::sin(step);
    rotor.step_cosine = std::cos(step);
  }
  since_renewal_ = 0;
}

}  // namespace blondel
