#pragma once
/// Counter-based random streams: the n-th number is a pure function of (seed, meter, name, n),
/// so a new noise source never shifts another one and any thread may draw any number.

#include <cstdint>
#include <string_view>

namespace blondel {

/// One named stream. Copying it copies the position.
class RandomStream {
 public:
  constexpr RandomStream() = default;
  /// @param seed the scenario's; @param meter index of the meter; @param name of the source, e.g. "adc.i.1"
  RandomStream(std::uint64_t seed, std::uint64_t meter, std::string_view name);

  /// The n-th 64-bit number of the stream, whatever was drawn before.
  [[nodiscard]] constexpr std::uint64_t at(std::uint64_t n) const {
    return mix(key_ + (n + 1) * golden_gamma);
  }
  /// What tells this stream from others: at(n) is mix(key() + (n + 1) * 0x9E3779B97F4A7C15), for kernels that
  /// draw from several streams at once.
  [[nodiscard]] constexpr std::uint64_t key() const { return key_; }
  /// The next number.
  constexpr std::uint64_t next() { return at(position_++); }
  /// Uniform in [0, 1), 53 bits.
  constexpr double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// Uniform integer in [0, bound). @param bound not 0; the bias is below bound / 2^64
  constexpr std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  /// Zero mean, unit variance, bounded by +-3.46: the sum of four uniform 16-bit numbers (Irwin-Hall).
  /// @source inferred: white noise of an ADC needs the variance right, not the tail; std::normal_distribution
  ///         differs between libraries.
  constexpr double gaussian() { return gaussian_of(next()); }

  /// The same number from 64 random bits.
  static constexpr double gaussian_of(std::uint64_t bits) {
    return static_cast<double>(steps_of(bits)) * gaussian_step;
  }
  /// The same as a whole number of steps, for kernels of integers.
  static constexpr std::int64_t steps_of(std::uint64_t bits) {
    auto const sum = static_cast<std::int64_t>((bits & 0xFFFF) + (bits >> 16 & 0xFFFF) +
                                               (bits >> 32 & 0xFFFF) + (bits >> 48));
    return sum - 2 * 65535;
  }
  /// 1 / sqrt(4 * (65536^2 - 1) / 12)
  static constexpr double gaussian_step = 2.6428997921303014e-05;

  /// SplitMix64's finaliser. @source Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014
  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
  }

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.key_);
    field(self.position_);
  }

 private:
  static constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15U;

  std::uint64_t key_{};
  std::uint64_t position_{};
};

}  // namespace blondel
