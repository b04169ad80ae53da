#pragma once
/// Filter, noise and quantiser of the three channels of one kind (u or i).

#include <array>
#include <complex>
#include <cstdint>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/front_end_model.hpp>
#include <blondel/meter/sample.hpp>
#include <frontend/adc/noise_lanes.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

/// What one channel does to its signal.
struct AdcChannel {
  double signal_gain{1.0};     ///< codes per volt or ampere, with every drift in it
  double converter_gain{1.0};  ///< codes per volt or ampere, for what arises inside the converter
  double filter_tau_s{};
  double offset{};  ///< at the terminals, V or A
  double noise{};   ///< rms at the terminals, V or A
  bool clips{true};
};

/// RC low-pass by the bilinear rule, matched at 50 Hz; then offset, noise, rounding to nearest and clipping.
class AdcBank {
 public:
  void set_channels(std::array<AdcChannel, element_count> const& channels, double interval_s);
  void set_stream(std::size_t channel, RandomStream const& stream) { stream_[channel] = stream; }

  /// The filter's complex gain, codes per volt or ampere. @param angle of the sinusoid per sample, rad
  [[nodiscard]] std::complex<double> response(std::size_t channel, double angle) const;
  /// What the filter remembers of the sample before. @units V or A, codes
  void set_memory(std::size_t channel, double input, double output);

  /// Signals at the terminals to codes. @shape u_v[count], i_a[count], frames[count]
  /// @param first number of the first sample, for the noise
  static void run_baseline(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                           SampleFrame* frames, std::size_t count, std::uint64_t first);
  /// The same with other instructions.
  static void run_avx2(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                       SampleFrame* frames, std::size_t count, std::uint64_t first);

 private:
  /// What the filter remembers.
  struct Memory {
    Lanes input{}, output{};
  };

  /// One sample, as a number whose low bits are the code.
  BLONDEL_KERNEL void convert(Memory& memory, Lanes const& signal, Lanes const& noise, Lanes& rounded) const;

  Lanes signal_gain_{}, now_{}, before_{}, pole_{}, offset_{}, noise_{}, least_{}, most_{};
  Memory memory_;
  bool is_noisy_{};
  NoiseStreams stream_{};
};

}  // namespace blondel
