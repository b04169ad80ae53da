#pragma once
/// A power quality instrument on the meter's own converters: what IEC 61000-4-30 and 61000-4-7 define, from
/// codes.

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include <blondel/base/time.hpp>
#include <blondel/frontend/ratings.hpp>
#include <blondel/meter/sample.hpp>
#include <frontend/adc/adc_bank.hpp>
#include <frontend/source/recording_kernel.hpp>
#include <lab/quality/half_cycle_rms.hpp>
#include <lab/quality/voltage_events.hpp>

namespace blondel {

/// What the instrument must know of the converters.
struct QualitySettings {
  double sample_rate_hz{8000.0};
  double nominal_hz{50.0};
  double declared_v{nominal_u_v};
  bool aron{};  ///< no middle element; the voltages are U12 and U32
  std::array<double, element_count> volts_per_code{};
  std::array<double, element_count> amps_per_code{};  ///< secondary
  double filter_tau_s{};                              ///< RC before the converters
  bool sinc3{};                                       ///< droop of the modulator
};

/// Beyond this part of the sampling rate nothing is told of a signal.
inline constexpr double quality_band = 0.45;

inline constexpr int harmonic_max = 40;

/// One channel over ten cycles (twelve at 60 Hz).
struct ChannelQuality {
  double rms{};  ///< V or A
  /// rms of each harmonic subgroup, droop of filter and modulator taken back; [0] is the direct part. NaN
  /// beyond the converters' band: at 8000 S/s none, at 4096 S/s and 50 Hz from order 37 on.
  std::array<double, harmonic_max + 1> subgroup{};
  /// Of subgroups 2 to 40, as far as there are, over the first: THDS. NaN without a fundamental. @units
  /// percent
  [[nodiscard]] double thd_percent() const;
};

/// Ten cycles of everything. @source IEC 61000-4-30 (10/12 cycles), 61000-4-7 (subgroups)
struct QualityWindow {
  SimTime begin, end;
  double frequency_hz{};
  std::array<ChannelQuality, element_count> u, i;
  double unbalance_percent{};  ///< negative over positive sequence of the fundamental; NaN with two elements
};

struct HalfCycleValue {
  std::size_t phase{};
  SimTime end;
  double rms_v{};
};

class PowerQualityMeter {
 public:
  explicit PowerQualityMeter(QualitySettings const& settings);

  /// @param first instant of the first frame; after a gap everything but running events starts anew
  void handle_samples(std::span<SampleFrame const> frames, SimTime first);
  /// Events that have not ended at the last sample.
  [[nodiscard]] std::vector<VoltageEvent> running_events() const {
    return event_rules_.running(instant(static_cast<double>(made_)));
  }

  // What has come up; whoever reads it empties it.
  std::vector<QualityWindow> windows;
  std::vector<HalfCycleValue> half_cycles;
  std::vector<VoltageEvent> events;

 private:
  static constexpr std::size_t channels = 2 * element_count;  ///< three voltages, three currents
  using Frame = std::array<double, channels>;
  struct Span {
    double from{}, to{};  ///< samples
  };

  void start();
  void handle_voltages(Frame const& frame);
  void handle_reference_edge(double at);
  void measure(Span const& span);
  void fill(ChannelQuality& channel, std::vector<double> const& values,
            std::vector<std::complex<double>> const& spectrum, double frequency_hz) const;
  [[nodiscard]] bool is_present(std::size_t element) const { return !settings_.aron || element != 1; }
  [[nodiscard]] double gain(double frequency_hz) const;
  [[nodiscard]] SimTime instant(double sample) const;

  QualitySettings settings_;
  int cycles_;  ///< of a window
  AdcBank converters_;
  RecordingKernel kernel_;
  VoltageEvents event_rules_;
  std::vector<HalfCycleRms> rms_;  ///< of the three voltages
  std::vector<Frame> ring_;        ///< a power of two long
  long long made_{};
  long long anchor_{};  ///< first sample of the block under way
  SimTime anchor_at_;
  std::size_t reference_{};  ///< the voltage whose crossings bound the windows
  std::array<double, element_count> last_rms_{};
  std::vector<double> edges_;  ///< of the window under way
  std::vector<Span> waiting_;  ///< for samples behind their end
};

}  // namespace blondel
