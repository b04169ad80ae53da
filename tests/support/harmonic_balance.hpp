#pragma once
/// A current transformer on paper, with a core that bends its flux so that orders mix.

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>

#include <blondel/frontend/front_end_model.hpp>

namespace blondel::test {

using Complex = std::complex<double>;

/// Excitation current over flux at the fundamental of a flux swinging by an amplitude: the mean of
/// (1 / L)(a sin) weighted with 2 sin^2, without saturation. @source metrology.md 3.1
inline double excitation(CtModel const& ct, double flux_wb, double warmer_k) {
  auto const l0 = 4e-7 * std::numbers::pi * ct.initial_permeability * (1 + ct.permeability_per_k * warmer_k) *
                  ct.turns * ct.turns * ct.core_area_m2 / ct.core_length_m;
  auto const a0 = ct.turns * ct.core_area_m2 * ct.low_field_b_t;
  double mean = 0.0;
  constexpr int points = 200;
  for (int n = 0; n < points; ++n) {
    auto const sine = std::sin(std::numbers::pi * (n + 0.5) / points);
    auto const a = flux_wb * sine;
    mean += 2 * sine * sine / points / (l0 * (1 + ct.low_field_rise * a / (a + a0)));
  }
  return mean;
}

/// Resistance of a transformer's secondary loop. @param own_ohm of what it feeds beside the burden
inline double loop_resistance(CtModel const& ct, double own_ohm, double warmer_k) {
  return ct.winding.value() * (1 + ct.winding_per_k * warmer_k) +
         ct.burden.value() * (1 + ct.burden_per_k * warmer_k) + own_ohm;
}

/// The steady state of an external transformer: flux gives excitation current by the curve, instant by
/// instant, and what that leaves of the current gives flux, order by order; in turns, until both agree.
class HarmonicBalance {
 public:
  static constexpr std::size_t orders = 32;
  using Spectrum = std::array<Complex, orders>;  ///< by order, rms; of sines, as Signals

  HarmonicBalance(CtModel const& model, double own_ohm, double frequency_hz, double warmer_k)
      : ct_{model},
        omega_{2 * std::numbers::pi * frequency_hz},
        warmer_k_{warmer_k},
        loop_ohm_{loop_resistance(model, own_ohm, warmer_k)} {
    ct_.turns *= 1 - ct_.turns_correction;
    for (std::size_t n = 0; n < points; ++n) {
      turn_[n] = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(n) / points);
    }
  }

  [[nodiscard]] Spectrum secondary(Spectrum const& primary_a) const {
    auto const joined_ohm = 1 / (1 / loop_ohm_ + 1 / loss_ohm(std::abs(primary_a[1]) / ct_.turns));
    Spectrum excited_a{};
    Spectrum secondary_a{};
    for (int round = 0; round < 40; ++round) {
      Spectrum flux_wb{};
      for (std::size_t h = 1; h < orders; ++h) {
        auto const left_a = primary_a[h] / ct_.turns - excited_a[h];
        flux_wb[h] = joined_ohm * left_a / Complex{0.0, static_cast<double>(h) * omega_};
        secondary_a[h] = joined_ohm / loop_ohm_ * left_a;
      }
      excited_a = excited_by(flux_wb);
    }
    return secondary_a;
  }

 private:
  static constexpr std::size_t points = 256;

  [[nodiscard]] Spectrum excited_by(Spectrum const& flux_wb) const {
    auto const per_l0 = excitation(ct_, 0.0, warmer_k_);
    auto const turns_area_m2 = ct_.turns * ct_.core_area_m2;
    Spectrum excited_a{};
    for (std::size_t n = 0; n < points; ++n) {
      double now_wb = 0.0;
      for (std::size_t h = 1; h < orders; ++h) {
        now_wb += std::sqrt(2.0) * (flux_wb[h] * turn_[h * n % points]).imag();
      }
      auto const b_t = std::abs(now_wb) / turns_area_m2;
      auto const now_a = now_wb * per_l0 / (1 + ct_.low_field_rise * b_t / (b_t + ct_.low_field_b_t)) *
                         (1 + std::pow(b_t / ct_.saturation_b_t, ct_.saturation_exponent));
      for (std::size_t h = 1; h < orders; ++h) {
        excited_a[h] += Complex{0.0, std::sqrt(2.0) / points * now_a} * std::conj(turn_[h * n % points]);
      }
    }
    return excited_a;
  }

  /// The loss resistance follows the inductance with the level of the fundamental, if at all.
  [[nodiscard]] double loss_ohm(double fundamental_a) const {
    auto const per_l0 = excitation(ct_, 0.0, warmer_k_);
    auto const loss_ohm = ct_.loss.value();
    double per_henry = per_l0;
    for (int round = 0; round < 20 && ct_.loss_follows_permeability; ++round) {
      auto const gain = 1.0 / (1.0 + loop_ohm_ * per_henry / Complex{0.0, omega_} + loop_ohm_ / loss_ohm);
      auto const flux_wb = std::sqrt(2.0) * fundamental_a * std::abs(gain) * loop_ohm_ / omega_;
      per_henry = excitation(ct_, flux_wb, warmer_k_);
    }
    return loss_ohm * per_l0 / per_henry;
  }

  CtModel ct_;
  double omega_;
  double warmer_k_;
  double loop_ohm_;
  std::array<Complex, points> turn_{};
};

}  // namespace blondel::test
