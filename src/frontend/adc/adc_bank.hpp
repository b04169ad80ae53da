#pragma once
/// Filter, noise and quantiser of the three channels of one kind (u or i).

#include <array>
#include <bit>
#include <complex>
#include <cstdint>
#include <cstring>

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
  template<bool IsWide>
  BLONDEL_KERNEL static void run(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                                 SampleFrame* frames, std::size_t count, std::uint64_t first) {
    NoiseLanes const lanes{u_bank.stream_, i_bank.stream_};
    auto const is_noisy = u_bank.is_noisy_ || i_bank.is_noisy_;
    auto u_memory = u_bank.memory_;
    auto i_memory = i_bank.memory_;
    NoiseGroup noise{};
    for (std::size_t n = 0; n < count; n += NoiseGroup::samples) {
      if (is_noisy) {
        lanes.draw(first + n, noise);
      }
      auto const left = count - n;
      auto const here = left < NoiseGroup::samples ? left : NoiseGroup::samples;
      for (std::size_t k = 0; k < here; ++k) {
        Lanes u;
        Lanes i;
        u_bank.convert(u_memory, u_v[n + k], noise.u[k], u);
        i_bank.convert(i_memory, i_a[n + k], noise.i[k], i);
        store_codes<IsWide>(u, i, frames[n + k]);
      }
    }
    u_bank.memory_ = u_memory;
    i_bank.memory_ = i_memory;
  }

 private:
  /// What the filter remembers.
  struct Memory {
    Lanes input{}, output{};
  };

  /// One sample, as a number whose low bits are the code.
  BLONDEL_KERNEL void convert(Memory& memory, Lanes const& signal, Lanes const& noise, Lanes& rounded) const {
    Lanes const scaled = signal * signal_gain_;
    memory.output = (now_ * scaled + before_ * memory.input) + pole_ * memory.output;
    memory.input = scaled;
    Lanes const noisy = (memory.output + offset_) + noise_ * noise;
    Lanes const above = noisy > least_ ? noisy : least_;
    Lanes const within = above < most_ ? above : most_;
    // Adding 1.5 * 2^52 rounds to nearest (ties to even) and leaves the integer in the low bits; it costs one
    // addition and no library call.
    rounded = within + 0x1.8p52;
  }

  template<bool IsWide>
  BLONDEL_KERNEL static void store_codes(Lanes const& u, Lanes const& i, SampleFrame& frame) {
    if constexpr (IsWide) {
      using Codes = std::int32_t __attribute__((vector_size(32), aligned(32)));
      Codes const codes = __builtin_shufflevector(reinterpret_cast<Codes>(u), reinterpret_cast<Codes>(i), 0,
                                                  2, 4, 8, 10, 12, 12, 12);
      static_assert(sizeof frame == 6 * sizeof(std::int32_t));
      std::memcpy(static_cast<void*>(&frame), &codes, sizeof frame);
    } else {
      for (std::size_t k = 0; k < element_count; ++k) {
        frame.u[k] = code_of(u[k]);
        frame.i[k] = code_of(i[k]);
      }
    }
  }

  BLONDEL_KERNEL static std::int32_t code_of(double rounded) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(rounded)));
  }

  Lanes signal_gain_{}, now_{}, before_{}, pole_{}, offset_{}, noise_{}, least_{}, most_{};
  Memory memory_;
  bool is_noisy_{};
  NoiseStreams stream_{};
};

}  // namespace blondel
