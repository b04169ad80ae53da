#pragma once
/// One sample of converters side by side, in vectors of either width.

#include <frontend/lanes.hpp>

namespace blondel {

/// What the filters remember: the last input, and the last outputs of the low-pass.
template<class Width>
struct AdcMemory {
  using Vector = typename Width::Vector;
  Vector input{}, output{}, output_2{}, output_3{}, output_4{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    for (auto* part : {&self.input, &self.output, &self.output_2, &self.output_3, &self.output_4}) {
      visit_lanes(field, *part);
    }
  }
};

/// The channels' constants lane by lane.
template<class Width>
struct AdcStep {
  using Vector = typename Width::Vector;
  Vector signal_gain{}, now{}, before{}, pole{}, offset{}, noise{}, least{}, most{};

  /// One sample. @param random in units of the noise's rms; @param value a number whose low bits are the code
  template<bool HasSinc>
  BLONDEL_KERNEL void convert(AdcMemory<Width>& memory, Vector const& signal, Vector const& random,
                              Vector& value) const {
    Vector const scaled = signal * signal_gain;
    Vector const passed = (now * scaled + before * memory.input) + pole * memory.output;
    memory.input = scaled;
    Vector filtered = passed;
    if constexpr (HasSinc) {
      filtered = sinc_centre * memory.output_2 + sinc_near * (memory.output + memory.output_3) +
                 sinc_far * (passed + memory.output_4);
      memory.output_4 = memory.output_3;
      memory.output_3 = memory.output_2;
      memory.output_2 = memory.output;
    }
    memory.output = passed;
    Vector const noisy = (filtered + offset) + noise * random;
    Vector const above = noisy > least ? noisy : least;
    Vector const within = above < most ? above : most;
    // Adding 1.5 * 2^52 rounds to nearest (ties to even) and leaves the integer in the low bits; it costs one
    // addition and no library call.
    value = within + 0x1.8p52;
  }

  /// What the sinc^3 filter leaves of an amplitude. @param angle of the sinusoid per sample, rad
  [[nodiscard]] static double droop(double angle) {
    return sinc_centre + 2.0 * (sinc_near * std::cos(angle) + sinc_far * std::cos(2.0 * angle));
  }

 private:
  /// Five taps with the droop of sinc^3 up to the fourth power of the frequency: at order 40 of 50 Hz and 8
  /// kS/s 0.735 for 0.730. @source Taylor series of (sin x / x)^3
  static constexpr double sinc_far = -7.0 / 1920.0;
  static constexpr double sinc_near = 1.0 / 8.0 - 4 * sinc_far;
  static constexpr double sinc_centre = 1.0 - 2 * (sinc_near + sinc_far);
};

/// Two banks in one vector.
BLONDEL_KERNEL void join(AdcStep<Single> const& low, AdcStep<Single> const& high, AdcStep<Paired>& both) {
  join(low.signal_gain, high.signal_gain, both.signal_gain);
  join(low.now, high.now, both.now);
  join(low.before, high.before, both.before);
  join(low.pole, high.pole, both.pole);
  join(low.offset, high.offset, both.offset);
  join(low.noise, high.noise, both.noise);
  join(low.least, high.least, both.least);
  join(low.most, high.most, both.most);
}

BLONDEL_KERNEL void join(AdcMemory<Single> const& low, AdcMemory<Single> const& high,
                         AdcMemory<Paired>& both) {
  join(low.input, high.input, both.input);
  join(low.output, high.output, both.output);
  join(low.output_2, high.output_2, both.output_2);
  join(low.output_3, high.output_3, both.output_3);
  join(low.output_4, high.output_4, both.output_4);
}

BLONDEL_KERNEL void split(AdcMemory<Paired> const& both, AdcMemory<Single>& low, AdcMemory<Single>& high) {
  split(both.input, low.input, high.input);
  split(both.output, low.output, high.output);
  split(both.output_2, low.output_2, high.output_2);
  split(both.output_3, low.output_3, high.output_3);
  split(both.output_4, low.output_4, high.output_4);
}

}  // namespace blondel
