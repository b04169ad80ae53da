#include <cmath>
#include <limits>
#include <numbers>

#include <frontend/adc/adc_bank.hpp>

namespace blondel {
namespace {

/// Where the discrete filter is exact. Elsewhere it is off by the bilinear rule: at 60 Hz and 33 us 7e-7 rad.
constexpr double filter_match_hz = 50.0;

}  // namespace

void AdcBank::set_channels(std::array<AdcChannel, element_count> const& channels, double interval_s) {
  is_noisy_ = false;
  has_sinc_ = channels[0].sinc3;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& channel = channels[k];
    step_.signal_gain[k] = channel.signal_gain;
    step_.offset[k] = channel.offset * channel.converter_gain;
    step_.noise[k] = channel.noise * channel.converter_gain;
    is_noisy_ = is_noisy_ || step_.noise[k] != 0;
    step_.now[k] = 1.0;
    step_.before[k] = step_.pole[k] = 0.0;
    if (channel.filter_tau_s > 0) {
      auto const omega = 2 * std::numbers::pi * filter_match_hz;
      auto const ratio = omega * channel.filter_tau_s / std::tan(omega * interval_s / 2);
      step_.now[k] = step_.before[k] = 1 / (1 + ratio);
      step_.pole[k] = (ratio - 1) / (ratio + 1);
    }
    step_.least[k] = channel.clips ? adc_code_min : std::numeric_limits<std::int32_t>::min();
    step_.most[k] = channel.clips ? adc_code_max : std::numeric_limits<std::int32_t>::max();
  }
}

std::complex<double> AdcBank::response(std::size_t channel, double angle) const {
  auto const delay = std::polar(1.0, -angle);
  return step_.signal_gain[channel] * (step_.now[channel] + step_.before[channel] * delay) /
         (1.0 - step_.pole[channel] * delay);
}

void AdcBank::set_memory(std::size_t channel, double input, std::array<double, remembered> const& output) {
  memory_.input[channel] = input * step_.signal_gain[channel];
  memory_.output[channel] = output[0];
  memory_.output_2[channel] = output[1];
  memory_.output_3[channel] = output[2];
  memory_.output_4[channel] = output[3];
}

}  // namespace blondel
