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

  /// Signals at the terminals to codes for code_of(), in place. @shape samples[count]
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
    if (is_noisy_) {
      add_noise(samples, count, first);
    }
    // Adding 1.5 * 2^52 rounds to nearest (ties to even) and leaves the integer in the low bits; it costs one
    // addition and no library call.
    for (std::size_t n = 0; n < count; ++n) {
      Lanes const above = samples[n] > least_ ? samples[n] : least_;
      Lanes const within = above < most_ ? above : most_;
      samples[n] = within + 0x1.8p52;
    }
  }

  /// The code in what run() left of a sample.
  BLONDEL_KERNEL static std::int32_t code_of(double rounded) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(rounded)));
  }

 private:
  /// RandomStream::gaussian_of, lane by lane: the random bits come from scalar multiplications, which the
  /// vector units lack, and everything after them runs in the lanes.
  BLONDEL_KERNEL void add_noise(Lanes* samples, std::size_t count, std::uint64_t first) const {
    LaneBits bits[block_samples];
    auto const streams = stream_;
    for (std::size_t n = 0; n < count; ++n) {
      bits[n][0] = static_cast<std::int64_t>(streams[0].at(first + n));
      bits[n][1] = static_cast<std::int64_t>(streams[1].at(first + n));
      bits[n][2] = static_cast<std::int64_t>(streams[2].at(first + n));
      bits[n][3] = 0;
    }
    constexpr std::int64_t even_fields = 0x0000'FFFF'0000'FFFF;
    constexpr std::int64_t low_half = 0xFFFF'FFFF;
    constexpr std::int64_t exponent_of_2_52 = 0x4330'0000'0000'0000;
    constexpr double mean = 0x1p52 + 2.0 * 65535;
    for (std::size_t n = 0; n < count; ++n) {
      LaneBits const pairs = (bits[n] & even_fields) + ((bits[n] >> 16) & even_fields);
      LaneBits const sum = (pairs & low_half) + ((pairs >> 32) & low_half);
      Lanes const centred = reinterpret_cast<Lanes>(sum | exponent_of_2_52) - mean;
      samples[n] += noise_ * (centred * unit_variance);
    }
  }

  /// What gaussian_of multiplies a centred sum of one with.
  static constexpr double unit_variance = RandomStream::gaussian_of(0xFFFF'FFFF'0001'0000U);

  Lanes signal_gain_{}, now_{}, before_{}, pole_{}, offset_{}, noise_{}, least_{}, most_{};
  Lanes input_{}, output_{};
  bool is_noisy_{};
  std::array<RandomStream, element_count> stream_{};
};

}  // namespace blondel
