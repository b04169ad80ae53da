#pragma once
/// Filter, noise and quantiser of the three channels of one kind (u or i).

#include <array>
#include <bit>
#include <complex>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/front_end_model.hpp>
#include <blondel/meter/sample.hpp>
#include <frontend/adc/adc_step.hpp>
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
  /// What the modulator's filter leaves of an amplitude; 1 without it.
  [[nodiscard]] double droop(double angle) const { return has_sinc_ ? AdcStep<Single>::droop(angle) : 1.0; }
  /// What the filter remembers of the samples before. @units V or A, codes
  /// @param output of the RC low-pass, the latest first
  void set_memory(std::size_t channel, double input, std::array<double, remembered> const& output);

  [[nodiscard]] bool is_noisy() const { return is_noisy_; }
  [[nodiscard]] bool has_sinc() const { return has_sinc_; }
  [[nodiscard]] NoiseStreams const& streams() const { return stream_; }

  /// What the channels remember; what set_channels() and set_stream() say is not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.memory_);
  }

 private:
  template<class Width, bool IsWide, bool HasSinc>
  friend class AdcPass;

  AdcStep<Single> step_;
  AdcMemory<Single> memory_;
  bool is_noisy_{};
  bool has_sinc_{};  ///< alike for all channels of a meter
  NoiseStreams stream_{};
};

/// The two banks of a meter while they make a block of codes.
/// @tparam Width with Paired both kinds stand in one vector
/// @tparam HasSinc as the banks say
template<class Width, bool IsWide, bool HasSinc>
class AdcPass {
 public:
  using Vector = typename Width::Vector;

  BLONDEL_KERNEL AdcPass(AdcBank& u, AdcBank& i) : u_bank_{&u}, i_bank_{&i} {
    if constexpr (is_paired) {
      join(u.step_, i.step_, step_);
    }
    restart();
  }

  /// Back to before the first sample.
  BLONDEL_KERNEL void restart() {
    if constexpr (is_paired) {
      join(u_bank_->memory_, i_bank_->memory_, u_);
    } else {
      u_ = u_bank_->memory_;
      i_ = i_bank_->memory_;
    }
  }

  /// Signals at the terminals to codes. @param noise in units of each channel's rms
  BLONDEL_KERNEL void convert(Lanes const& u_v, Lanes const& i_a, Lanes const& u_noise, Lanes const& i_noise,
                              SampleFrame& frame) {
    Lanes u;
    Lanes i;
    u_bank_->step_.template convert<HasSinc>(u_, u_v, u_noise, u);
    i_bank_->step_.template convert<HasSinc>(i_, i_a, i_noise, i);
    store_codes(u, i, frame);
  }
  /// The same for both in one vector. @param i_a in the upper half
  BLONDEL_KERNEL void convert(Lanes const& u_v, PairedLanes const& i_a, PairedLanes const& noise,
                              SampleFrame& frame) {
    PairedLanes signal = i_a;
    replace_low(u_v, signal);
    PairedLanes value;
    step_.template convert<HasSinc>(u_, signal, noise, value);
    store_codes(value, frame);
  }

  BLONDEL_KERNEL void keep() {
    if constexpr (is_paired) {
      split(u_, u_bank_->memory_, i_bank_->memory_);
    } else {
      u_bank_->memory_ = u_;
      i_bank_->memory_ = i_;
    }
  }

 private:
  static constexpr bool is_paired = std::is_same_v<Width, Paired>;

  static_assert(sizeof(SampleFrame) == 6 * sizeof(std::int32_t));
  static_assert(std::endian::native == std::endian::little);

  /// The codes in what convert() leaves of a sample.
  BLONDEL_KERNEL static void store_codes(Lanes const& u, Lanes const& i, SampleFrame& frame) {
    using Halves = std::int32_t __attribute__((vector_size(32)));
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
  BLONDEL_KERNEL static void store_codes(PairedLanes const& value, SampleFrame& frame) {
    using Halves = std::int32_t __attribute__((vector_size(64)));
    auto const halves = reinterpret_cast<Halves>(value);
    auto const codes = __builtin_shufflevector(halves, halves, 0, 2, 4, 8, 10, 12, 12, 12);
    std::memcpy(static_cast<void*>(&frame), &codes, sizeof frame);
  }

  AdcBank* u_bank_;
  AdcBank* i_bank_;
  AdcStep<Width> step_;  ///< if paired
  AdcMemory<Width> u_;   ///< of both kinds if paired
  AdcMemory<Width> i_;
};

}  // namespace blondel
