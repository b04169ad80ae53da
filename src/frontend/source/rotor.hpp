#pragma once
/// Sinusoids by rotation, sample by sample.

#include <type_traits>

#include <blondel/frontend/signals.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

/// One sinusoid of every channel, as multiples of one sine and cosine that turn.
struct Rotor {
  Lanes u_sine{}, u_cosine{}, i_sine{}, i_cosine{};
  double sine{}, cosine{1.0}, step_sine{}, step_cosine{1.0};
  int quarters{fundamental_quarters};
};

/// A rotor while it writes a block.
/// @tparam Width with Paired both kinds stand in one vector
template<class Width>
class TurningRotor {
 public:
  BLONDEL_KERNEL TurningRotor() = default;
  BLONDEL_KERNEL explicit TurningRotor(Rotor const& rotor) {
    spread(rotor.sine, sine_);
    spread(rotor.cosine, cosine_);
    spread(rotor.step_sine, step_sine_);
    spread(rotor.step_cosine, step_cosine_);
    if constexpr (is_paired) {
      join(rotor.u_sine, rotor.i_sine, u_sine_);
      join(rotor.u_cosine, rotor.i_cosine, u_cosine_);
    } else {
      u_sine_ = rotor.u_sine;
      u_cosine_ = rotor.u_cosine;
      i_sine_ = rotor.i_sine;
      i_cosine_ = rotor.i_cosine;
    }
  }
  /// The next sample. @param adds to what stands there
  BLONDEL_KERNEL void make(Lanes& u_v, Lanes& i_a, bool adds) {
    Lanes u;
    Lanes i;
    if constexpr (is_paired) {
      PairedLanes const both = u_sine_ * sine_ + u_cosine_ * cosine_;
      split(both, u, i);
    } else {
      u = u_sine_ * sine_ + u_cosine_ * cosine_;
      i = i_sine_ * sine_ + i_cosine_ * cosine_;
    }
    u_v = adds ? u_v + u : u;
    i_a = adds ? i_a + i : i;
    // In every lane the same: turning all costs less than spreading one.
    Vector const next_sine = sine_ * step_cosine_ + cosine_ * step_sine_;
    cosine_ = cosine_ * step_cosine_ - sine_ * step_sine_;
    sine_ = next_sine;
  }
  BLONDEL_KERNEL void keep(Rotor& rotor) const {
    rotor.sine = sine_[0];
    rotor.cosine = cosine_[0];
  }

 private:
  static constexpr bool is_paired = std::is_same_v<Width, Paired>;
  using Vector = typename Width::Vector;

  BLONDEL_KERNEL static void spread(double value, Vector& vector) { vector = value - Vector{}; }

  Vector u_sine_{}, u_cosine_{};  ///< of both kinds if paired
  Vector i_sine_{}, i_cosine_{};
  Vector sine_{}, cosine_{}, step_sine_{}, step_cosine_{};
};

}  // namespace blondel
