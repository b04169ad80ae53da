#pragma once
/// How to feed a meter: the tiers that turn operating points into samples or increments.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <blondel/base/rng.hpp>
#include <blondel/base/state_fields.hpp>
#include <blondel/base/time.hpp>
#include <blondel/frontend/front_end_model.hpp>
#include <blondel/frontend/measured_rates.hpp>
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
  /// The instant of the sample that was made `back` samples before it, with the present signals.
  [[nodiscard]] SimTime earlier_sample(std::size_t back) const;

  /// What the samples so far have left behind: cores, filters, angles. A front end of the same model, seed
  /// and meter that has the same signals goes on from there; a recording is set after it.
  void save(StateWriter& to) const;
  void load(StateReader& from);

 private:
  struct State;
  std::vector<State> state_;  // exactly one; keeps the header free of kernels
};

/// Interval tier: closed form energy of a constant operating point, through the accuracy surface.
class IntervalFrontEnd {
 public:
  /// @param ct_ratio as MeasuredRates
  IntervalFrontEnd(AccuracySurface const& surface, double ct_ratio, SimTime start);

  void set_signals(Signals const& elements) { rates_.set_signals(elements); }
  /// The increment from the last call (or start) to `until`; the rounding remainder is carried.
  /// A span of zero gives span 0 and no energy.
  [[nodiscard]] ElementIncrement accrue(SimTime until);
  /// What is less than a unit, for the next front end to carry on.
  [[nodiscard]] MeasuredRates::Rests const& rests() const { return rates_.rests(); }
  void set_rests(MeasuredRates::Rests const& rests) { rates_.set_rests(rests); }

  /// Beside the signals.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.rates_);
    field(self.accrued_);
  }

 private:
  MeasuredRates rates_;
  SimTime accrued_;
};

/// What a cycle gave before its operating point changed.
struct CyclePart {
  ElementIncrement sum;
  std::array<double, element_count> u_square_ns{};  ///< V^2 ns
  std::array<double, element_count> i_square_ns{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.sum);
    field(self.u_square_ns);
    field(self.i_square_ns);
  }
};

/// Phasor tier: the same closed form, handed over with every cycle of the supply, with the converters' noise.
/// A cycle in which the operating point changes gives the energy of its parts and their rms value.
class PhasorFrontEnd {
 public:
  /// @param model of the converters' noise @param ct_ratio as MeasuredRates
  /// @param seed, meter key the noise streams "phasor.p.<n>" and "phasor.q.<n>"
  PhasorFrontEnd(AccuracySurface const& surface, FrontEndModel const& model, double ct_ratio,
                 std::uint64_t seed, std::uint64_t meter, SimTime start);

  /// Takes effect at `now`, not before the cycle under way began and not after its end.
  void set_signals(Signals const& elements, SimTime now);
  /// When the cycle under way ends.
  [[nodiscard]] SimTime cycle_end() const { return cycle_end_; }
  /// Hands over the cycle that ends at cycle_end() and begins the next one.
  [[nodiscard]] ElementIncrement cycle();
  /// Hands over the cycle under way up to `now`, as if it ended there. A span of zero gives no energy.
  [[nodiscard]] ElementIncrement cut(SimTime now);
  /// As IntervalFrontEnd; after cut() nothing else is under way.
  [[nodiscard]] MeasuredRates::Rests const& rests() const { return rates_.rests(); }
  void set_rests(MeasuredRates::Rests const& rests) { rates_.set_rests(rests); }

  /// Beside the signals.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.rates_);
    for (auto& noise : self.noise_) {
      field(noise.active);
      field(noise.reactive);
    }
    field(self.period_rest_);
    field(self.taken_);
    field(self.cycle_end_);
    field(self.part_);
  }

 private:
  struct ElementNoise {
    RandomStream active, reactive;
    double u_v{};               ///< rms per sample, at the terminals
    double i_a{};               ///< secondary
    std::int64_t cycle_fine{};  ///< of one cycle's energy: uJ 2^56 per step of RandomStream's sum
  };
  void begin_cycle(SimTime start);
  void add_noise(double share);
  ElementIncrement keep_part(SimDuration span);
  [[nodiscard]] ElementIncrement closed(SimDuration span);

  MeasuredRates rates_;
  double sample_rate_hz_;
  std::array<ElementNoise, element_count> noise_;
  bool is_noisy_{};
  std::int64_t frequency_mhz_{50'000};
  std::int64_t period_rest_{};  ///< what whole nanoseconds leave of the cycles, ns times mHz
  SimTime taken_;               ///< up to where the cycle's energy is in `part_`
  SimTime cycle_end_;
  std::optional<CyclePart> part_;
};

}  // namespace blondel
