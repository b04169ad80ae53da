#pragma once
/// Filter, noise and quantiser of the three channels of one kind (u or i).

#include <array>
#include <bit>
#include <complex>
#include <cstdint>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/front_end_model.hpp>
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

  /// Signals at the terminals to unrounded codes, in place. @shape samples[count]
  /// @param first number of the first sample, for the noise
  BLONDEL_KERNEL void run(Lanes* samples, std::size_t count, std::uint64_t first) {
    auto input = input_;
    auto output = output_;
    for (std::size_t n = 0; n < count; ++n) {
      Lanes const scaled = samples[n] * signal_gain_;
      output = (now_ * scaled + before_ * input) + pole_ * output;
      input = scaled;
      samples[n] = output + offset_;
    }
    input_ = input;
    output_ = output;
    for (std::size_t k = 0; k < element_count; ++k) {
      if (noise_[k] != 0) {
        auto const amplitude = noise_[k];
        auto const stream = stream_[k];
        for (std::size_t n = 0; n < count; ++n) {
          samples[n][k] += amplitude * RandomStream::gaussian_of(stream.at(first + n));
        }
      }
    }
  }

  /// Rounds to nearest (ties to even) and saturates.
  BLONDEL_KERNEL std::int32_t quantise(double code, std::size_t channel) const {
    auto const above = code > least_[channel] ? code : least_[channel];
    auto const within = above < most_[channel] ? above : most_[channel];
    // Adding 1.5 * 2^52 leaves the rounded integer in the low bits; it costs one addition and no library
    // call.
    return static_cast<std::int32_t>(
        static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(within + 0x1.8p52)));
  }

 private:
  Lanes signal_gain_{}, now_{}, before_{}, pole_{}, offset_{};
  Lanes input_{}, output_{};
  std::array<double, element_count> noise_{}, least_{}, most_{};
  std::array<RandomStream, element_count> stream_{};
};

}  // namespace blondel
