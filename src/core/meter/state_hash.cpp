#include "core/meter/state_hash.hpp"

#include <array>

#include <blondel/base/crc.hpp>

#include "core/meter/meter_fields.hpp"

namespace blondel {
namespace {

/// Feeds integers to FNV-1a, eight octets each.
class Hasher {
 public:
  explicit Hasher(std::uint64_t start) : hash_{start} {}

  template<class... Numbers>
  void add(Numbers... numbers) {
    (add_one(static_cast<std::uint64_t>(numbers)), ...);
  }
  /// As a visitor of fields.
  template<class Number>
  void operator()(Number number) {
    add_one(static_cast<std::uint64_t>(number));
  }
  void operator()(SimTime instant) { add_one(static_cast<std::uint64_t>(instant.ns())); }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void add_one(std::uint64_t number) {
    std::array<std::uint8_t, 8> octets;
    ByteWriter{octets}.u64(number);
    hash_ = fnv1a(octets, hash_);
  }
  std::uint64_t hash_;
};

}  // namespace

std::uint64_t state_hash(MeterState const& s, std::uint64_t start) {
  Hasher hash{start};
  visit_permanent(hash, s);
  visit_volatile(hash, s);
  return hash.value();
}

std::uint64_t state_hash(MeasuringState const& s, std::uint64_t start) {
  Hasher hash{start};
  for (std::size_t e = 0; e < element_count; ++e) {
    hash.add(s.sums[e].ui, s.sums[e].qi, s.sums[e].uu, s.sums[e].ii, s.sums[e].raw_u, s.sums[e].raw_i);
    hash.add(s.rests[e].active, s.rests[e].reactive, s.rests[e].apparent, s.means[e].u_q8, s.means[e].i_q8);
    hash.add(s.apparent_given[e], s.apparent_rate[e], s.u_rms_q3[e], s.i_rms_q4[e]);
    for (std::size_t n = 0; n < sample_history; ++n) {
      hash.add(s.u[e][n], s.i[e][n]);
    }
  }
  hash.add(s.cycle.reference, s.cycle.armed, s.cycle.last_crossing_valid, s.cycle.samples_since_q16,
           s.cycle.late_q16, s.frequency_mhz, s.reversed_sequence, s.started, s.cycle.period_q16,
           s.cycle.previous_u, s.energy_samples, s.cycle_samples, s.span_rest, s.mean_cycles,
           s.neutral_square, s.neutral_rms_q4);
  return hash.value();
}

}  // namespace blondel
