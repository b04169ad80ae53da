#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

#include <frontend/adc/adc_bank.hpp>

namespace blondel {
namespace {

/// Where the discrete filter is exact. Elsewhere it is off by the bilinear rule: at 60 Hz and 33 us 7e-7 rad.
constexpr double filter_match_hz = 50.0;

/// The code in what convert() leaves of a sample.
BLONDEL_KERNEL std::int32_t code_of(double rounded) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(rounded)));
}

#if defined(__x86_64__)
BLONDEL_AVX2 BLONDEL_KERNEL void store_codes(Lanes const& u, Lanes const& i, SampleFrame& frame) {
  // In each half of the vector two codes of u, then two of i.
  auto const halves = _mm256_shuffle_ps(_mm256_castpd_ps(u), _mm256_castpd_ps(i), _MM_SHUFFLE(2, 0, 2, 0));
  auto const order = _mm256_setr_epi32(0, 1, 4, 2, 3, 6, 7, 7);
  auto const codes = _mm256_permutevar8x32_epi32(_mm256_castps_si256(halves), order);
  static_assert(sizeof frame == 6 * sizeof(std::int32_t));
  std::memcpy(static_cast<void*>(&frame), &codes, sizeof frame);
}
#endif

}  // namespace

void AdcBank::set_channels(std::array<AdcChannel, element_count> const& channels, double interval_s) {
  is_noisy_ = false;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& channel = channels[k];
    signal_gain_[k] = channel.signal_gain;
    offset_[k] = channel.offset * channel.converter_gain;
    noise_[k] = channel.noise * channel.converter_gain;
    is_noisy_ = is_noisy_ || noise_[k] != 0;
    now_[k] = 1.0;
    before_[k] = pole_[k] = 0.0;
    if (channel.filter_tau_s > 0) {
      auto const omega = 2 * std::numbers::pi * filter_match_hz;
      auto const ratio = omega * channel.filter_tau_s / std::tan(omega * interval_s / 2);
      now_[k] = before_[k] = 1 / (1 + ratio);
      pole_[k] = (ratio - 1) / (ratio + 1);
    }
    least_[k] = channel.clips ? adc_code_min : std::numeric_limits<std::int32_t>::min();
    most_[k] = channel.clips ? adc_code_max : std::numeric_limits<std::int32_t>::max();
  }
}

std::complex<double> AdcBank::response(std::size_t channel, double angle) const {
  auto const delay = std::polar(1.0, -angle);
  return signal_gain_[channel] * (now_[channel] + before_[channel] * delay) / (1.0 - pole_[channel] * delay);
}

void AdcBank::set_memory(std::size_t channel, double input, double output) {
  memory_.input[channel] = input * signal_gain_[channel];
  memory_.output[channel] = output;
}

BLONDEL_KERNEL void AdcBank::convert(Memory& memory, Lanes const& signal, Lanes const& noise,
                                     Lanes& rounded) const {
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

void AdcBank::run_baseline(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                           SampleFrame* frames, std::size_t count, std::uint64_t first) {
  auto u_memory = u_bank.memory_;
  auto i_memory = i_bank.memory_;
  auto const is_noisy = u_bank.is_noisy_ || i_bank.is_noisy_;
  Lanes u_noise[block_samples];
  Lanes i_noise[block_samples];
  if (is_noisy) {
    draw_baseline(u_bank.stream_, first, count, u_noise);
    draw_baseline(i_bank.stream_, first, count, i_noise);
  } else {
    u_noise[0] = i_noise[0] = Lanes{};  // the silence of every sample
  }
  for (std::size_t n = 0; n < count; ++n) {
    auto const at = is_noisy ? n : 0;
    Lanes u;
    Lanes i;
    u_bank.convert(u_memory, u_v[n], u_noise[at], u);
    i_bank.convert(i_memory, i_a[n], i_noise[at], i);
    for (std::size_t k = 0; k < element_count; ++k) {
      frames[n].u[k] = code_of(u[k]);
      frames[n].i[k] = code_of(i[k]);
    }
  }
  u_bank.memory_ = u_memory;
  i_bank.memory_ = i_memory;
}

#if defined(__x86_64__)
BLONDEL_AVX2 void AdcBank::run_avx2(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                                    SampleFrame* frames, std::size_t count, std::uint64_t first) {
  auto u_memory = u_bank.memory_;
  auto i_memory = i_bank.memory_;
  auto const is_noisy = u_bank.is_noisy_ || i_bank.is_noisy_;
  NoiseAvx2 source{u_bank.stream_, i_bank.stream_, first};
  NoiseGroup noise{};
  auto const convert = [&](std::size_t n, std::size_t k) __attribute__((always_inline)) BLONDEL_AVX2 {
    Lanes u;
    Lanes i;
    u_bank.convert(u_memory, u_v[n + k], noise.u[k], u);
    i_bank.convert(i_memory, i_a[n + k], noise.i[k], i);
    store_codes(u, i, frames[n + k]);
  };
  std::size_t n = 0;
  for (; n + NoiseGroup::samples <= count; n += NoiseGroup::samples) {
    if (is_noisy) {
      source.draw(noise);
    }
    for (std::size_t k = 0; k < NoiseGroup::samples; ++k) {
      convert(n, k);
    }
  }
  if (n < count && is_noisy) {
    source.draw(noise);
  }
  for (std::size_t k = 0; n + k < count; ++k) {
    convert(n, k);
  }
  u_bank.memory_ = u_memory;
  i_bank.memory_ = i_memory;
}
#else
void AdcBank::run_avx2(AdcBank& u_bank, AdcBank& i_bank, Lanes const* u_v, Lanes const* i_a,
                       SampleFrame* frames, std::size_t count, std::uint64_t first) {
  run_baseline(u_bank, i_bank, u_v, i_a, frames, count, first);
}
#endif

}  // namespace blondel
