#include <cmath>
#include <complex>
#include <numbers>

#include "twin/bench_run.hpp"
#include "twin/factory.hpp"

namespace blondel {
namespace {

/// The noiseless twin of a front end: the surface holds what is systematic.
FrontEndModel without_noise(FrontEndModel model) {
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.0;
    adc.i_noise_a = 0.0;
  }
  return model;
}

/// Currents of the surface's grid, log-spaced. @units A, secondary
double grid_current(int n) {
  auto const octaves = std::log2(AccuracySurface::current_max_a / AccuracySurface::current_min_a);
  return AccuracySurface::current_min_a * std::exp2(octaves * n / (AccuracySurface::current_points - 1));
}

/// Waveform runs of one meter at single points, for the surface.
class SurfaceFit {
 public:
  SurfaceFit(FrontEndModel const& model, MeterConfig const& config, CalibrationSet const& calibration)
      : model_{without_noise(model)},
        config_{config},
        calibration_{calibration} {
    for (std::size_t into = 0; into < element_count; ++into) {
      for (std::size_t from = 0; from < element_count; ++from) {
        surface_.element[into].crosstalk[from] = crosstalk_a_per_v(model, into, from);
      }
    }
  }

  AccuracySurface run() {
    auto const f = nominal_frequency(config_.type.phases);
    for (std::size_t n = 0; n < AccuracySurface::current_points; ++n) {
      store(
          gain_at(grid_current(static_cast<int>(n)), f, nominal_u_v, 23.0),
          1.0, [n](auto& element) -> auto& { return element.gain_error[n]; });
    }
    fit_influences(f);
    auto const& grid = surface_.element[0];
    auto const without =
        power_of(balanced(f, nominal_u_v, rated_i_a * model_.external_ct.turns, 0.0, 23.0), short_run);
    for (std::size_t n = 0; n < grid.harmonic.at.size(); ++n) {
      store(
          harmonic_gain(static_cast<int>(grid.harmonic.point(n)), without),
          1.0, [n](auto& element) -> auto& { return element.harmonic.at[n]; });
    }
    return surface_;
  }

 private:
  using Gains = std::array<std::complex<double>, element_count>;

  /// How long to measure: both spans end 4 ms after a multiple of 0.4 s, when whole cycles of every multiple
  /// of 2.5 Hz and whole samples end together, so that no piece of a cycle is left over.
  struct Span {
    double settle_s{}, measure_s{};
  };
  /// The period's tracking needs some 20 cycles for 1e-6.
  static constexpr Span long_run{0.804, 0.8};
  /// At the nominal frequency it is right from the start, and a harmonic's power is a small part.
  static constexpr Span short_run{0.104, 0.4};

  static Gains less(Gains gains, Gains const& reference) {
    for (std::size_t e = 0; e < element_count; ++e) {
      gains[e] -= reference[e];
    }
    return gains;
  }

  /// What temperature and frequency add, on their grid, and what the voltage adds at rated current.
  void fit_influences(double f) {
    constexpr auto& currents = AccuracySurface::drift_a;
    for (std::size_t n = 0; n < currents.size(); ++n) {
      auto const reference = gain_at(currents[n], f, nominal_u_v, 23.0);
      store(
          reference, 1.0, [n](auto& element) -> auto& { return element.drift_error[n]; });
      for (std::size_t at = 0; at < DriftAxis::points * DriftAxis::points; ++at) {
        auto const warm = at / DriftAxis::points;
        auto const fast = at % DriftAxis::points;
        auto const gain = gain_at(currents[n], AccuracySurface::drift_hz.point(fast), nominal_u_v,
                                  AccuracySurface::drift_c.point(warm));
        store(
            less(gain, reference), 0.0, [=](auto& element) -> auto& { return element.drift[warm][fast][n]; });
      }
    }
    auto const reference = gain_at(rated_i_a, f, nominal_u_v, 23.0);
    auto const& grid = surface_.element[0];
    for (std::size_t n = 0; n < grid.voltage_v.at.size(); ++n) {
      store(
          less(gain_at(rated_i_a, f, grid.voltage_v.point(n), 23.0), reference),
          0.0, [n](auto& element) -> auto& { return element.voltage_v.at[n]; });
    }
  }

  template<class Place>
  void store(Gains const& gains, double offset, Place place) {
    for (std::size_t e = 0; e < element_count; ++e) {
      place(surface_.element[e]) = gains[e] - offset;
    }
  }

  /// Complex gain of a harmonic's power. Reactive power shows an even order's active part only, so that the
  /// current stands once in phase with the voltage and once a quarter of its own period behind.
  Gains harmonic_gain(int order, Gains const& without) {
    constexpr double u_ratio = 0.1;
    constexpr double i_ratio = 0.4;
    auto point = balanced(nominal_frequency(config_.type.phases), nominal_u_v,
                          rated_i_a * model_.external_ct.turns, 0.0, 23.0);
    auto& harmonic = point.harmonic[0];
    harmonic = {.order = order, .u_ratio = u_ratio, .i_ratio = i_ratio};
    auto const in_phase = power_of(point, short_run);
    harmonic.i_angle = Radians{-std::numbers::pi / 2};
    auto const behind = power_of(point, short_run);
    constexpr double harmonic_va = nominal_u_v * u_ratio * rated_i_a * i_ratio;
    Gains gain{};
    for (std::size_t e = 0; e < element_count; ++e) {
      // P = Re(c S): S is real in the one case and j in the other.
      gain[e] = {(in_phase[e] - without[e]).real() / harmonic_va,
                 -(behind[e] - without[e]).real() / harmonic_va};
    }
    return gain;
  }

  /// Complex gain of the elements against ideal ones, without what the voltages couple over.
  Gains gain_at(double secondary_a, double frequency_hz, double u_v, double temperature_c) {
    // Half-inductive shows gain and angle at once.
    auto const point =
        balanced(frequency_hz, u_v, secondary_a * model_.external_ct.turns, pf_half_inductive, temperature_c);
    auto gain = power_of(point, long_run);
    auto const signals = line_signals(point);
    for (std::size_t e = 0; e < element_count; ++e) {
      gain[e] -= signals.component[0].u_v[e] * std::conj(surface_.crosstalk_a(e, signals));
      gain[e] /= std::polar(u_v * secondary_a, pf_half_inductive);
    }
    return gain;
  }

  /// What the elements measure. @units VA, behind the external transformer
  Gains power_of(OperatingPoint const& point, Span const& span) {
    Gains power_va{};
    double measured_s = 0.0;
    auto take = [&](ElementIncrement const& increment, double span_s) {
      if (span_s <= span.settle_s || span_s > span.settle_s + span.measure_s) {
        return;
      }
      measured_s += static_cast<double>(increment.span.ns()) * 1e-9;
      for (std::size_t e = 0; e < element_count; ++e) {
        power_va[e] += std::complex<double>{static_cast<double>(increment.element[e].active_uj),
                                            static_cast<double>(increment.element[e].reactive_uvars)} *
                       1e-6;
      }
    };
    run_increments(model_, config_, calibration_, point, span.settle_s + span.measure_s, 0, 0, take);
    for (auto& power : power_va) {
      power /= bench_time_s(model_, measured_s, point.temperature.value());
    }
    return power_va;
  }

  FrontEndModel model_;
  MeterConfig const& config_;
  CalibrationSet const& calibration_;
  AccuracySurface surface_;
};

}  // namespace

AccuracySurface fit_surface(FrontEndModel const& model, MeterConfig const& config,
                            CalibrationSet const& calibration) {
  return SurfaceFit{model, config, calibration}.run();
}

}  // namespace blondel
