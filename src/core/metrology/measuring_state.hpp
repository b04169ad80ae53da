#pragma once
/// State of the measuring system: sums, histories and the cycle under way. Plain data.

#include <array>
#include <cstdint>

#include <blondel/meter/element_increment.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// Fixed-point places of the pipeline; a calibration constant means nothing without them.
inline constexpr unsigned current_fraction_bits = 4;  ///< of a code, after the phase compensation
inline constexpr unsigned power_gain_shift = 57;      ///< uJ = sum(u * i) * power_gain / 2^57
inline constexpr unsigned rms_gain_shift = 32;  ///< mV = rms in 1/8 codes * u_gain / 2^32; uA = 1/16 codes

inline constexpr int sample_history = 128;  ///< holds a quarter period of 40 Hz at 16 kS/s
inline constexpr int sample_chunk = 160;

/// Sums of one element. Codes are after removal of the mean.
struct ElementSums {
  std::int64_t ui{};  ///< since the last increment, codes * codes/16
  std::int64_t qi{};
  std::uint64_t uu{};    ///< over the cycle, codes^2
  std::uint64_t ii{};    ///< over the cycle, (codes/16)^2
  std::int64_t raw_u{};  ///< over the cycle, raw codes, for the mean
  std::int64_t raw_i{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.ui);
    field(self.qi);
    field(self.uu);
    field(self.ii);
    field(self.raw_u);
    field(self.raw_i);
  }
};

/// What is carried from increment to increment, so that calibration loses nothing.
struct ElementRests {
  std::uint64_t active{};
  std::uint64_t reactive{};
  std::uint64_t apparent{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.active);
    field(self.reactive);
    field(self.apparent);
  }
};

/// Means removed from the raw codes, tracked from cycle to cycle. @units 1/256 code
struct ElementMeans {
  std::int32_t u_q8{};
  std::int32_t i_q8{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.u_q8);
    field(self.i_q8);
  }
};

/// Zero crossings of the reference voltage.
struct CycleState {
  std::int8_t reference{0};  ///< element whose voltage is followed; -1 none
  bool armed{};              ///< was below the hysteresis since the last crossing
  bool last_crossing_valid{};
  bool whole{};                      ///< the cycle just closed ran from crossing to crossing
  std::int64_t samples_since_q16{};  ///< since the last crossing, samples * 2^16
  std::int64_t late_q16{};           ///< by how much the first sample of this cycle came after its crossing
  std::int64_t next_late_q16{};      ///< the same for the cycle to come
  std::int64_t measured_q16{};       ///< period between the last two crossings
  std::int32_t period_q16{};         ///< tracked period, samples * 2^16
  std::int32_t previous_u{};         ///< of the reference, for interpolation

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.within(self.reference, -1, element_count - 1);
    field(self.armed);
    field(self.last_crossing_valid);
    field(self.whole);
    field(self.samples_since_q16);
    field(self.late_q16);
    field(self.next_late_q16);
    field(self.measured_q16);
    field(self.period_q16);
    field(self.previous_u);
  }
};

struct MeasuringState {
  std::array<ElementSums, element_count> sums{};
  std::array<ElementRests, element_count> rests{};
  std::array<ElementMeans, element_count> means{};
  CycleState cycle;
  std::int32_t energy_samples{};  ///< since the last increment
  std::int32_t cycle_samples{};   ///< since the last crossing
  std::uint64_t span_rest{};      ///< ns * rate not yet given, below the rate
  bool started{};
  bool reversed_sequence{};
  std::int32_t frequency_mhz{};
  std::uint64_t
      neutral_square{};  ///< over the cycle, of the sum of the elements' currents, codes^2 of element 0
  std::int32_t neutral_rms_q4{};
  std::int32_t mean_cycles{};                                  ///< cycles the means are built from, up to 16
  std::array<std::int64_t, element_count> apparent_given{};    ///< of this cycle, codes * codes/16
  std::array<std::int64_t, element_count> apparent_pending{};  ///< of the cycle just closed
  std::array<std::int64_t, element_count> apparent_rate{};     ///< of the last whole cycle, per sample
  std::array<std::int32_t, element_count> u_rms_q3{};          ///< last whole cycle
  std::array<std::int32_t, element_count> i_rms_q4{};
  std::array<std::array<std::int32_t, sample_history + sample_chunk>, element_count> u{};
  std::array<std::array<std::int32_t, sample_history + sample_chunk>, element_count> i{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.sums);
    field(self.rests);
    field(self.means);
    field(self.cycle);
    field(self.energy_samples);
    field(self.cycle_samples);
    field(self.span_rest);
    field(self.started);
    field(self.reversed_sequence);
    field(self.frequency_mhz);
    field(self.neutral_square);
    field(self.neutral_rms_q4);
    field(self.mean_cycles);
    field(self.apparent_given);
    field(self.apparent_pending);
    field(self.apparent_rate);
    field(self.u_rms_q3);
    field(self.i_rms_q4);
    for (std::size_t e = 0; e < self.u.size(); ++e) {
      for (std::size_t n = 0; n < sample_history; ++n) {  // behind it is scratch
        field(self.u[e][n]);
        field(self.i[e][n]);
      }
    }
  }
};

}  // namespace blondel
