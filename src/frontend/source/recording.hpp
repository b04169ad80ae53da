#pragma once
/// A recording of voltages and currents, played at whatever instants are asked for.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <blondel/base/time.hpp>
#include <blondel/frontend/operating_point.hpp>
#include <frontend/lanes.hpp>
#include <frontend/source/recording_kernel.hpp>

namespace blondel {

/// What a recording is made of. @shape all columns alike, at least `lead_in_samples` long
struct RecordingData {
  double rate_hz{};  ///< samples a second
  /// Potentials of the conductors L1, L2, L3: against the neutral, or against L2 when only line voltages
  /// were recorded; that of L2 is then zero.
  std::array<std::vector<double>, element_count> u_v;
  std::array<std::vector<double>, element_count> i_a;  ///< through the external transformers' primaries
  bool has_line_voltages{};
  double frequency_hz{50.0};  ///< nominal, of the mains
  Celsius temperature{23.0};
  SimDuration lead_in;            ///< time before the first sample
  std::size_t lead_in_samples{};  ///< whole cycles at the beginning, repeated during the lead-in and before
  bool repeats{};                 ///< after the end the record begins anew; otherwise nothing stands there
};

/// One voltage and current path per line, interpolated between samples by RecordingKernel. Before the first
/// sample its first whole cycles repeat; behind the last one there is nothing, or the record again. What is
/// given depends on the instant alone.
class Recording {
 public:
  explicit Recording(RecordingData data);

  /// Writes the lines' values at start_s + (first + n) interval_s. @shape u_v[count], i_a[count]
  /// @cost some 0.4 us a sample
  void sample(double start_s, double interval_s, std::uint64_t first, Lanes* u_v, Lanes* i_a,
              std::size_t count) const;

  /// The integral of voltage times current of each line over a span, in closed form: the interpolated signals
  /// are cubics, and their product is integrated exactly. With line voltages the sum stands at L1, because
  /// a conductor alone has no power. @units J @cost some 5 us a sample of the record
  [[nodiscard]] std::array<double, element_count> energy(SimTime from, SimTime to) const;

  /// The fundamentals over the nominal cycle that ends at `now`.
  [[nodiscard]] OperatingPoint point_at(SimTime now) const;
  /// The end of the next nominal cycle; never() when nothing comes any more.
  [[nodiscard]] SimTime next_change(SimTime now) const;

  [[nodiscard]] bool has_line_voltages() const { return data_.has_line_voltages; }

 private:
  struct Frame {
    Lanes u{}, i{};
  };
  using Window = std::array<Frame, RecordingKernel::taps>;

  [[nodiscard]] Frame const& frame(std::int64_t n) const;
  /// The samples around the instant n + fraction.
  void fill(std::int64_t n, Window& window) const;
  void interpolate(Window const& window, double fraction, Frame& value) const;
  [[nodiscard]] double position(double time_s) const { return (time_s - lead_in_s_) * data_.rate_hz; }
  /// Integral of u i over the whole sample n, and over a part of it. @units W times samples
  void add_whole(std::int64_t n, Lanes& sum) const;
  void add_part(std::int64_t n, double from, double to, Lanes& sum) const;

  RecordingData data_;
  std::vector<Frame> frames_;
  Frame nothing_;
  RecordingKernel kernel_;
  double lead_in_s_{};
};

/// The same samples as if taken earlier by `samples`, a fraction or more; beyond the ends the outermost
/// values stand. Undoes the skew of a recorder that samples channel by channel.
[[nodiscard]] std::vector<double> shifted(std::vector<double> const& values, double samples);

}  // namespace blondel
