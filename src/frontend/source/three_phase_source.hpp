#pragma once
/// Three-phase voltages and currents, sample by sample, by rotation.

#include <array>
#include <complex>
#include <cstdint>

#include <blondel/frontend/signals.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

/// One angle turns for everything; each channel is a sum of its sines and cosines, so that no phase can drift
/// against another. The angle itself is an integer fraction of a turn and never rounds.
class ThreePhaseSource {
 public:
  /// Takes effect with the next sample; the angle goes on from where it is.
  void set_signals(Signals const& signals, double interval_s);

  /// One sinusoid of every channel.
  struct Slot {
    double angle_per_sample{};
    std::array<std::complex<double>, element_count>
        u_v{};  ///< amplitudes at the next sample; the value is the
    std::array<std::complex<double>, element_count> i_a{};  ///< imaginary part
  };
  /// What the next sample consists of, for setting up a steady state.
  [[nodiscard]] Slot slot_now(std::size_t index) const;
  [[nodiscard]] std::size_t used_slots() const { return used_; }

  /// Writes the next samples. @shape u_v[count], i_a[count]
  BLONDEL_KERNEL void run(Lanes* u_v, Lanes* i_a, std::size_t count) {
    std::size_t done = 0;
    while (done < count) {
      if (since_renewal_ == renewal_samples) {
        renew();
      }
      auto const left = static_cast<std::size_t>(renewal_samples - since_renewal_);
      auto const here = left < count - done ? left : count - done;
      rotate(rotors_[0], u_v + done, i_a + done, here, false);
      for (std::size_t s = 1; s < used_; ++s) {
        rotate(rotors_[s], u_v + done, i_a + done, here, true);
      }
      turn_ += turn_per_sample_ * here;
      since_renewal_ += static_cast<int>(here);
      done += here;
    }
  }

 private:
  struct Rotor {
    Lanes u_sine{}, u_cosine{}, i_sine{}, i_cosine{};
    double sine{}, cosine{1.0}, step_sine{}, step_cosine{1.0};
    int quarters{fundamental_quarters};
  };

  BLONDEL_KERNEL static void rotate(Rotor& rotor, Lanes* u_v, Lanes* i_a, std::size_t count, bool adds) {
    auto const step_sine = rotor.step_sine;
    auto const step_cosine = rotor.step_cosine;
    auto sine = rotor.sine;
    auto cosine = rotor.cosine;
    for (std::size_t n = 0; n < count; ++n) {
      // Written out, because the baseline's own broadcast goes through memory and stalls.
      Lanes const s{sine, sine, sine, sine};
      Lanes const c{cosine, cosine, cosine, cosine};
      Lanes const u = rotor.u_sine * s + rotor.u_cosine * c;
      Lanes const i = rotor.i_sine * s + rotor.i_cosine * c;
      u_v[n] = adds ? u_v[n] + u : u;
      i_a[n] = adds ? i_a[n] + i : i;
      auto const next_sine = sine * step_cosine + cosine * step_sine;
      cosine = cosine * step_cosine - sine * step_sine;
      sine = next_sine;
    }
    rotor.sine = sine;
    rotor.cosine = cosine;
  }

  /// Sets every rotor anew from the exact angle, once a cycle.
  void renew();

  static constexpr int renewal_samples = static_cast<int>(block_samples);

  std::array<Rotor, signal_components> rotors_{};
  std::size_t used_{1};
  std::uint64_t turn_{};  ///< a quarter of the supply's angle at the next sample, 2^-64 turns
  std::uint64_t turn_per_sample_{};
  int since_renewal_{renewal_samples};
};

}  // namespace blondel
