#pragma once
/// How to feed a meter: the tiers that turn operating points into samples or increments.

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include <blondel/base/time.hpp>
#include <blondel/frontend/front_end_model.hpp>
#include <blondel/frontend/recording_feed.hpp>
#include <blondel/frontend/signals.hpp>
#include <blondel/meter/element_increment.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// Waveform tier: source, transformers, divider, filter, converter at the sample rate.
/// Phase angles are continuous across changes of the operating point; the first point starts in the
/// transformers' linear steady state.
class WaveformFrontEnd {
 public:
  /// @param seed, meter key the noise streams "adc.u.<n>" and "adc.i.<n>"
  WaveformFrontEnd(FrontEndModel const& model, std::uint64_t seed, std::uint64_t meter, SimTime start);
  ~WaveformFrontEnd();
  WaveformFrontEnd(WaveformFrontEnd&&) noexcept;
  WaveformFrontEnd& operator=(WaveformFrontEnd&&) noexcept;

  /// Takes effect with the next sample not yet made.
  void set_signals(Signals const& elements);
  /// From the next sample on the elements see a recording. The signals then only tell temperature and level,
  /// and the state in which the transformers start.
  void set_recording(RecordingFeed const& feed);
  /// Makes the samples whose instant is before `until`, at most frames.size() of them.
  /// @return how many were written
  std::size_t sample(std::span<SampleFrame> frames, SimTime until);
  /// The instant of the next sample.
  [[nodiscard]] SimTime next_sample() const;

 private:
  struct State;
  std::vector<State> state_;  // exactly one; keeps the header free of kernels
};

/// A complex correction over one quantity, from evenly spaced points, by local cubics; the ends hold.
template<std::size_t Points>
struct Influence {
  double from{};
  double step{1.0};
  std::array<std::complex<double>, Points> at{};

  [[nodiscard]] double point(std::size_t n) const { return from + step * static_cast<double>(n); }
  [[nodiscard]] std::complex<double> value(double x) const;
};

/// Complex gain of one element against an ideal one, fitted from waveform runs of that very meter.
/// @source metrology.md 4.2: S_meas = S * c(I, f, T) + x U^2
struct AccuracySurface {
  static constexpr std::size_t current_points = 24;
  static constexpr double current_min_a = 0.002;  ///< secondary
  static constexpr double current_max_a = 12.0;

  struct Element {
    /// c - 1 at log-spaced secondary currents, 23 C, Un, fn.
    std::array<std::complex<double>, current_points> gain_error{};
    // What rated current adds off the fitted point.
    Influence<8> temperature_c{.from = -50.0, .step = 20.0};
    Influence<9> frequency_hz{.from = 45.0, .step = 2.5};
    Influence<10> voltage_v{.from = 92.0, .step = 46.0};  ///< 0.4 to 2.2 Un
    /// Voltage of each element that shows as current of this one. @units A per V, secondary
    std::array<double, element_count> crosstalk{};
  };
  std::array<Element, element_count> element{};
  double fitted_frequency_hz{50.0};
  double fitted_temperature_c{23.0};
  double fitted_voltage_v{230.0};

  /// c at a secondary current, by cubic interpolation in log2 I. @cost one log2
  /// @param channel of signals
  [[nodiscard]] std::complex<double> gain(std::size_t channel, double secondary_a,
                                          Signals const& signals) const;
  /// The current that is not there, from the voltages that are. @units A, secondary
  [[nodiscard]] std::complex<double> crosstalk_a(std::size_t channel, Signals const& signals) const;
};

/// Interval tier: closed form energy of a constant operating point, through the accuracy surface.
class IntervalFrontEnd {
 public:
  /// @param ct_ratio nominal ratio of the external transformer, primary over secondary; its errors are part
  ///        of the surface
  IntervalFrontEnd(AccuracySurface const& surface, double ct_ratio, SimTime start);

  void set_signals(Signals const& elements);
  /// The increment from the last call (or start) to `until`; the rounding remainder is carried.
  /// A span of zero gives span 0 and no energy.
  [[nodiscard]] ElementIncrement accrue(SimTime until);

 private:
  struct Rates {
    double active_w{};
    double reactive_var{};
    double apparent_va{};
    std::int32_t u_mv{};
    std::int32_t i_ua{};
  };
  AccuracySurface surface_;
  double ct_ratio_;
  SimTime accrued_;
  std::array<Rates, element_count> rates_{};
  std::int32_t neutral_ua_{};
  std::int32_t frequency_mhz_{};
  bool reversed_sequence_{};
  std::array<std::array<double, 3>, element_count> remainder_{};  // uJ, uvar.s, uVA.s, in [0, 1)
};

}  // namespace blondel
