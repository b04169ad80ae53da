#pragma once
/// Codes so fine that physics shows through them, and the phasor of a whole number of cycles of them.

#include <blondel/frontend/front_end.hpp>

#include <complex>
#include <numbers>
#include <span>
#include <vector>

namespace blondel::test {

/// Everything ideal: no filters, no noise, transformers of one turn that are not there.
/// One code is 0.24 uV or 6 nA (the 24-bit limits are off, the 32-bit ones hold 510 V and 12.8 A).
inline FrontEndModel fine_model() {
  FrontEndModel model;
  model.external_ct.present = false;
  model.external_ct.turns = 1;
  for (std::size_t k = 0; k < element_count; ++k) {
    model.internal_ct[k].present = false;
    model.internal_ct[k].turns = 1;
    model.adc[k].u_full_scale_v = 2.0;
    model.adc[k].i_full_scale_a = 0.05;
    model.adc[k].u_filter_tau_s = model.adc[k].i_filter_tau_s = 0.0;
    model.adc[k].quantise = false;
  }
  return model;
}

inline constexpr double fine_volts_per_code = 2.0 / 8388608;
inline constexpr double fine_amps_per_code = 0.05 / 8388608;

/// The phasor X of the component Im(X exp(j n angle)) in codes that span whole cycles.
inline std::complex<double> phasor_of(std::span<SampleFrame const> frames, bool is_current,
                                      std::size_t element, double angle_per_sample) {
  std::complex<double> sum;
  for (std::size_t n = 0; n < frames.size(); ++n) {
    auto const code = is_current ? frames[n].i[element] : frames[n].u[element];
    sum += std::polar(static_cast<double>(code), -angle_per_sample * static_cast<double>(n));
  }
  return sum * std::complex<double>{0.0, 2.0} / static_cast<double>(frames.size());
}

/// One sample of the 50 Hz cycle at 8000 samples per second.
inline constexpr double cycle_angle = 2 * std::numbers::pi / 160;

/// The first `count` samples of a front end that starts with the given point.
inline std::vector<SampleFrame> first_samples(FrontEndModel const& model, OperatingPoint const& point,
                                              std::size_t count) {
  WaveformFrontEnd front_end{model, 1, 0, SimTime{}};
  front_end.set_signals(blondel::line_signals(point));
  std::vector<SampleFrame> frames(count);
  (void)front_end.sample(frames, SimTime::never());
  return frames;
}

}  // namespace blondel::test
