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
  bool sinc3{};
  bool clips{true};
};

/// RC low-pass by the bilinear rule, matched at 50 Hz; the droop of the modulator's sinc^3 filter; then
/// offset, noise, rounding to nearest and clipping.
class AdcBank {
 public:
  static constexpr std::size_t remembered = 4;  ///< samples the longer filter looks back

  void set_channels(std::array<AdcChannel, element_count> const& channels, double interval_s);
  void set_stream(std::size_t channel, RandomStream const& stream) { stream_[channel] = stream; }

  /// The RC low-pass's complex gain, codes per volt or ampere. @param angle of the sinusoid per sample, rad
  [[nodiscard]] std::complex<double> response(std::size_t channel, double angle) const;
  /// What the filter remembers of the samples before. @units V or A, codes
  /// @param output of the RC low-pass, the latest first
  void set_memory(std::size_t channel, double input, std::array<double, remembered> const& output);

  [[nodiscard]] bool is_noisy() const { return is_noisy_; }
  [[nodiscard]] NoiseStreams const& streams() const { return stream_; }

  /// Signals at the terminals to codes. @shape u_v[count], i_a[count], frames[count]
  /// @param noise what it writes for sample n is added, in units of each channel's rms
  template<bool IsWide, class Noise>
  BLONDEL_KERNEL static void run(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                                 Noise const& noise, SampleFrame* frames, std::size_t count) {
    auto u_memory = u_bank.memory_;
    auto i_memory = i_bank.memory_;
    auto const convert_all = [&]<bool HasSinc>() BLONDEL_KERNEL_LAMBDA {
      for (std::size_t n = 0; n < count; ++n) {
        Lanes u;
        Lanes i;
        noise(n, u, i);
        u_bank.convert<HasSinc>(u_memory, u_v[n], u);
        i_bank.convert<HasSinc>(i_memory, i_a[n], i);
        store_codes<IsWide>(u, i, frames[n]);
      }
    };
    if (u_bank.has_sinc_) {
      convert_all.template operator()<true>();
    } else {
      convert_all.template operator()<false>();
    }
    u_bank.memory_ = u_memory;
    i_bank.memory_ = i_memory;
  }

 private:
  /// What the filters remember: the last input, and the last outputs of the low-pass.
  struct Memory {
    Lanes input{}, output{}, output_2{}, output_3{}, output_4{};
  };

  /// Five taps with the droop of sinc^3 up to the fourth power of the frequency: at order 40 of 50 Hz and 8
  /// kS/s 0.735 for 0.730. @source Taylor series of (sin x / x)^3
  static constexpr double sinc_far = -7.0 / 1920.0;
  static constexpr double sinc_near = 1.0 / 8.0 - 4 * sinc_far;
  static constexpr double sinc_centre = 1.0 - 2 * (sinc_near + sinc_far);

  /// One sample. @param value noise in, a number whose low bits are the code out
  template<bool HasSinc>
  BLONDEL_KERNEL void convert(Memory& memory, Lanes const& signal, Lanes& value) const {
    Lanes const scaled = signal * signal_gain_;
    Lanes const passed = (now_ * scaled + before_ * memory.input) + pole_ * memory.output;
    memory.input = scaled;
    Lanes filtered = passed;
    if constexpr (HasSinc) {
      filtered = sinc_centre * memory.output_2 + sinc_near * (memory.output + memory.output_3) +
                 sinc_far * (passed + memory.output_4);
      memory.output_4 = memory.output_3;
      memory.output_3 = memory.output_2;
      memory.output_2 = memory.output;
    }
    memory.output = passed;
    Lanes const noisy = (filtered + offset_) + noise_ * value;
    Lanes const above = noisy > least_ ? noisy : least_;
    Lanes const within = above < most_ ? above : most_;
    // Adding 1.5 * 2^52 rounds to nearest (ties to even) and leaves the integer in the low bits; it costs one
    // addition and no library call.
    value = within + 0x1.8p52;
  }

  /// The codes in what convert() leaves of a sample.
  template<bool IsWide>
  BLONDEL_KERNEL static void store_codes(Lanes const& u, Lanes const& i, SampleFrame& frame) {
    using Halves = std::int32_t __attribute__((vector_size(32)));
    static_assert(sizeof frame == 6 * sizeof(std::int32_t));
    static_assert(std::endian::native == std::endian::little);
    auto const u_halves = reinterpret_cast<Halves>(u);
    auto const i_halves = reinterpret_cast<Halves>(i);
    if constexpr (IsWide) {
      Halves const codes = __builtin_shufflevector(u_halves, i_halves, 0, 2, 4, 8, 10, 12, 12, 12);
      std::memcpy(static_cast<void*>(&frame), &codes, sizeof frame);
    } else {
      for (std::size_t k = 0; k < element_count; ++k) {
        frame.u[k] = u_halves[2 * k];
        frame.i[k] = i_halves[2 * k];
      }
    }
  }

  Lanes signal_gain_{}, now_{}, before_{}, pole_{}, offset_{}, noise_{}, least_{}, most_{};
  Memory memory_;
  bool is_noisy_{};
  bool has_sinc_{};  ///< alike for all channels of a meter
  NoiseStreams stream_{};
};

}  // namespace blondel
