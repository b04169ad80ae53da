#pragma once
/// One calibrated meter's powers at single points: by samples, by phasors, and what its parts give on paper.

#include <cmath>
#include <complex>
#include <numbers>

#include "support/harmonic_balance.hpp"
#include "support/twin_fixture.hpp"
#include "twin/bench_run.hpp"
#include "twin/factory.hpp"

namespace blondel::test {

inline MeterConfig direct_meter() {
  return class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
}

/// A meter at its own terminals, without noise.
struct TierBench {
  explicit TierBench(FrontEndModel const& front_end) : model{front_end} {
    auto const set = calibrate(model, config, 1, 0);
    REQUIRE(set.has_value());
    calibration = *set;
    surface = fit_surface(model, config, calibration);
  }

  /// Sum of the elements' P + jQ over whole cycles, from samples. @units VA
  [[nodiscard]] Complex waveform(OperatingPoint const& point, double settle_s, double measure_s) const {
    Complex energy;
    double seconds = 0.0;
    run_increments(model, config, calibration, point, settle_s + measure_s, 0, 0,
                   [&](ElementIncrement const& increment, double span_s) {
                     if (span_s <= settle_s) {
                       return;
                     }
                     seconds += static_cast<double>(increment.span.ns()) * 1e-9;
                     energy += joules(increment);
                   });
    return energy / bench_time_s(model, seconds, point.temperature.value());
  }

  /// The same from the phasor tier's cycles.
  [[nodiscard]] Complex phasor(OperatingPoint const& point) const {
    PhasorFrontEnd front_end{surface, model, 1.0, 1, 0, SimTime{}};
    front_end.set_signals(line_signals(point), SimTime{});
    Complex energy;
    SimTime end;
    for (int n = 0; n < 100; ++n) {
      end = front_end.cycle_end();
      energy += joules(front_end.cycle());
    }
    return energy / (static_cast<double>(end.ns()) * 1e-9);
  }

  static Complex joules(ElementIncrement const& increment) {
    Complex sum;
    for (auto const& share : increment.element) {
      sum += Complex{static_cast<double>(share.active_uj), static_cast<double>(share.reactive_uvars)} * 1e-6;
    }
    return sum;
  }

  FrontEndModel model;
  MeterConfig config{direct_meter()};
  CalibrationSet calibration;
  AccuracySurface surface;
};

/// What the parts of metrology.md 3.1 to 3.3 do to the power of sinusoids, in continuous time: nothing of
/// it comes from the program's samples, laws or surfaces. Calibrated at 5 A, 230 V, 50 Hz, 23 C.
struct ClosedForm {
  FrontEndModel model;

  /// Secondary over ideal secondary current, of an order while the fundamental has the flux.
  static Complex transformer(CtModel const& ct, double i_a, double frequency_hz, double warmer_k, int order) {
    auto const omega = 2 * std::numbers::pi * frequency_hz;
    auto const loop_ohm = loop_resistance(ct, 0.0, warmer_k);
    Complex gain = 1.0;
    double per_henry = 0.0;
    for (int round = 0; round < 6; ++round) {
      auto const flux_wb = std::sqrt(2.0) * i_a / ct.turns * std::abs(gain) * loop_ohm / omega;
      per_henry = excitation(ct, flux_wb, warmer_k);
      gain = 1.0 / (1.0 + loop_ohm * per_henry / Complex{0.0, omega} + loop_ohm / ct.loss.value());
    }
    return 1.0 / (1.0 + loop_ohm * per_henry / Complex{0.0, order * omega} + loop_ohm / ct.loss.value()) *
           (1 + ct.burden_per_k * warmer_k);
  }

  /// Measured over true power before calibration.
  [[nodiscard]] Complex raw(std::size_t k, double u_v, double i_a, double frequency_hz, double temperature_c,
                            int order) const {
    auto const warmer_k = temperature_c - 23.0;
    auto const& adc = model.adc[k];
    auto const omega = 2 * std::numbers::pi * frequency_hz * order;
    auto const u_filter = 1.0 / Complex{1.0, omega * adc.u_filter_tau_s};
    auto const i_filter = 1.0 / Complex{1.0, omega * adc.i_filter_tau_s};
    auto const& divider = model.divider[k];
    auto const u_gain = 1 + divider.ratio_error + divider.per_k * warmer_k + divider.per_v * (u_v - 230.0);
    auto const reference = 1 + adc.reference_per_k * warmer_k + adc.reference_per_k2 * warmer_k * warmer_k;
    auto const i_gain = transformer(model.internal_ct[k], i_a, frequency_hz, warmer_k, order);
    auto const crystal = 1 + clock_error_at(adc, Celsius{temperature_c});
    return u_gain * u_filter * std::conj(i_gain * i_filter) * reference * reference / crystal;
  }

  /// The same after calibration: one delay, one gain.
  [[nodiscard]] Complex gain(std::size_t k, double u_v, double i_a, double frequency_hz, double temperature_c,
                             int order) const {
    auto const reference = raw(k, 230.0, 5.0, 50.0, 23.0, 1);
    auto const delay_s = -std::arg(reference) / (2 * std::numbers::pi * 50.0);
    return raw(k, u_v, i_a, frequency_hz, temperature_c, order) / std::abs(reference) *
           std::polar(1.0, 2 * std::numbers::pi * frequency_hz * order * delay_s);
  }

  /// P + jQ of all elements as the meter shows them, Q with the voltage a quarter period late.
  [[nodiscard]] Complex power(OperatingPoint const& point) const {
    Complex sum;
    for (std::size_t k = 0; k < element_count; ++k) {
      auto const& phase = point.phase[k];
      HarmonicBalance::Spectrum u_v{};
      HarmonicBalance::Spectrum i_a{};
      u_v[1] = phase.u.value();
      i_a[1] = std::polar(phase.i.value(), -phase.lag.value());
      for (auto const& harmonic : point.harmonic) {
        if (harmonic.order != 0) {
          auto const h = static_cast<std::size_t>(harmonic.order);
          u_v[h] = std::polar(phase.u.value() * harmonic.u_ratio, harmonic.u_angle.value());
          i_a[h] = std::polar(phase.i.value() * harmonic.i_ratio,
                              harmonic.i_angle.value() - static_cast<double>(h) * phase.lag.value());
        }
      }
      if (model.external_ct.present) {
        HarmonicBalance const external{model.external_ct, model.terminal_burden.value(),
                                       point.frequency.value(), point.temperature.value() - 23.0};
        i_a = external.secondary(i_a);
      }
      for (std::size_t h = 1; h < HarmonicBalance::orders; ++h) {
        if (u_v[h] != 0.0) {
          auto const order = static_cast<int>(h);
          auto const s_va = u_v[h] * std::conj(i_a[h]) *
                            gain(k, phase.u.value(), std::abs(i_a[1]), point.frequency.value(),
                                 point.temperature.value(), order);
          sum += Complex{s_va.real(), (s_va * std::polar(1.0, -order * std::numbers::pi / 2)).real()};
        }
      }
    }
    return sum;
  }
};

}  // namespace blondel::test
